import { TEST_DATABASE } from '../../../test/harness.js';
import { createPlatformContext, type PlatformContext } from '../../../test/platform-context.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { QuotaCounterRow, QuotaEntryRow } from './quota.entity.js';
import { QuotaRepository } from './quota.repository.js';
import { Quota } from './quota.service.js';
import type { QuotaSpend } from './quota.types.js';
import { CounterNames, QuotaBook } from './quota-book.js';

const MOST = 5;
const CALLERS = 50;

describe('one quota, many callers', () => {
  let test: PlatformContext;
  const repository = new QuotaRepository();
  const quota = new Quota(repository);
  beforeAll(async () => {
    test = await createPlatformContext();
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());
  const units = () => test.app.get(UnitOfWork);
  const manager = () => test.app.get(ReadDatabase).manager;
  const id = () => newId(test.clock.now());
  const spendsOf = (count: number, more: (i: number) => Partial<QuotaSpend> = () => ({})): QuotaSpend[] => {
    const personId = id();
    const terms = { key: id(), limits: [{ window: 'month' as const, most: MOST }], fundingGroup: null };
    return Array.from({ length: count }, (_, i) => ({
      personId,
      terms,
      party: 1,
      on: '2026-11-24',
      cause: { type: 'use', id: id() },
      ...more(i),
    }));
  };
  const outcomes = (running: Promise<unknown>[]): Promise<string[]> =>
    Promise.all(
      running.map((one) =>
        one.then(
          () => 'spent',
          (error: unknown) => {
            if (error instanceof DomainError) return error.code;
            throw error;
          },
        ),
      ),
    );
  const spent = (personId = '') => manager().countBy(QuotaEntryRow, { personId, state: 'spent' });

  it('spends exactly what there is, and tells all others why', async () => {
    const spends = spendsOf(CALLERS);
    const told = await outcomes(spends.map((spend) => units().run((tx) => quota.spend(tx, spend))));
    expect(told.filter((one) => one === 'spent')).toHaveLength(MOST);
    expect(told.filter((one) => one === 'QUOTA_GONE')).toHaveLength(CALLERS - MOST);
    expect(await spent(spends[0]?.personId)).toBe(MOST);
    const [counter] = await manager().findBy(QuotaCounterRow, { personId: spends[0]?.personId ?? '' });
    expect(counter).toMatchObject({ used: MOST, cap: MOST });
  });

  it('spends beyond it without the lock and the CHECK (control)', async () => {
    const spends = spendsOf(CALLERS);
    // What the guard keeps apart: everybody reads before anybody writes.
    const load = async (spend: QuotaSpend): Promise<QuotaBook> => {
      const ledger = await repository.ledger(manager(), [spend.personId]);
      const nothing = { used: 0, cap: 0, excess: 0, counted: false, fundedBy: null };
      const counters = new CounterNames().heldAgainst(spend).map((name) => ({ ...name, ...nothing }));
      return new QuotaBook(counters, [], [], ledger);
    };
    const books = await Promise.all(spends.map(load));
    const told = await outcomes(
      books.map((book, i) =>
        units().run(async (tx) => {
          const spend = spends[i];
          if (!spend) throw new Error('no spend');
          const outcome = book.spend(spend);
          if (!outcome.ok) throw new DomainError(outcome.code);
          await repository.write(tx, { ...book.changes(), counters: [] });
        }),
      ),
    );
    expect(told.filter((one) => one === 'spent').length).toBeGreaterThan(MOST);
    expect(await spent(spends[0]?.personId)).toBeGreaterThan(MOST);
  });

  it('is stopped by the CHECK alone where the lock is missing', async () => {
    const spends = spendsOf(CALLERS);
    await units().run((tx) =>
      quota.spend(tx, { ...(spends[0] as QuotaSpend), cause: { type: 'use', id: id() } }),
    );
    const [counter] = await manager().findBy(QuotaCounterRow, { personId: spends[0]?.personId ?? '' });
    // The counter as it was before anybody else spent, which every caller believes.
    const told = await Promise.all(
      spends.map((spend) =>
        units()
          .run(async (tx) => {
            const book = new QuotaBook(counter ? [counter] : [], [], [], []);
            expect(book.spend(spend).ok).toBe(true);
            await repository.write(tx, book.changes());
          })
          .then(
            () => 'spent',
            () => 'refused',
          ),
      ),
    );
    // `cap` is the limit in every one of their books, so that the difference is refused once it is reached.
    expect(told.filter((one) => one === 'spent')).toHaveLength(MOST - 1);
    expect(await spent(spends[0]?.personId)).toBe(MOST);
  });

  it('gives back once, however many ask', async () => {
    const [spend] = spendsOf(1);
    if (!spend) throw new Error('no spend');
    await units().run((tx) => quota.spend(tx, spend));
    const given = await Promise.all(
      Array.from({ length: 20 }, () => units().run((tx) => quota.giveBack(tx, spend.cause))),
    );
    expect(given.filter(Boolean)).toHaveLength(1);
  });

  it('lets one of two channels pay for the same, whoever comes first', async () => {
    const spends = spendsOf(CALLERS, (i) => ({
      terms: { key: `channel-${i % 2}`, limits: [], fundingGroup: 'check-up' },
    }));
    const told = await outcomes(spends.map((spend) => units().run((tx) => quota.spend(tx, spend))));
    expect(told.filter((one) => one === 'spent')).toHaveLength(CALLERS / 2);
    expect(told.filter((one) => one === 'FUNDED_ELSEWHERE')).toHaveLength(CALLERS / 2);
    const paid = await manager().findBy(QuotaEntryRow, { personId: spends[0]?.personId ?? '' });
    expect(new Set(paid.map(({ quotaKey }) => quotaKey)).size).toBe(1);
  });

  it('keeps batches that meet in other orders from waiting for each other for ever', async () => {
    const people = Array.from({ length: 20 }, id);
    const terms = { key: id(), limits: [{ window: 'year' as const, most: 100 }], fundingGroup: null };
    const batch = (order: readonly string[]) =>
      units().run(async (tx) => {
        const spends = order.map(
          (personId): QuotaSpend => ({
            personId,
            terms,
            party: 1,
            on: '2026-11-24',
            cause: { type: 'use', id: id() },
          }),
        );
        const book = await quota.load(tx, spends);
        for (const spend of spends) book.spend(spend);
        await quota.write(tx, book);
      });
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => batch(i % 2 === 0 ? people : [...people].reverse())),
    );
    const counters = await manager().findBy(QuotaCounterRow, { quotaKey: terms.key });
    expect(counters.map(({ used }) => used)).toEqual(people.map(() => 20));
    if (TEST_DATABASE === 'mariadb') {
      const entries = await manager().countBy(QuotaEntryRow, { quotaKey: terms.key });
      expect(entries).toBe(400);
    }
  });
});
