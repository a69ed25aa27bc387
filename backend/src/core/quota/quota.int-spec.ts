import fc from 'fast-check';
import { TEST_DATABASE } from '../../../test/harness.js';
import { createPlatformContext, type PlatformContext } from '../../../test/platform-context.js';
import { follow, type QuotaStore, rounds } from '../../../test/quota-model.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { isCheckViolation, isUniqueViolation } from '../../platform/database/database-errors.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { FORGET_QUOTA_JOB, ForgetQuota } from './forget-quota.js';
import { QuotaCounterRow, QuotaEntryRow } from './quota.entity.js';
import { QuotaRepository } from './quota.repository.js';
import { Quota } from './quota.service.js';
import type { QuotaSpend } from './quota.types.js';

const DAY_MS = 86_400_000;

describe('quota in the database', () => {
  let test: PlatformContext;
  const repository = new QuotaRepository();
  const quota = new Quota(repository);
  beforeAll(async () => {
    test = await createPlatformContext();
  });
  afterAll(() => test.close());
  const units = () => test.app.get(UnitOfWork);
  const manager = () => test.app.get(ReadDatabase).manager;
  const id = () => newId(test.clock.now());
  const spendOf = (more: Partial<QuotaSpend> = {}): QuotaSpend => ({
    personId: id(),
    terms: { key: id(), limits: [{ window: 'year', most: 2 }], fundingGroup: null },
    party: 1,
    on: '2026-11-24',
    cause: { type: 'use', id: id() },
    ...more,
  });
  const again = (spend: QuotaSpend): QuotaSpend => ({ ...spend, cause: { type: 'use', id: id() } });

  it('answers as the model does', async () => {
    const store: QuotaStore = {
      run: (work) => units().run(work),
      counters: () => manager().find(QuotaCounterRow),
      entries: () => manager().find(QuotaEntryRow),
      forgetCounters: () => units().run((tx) => tx.manager.deleteAll(QuotaCounterRow).then(() => undefined)),
    };
    await fc.assert(
      fc.asyncProperty(rounds, async (history) => {
        await units().run((tx) => tx.manager.deleteAll(QuotaEntryRow).then(() => undefined));
        await follow(quota, store, history, [id(), id()]);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('spends, refuses with the day on which there is more, and gives back', async () => {
    const spend = spendOf();
    expect(await units().run((tx) => quota.spend(tx, spend))).toBe(1);
    const second = again(spend);
    expect(await units().run((tx) => quota.spend(tx, second))).toBe(0);
    await expect(units().run((tx) => quota.spend(tx, again(spend)))).rejects.toMatchObject({
      code: 'QUOTA_GONE',
      details: { window: 'year', most: 2, renewsOn: '2027-01-01' },
    });
    expect(await units().run((tx) => quota.giveBack(tx, second.cause))).toBe(true);
    expect(await units().run((tx) => quota.giveBack(tx, second.cause))).toBe(false);
    expect(await units().run((tx) => quota.spend(tx, again(spend)))).toBe(0);
  });

  it('names who has paid for the same, and forgets it when that is given back', async () => {
    const first = spendOf({ terms: { key: `${id()}:east`, limits: [], fundingGroup: 'check-up' } });
    const other = spendOf({
      personId: first.personId,
      terms: { key: id(), limits: [], fundingGroup: 'check-up' },
    });
    await units().run((tx) => quota.spend(tx, first));
    await expect(units().run((tx) => quota.spend(tx, other))).rejects.toMatchObject({
      code: 'FUNDED_ELSEWHERE',
      details: { key: first.terms.key, year: '2026' },
    });
    // The next year is another one.
    await units().run((tx) => quota.spend(tx, { ...again(other), on: '2027-01-01' }));
    await units().run((tx) => quota.giveBack(tx, first.cause));
    await units().run((tx) => quota.spend(tx, other));
  });

  it('loses no use to a lowered limit, and counts a window that was not limited before', async () => {
    const spend = spendOf({
      terms: { key: id(), limits: [{ window: 'year', most: 5 }], fundingGroup: null },
    });
    for (let i = 0; i < 3; i += 1) await units().run((tx) => quota.spend(tx, again(spend)));
    const lowered = { ...spend.terms, limits: [{ window: 'year' as const, most: 2 }] };
    const weekly = { ...spend.terms, limits: [{ window: 'week' as const, most: 4 }] };
    await expect(
      units().run((tx) => quota.spend(tx, { ...again(spend), terms: lowered })),
    ).rejects.toMatchObject({ code: 'QUOTA_GONE' });
    const balances = await quota.balances(manager(), spend.personId, [lowered, weekly], '2026-11-24');
    const [year, week] = balances.flat();
    expect(year).toMatchObject({ used: 3, left: 0 });
    expect(week).toMatchObject({ used: 3, left: 1 });
    expect(await units().run((tx) => quota.spend(tx, { ...again(spend), terms: weekly }))).toBe(0);
  });

  it('keeps a use beyond the limit apart until it is settled', async () => {
    const spend = spendOf({ terms: { key: id(), limits: [{ window: 'day', most: 1 }], fundingGroup: null } });
    await units().run((tx) => quota.spend(tx, spend));
    const beyond = again(spend);
    await units().run((tx) => quota.recordExcess(tx, beyond));
    const standing = async () =>
      (await quota.standings(manager(), spend.personId, [spend.terms], '2026-11-24'))[0];
    expect(await standing()).toMatchObject({ balances: [{ used: 1, left: 0 }], excess: 1 });
    await units().run((tx) => quota.giveBack(tx, beyond.cause));
    expect(await standing()).toMatchObject({ balances: [{ used: 1, left: 0 }], excess: 0 });
  });

  it('hands what a booking spent to the use', async () => {
    const spend = spendOf({ cause: { type: 'booking', id: id() } });
    const use = { type: 'use', id: id() } as const;
    await units().run((tx) => quota.spend(tx, spend));
    expect(await units().run((tx) => quota.attach(tx, spend.cause, use))).toBe(true);
    expect(await units().run((tx) => quota.attach(tx, spend.cause, use))).toBe(false);
    expect(await units().run((tx) => quota.giveBack(tx, spend.cause))).toBe(false);
    expect(await units().run((tx) => quota.giveBack(tx, use))).toBe(true);
  });

  it('is held by the database itself', async () => {
    const spend = spendOf();
    await units().run((tx) => quota.spend(tx, spend));
    const set = (used: number) =>
      units().run((tx) => tx.manager.update(QuotaCounterRow, { personId: spend.personId }, { used }));
    expect(await set(-1).catch(isCheckViolation)).toBe(true);
    expect(await set(3).catch(isCheckViolation)).toBe(true);
    const twice = units().run((tx) => quota.spend(tx, { ...spend, on: '2027-01-01' }));
    expect(await twice.catch(isUniqueViolation)).toBe(true);
  });

  it('writes two hundred people in a constant number of statements', async () => {
    const terms = { key: id(), limits: [{ window: 'month' as const, most: 4 }], fundingGroup: 'g' };
    const spends = Array.from({ length: 200 }, () => spendOf({ terms }));
    const statements = await units().run(async (tx) => {
      const query = jest.spyOn(tx.manager, 'query');
      const book = await quota.load(tx, spends);
      for (const spend of spends) expect(book.spend(spend)).toEqual({ ok: true, left: 3 });
      await quota.write(tx, book);
      return query.mock.calls.length;
    });
    // SQLite inserts and reads in pieces of their own; MariaDB, where each is a round trip, does not.
    if (TEST_DATABASE === 'mariadb') expect(statements).toBeLessThanOrEqual(8);
    expect(await manager().countBy(QuotaEntryRow, { quotaKey: terms.key })).toBe(200);
  });

  it('forgets counters long over and entries given back, never what was used', async () => {
    const once = spendOf({
      terms: { key: id(), limits: [{ window: 'lifetime', most: 1 }], fundingGroup: null },
    });
    const daily = spendOf({ terms: { key: id(), limits: [{ window: 'day', most: 1 }], fundingGroup: null } });
    const returned = spendOf();
    for (const spend of [once, daily, returned]) await units().run((tx) => quota.spend(tx, spend));
    await units().run((tx) => quota.giveBack(tx, returned.cause));
    const job = new ForgetQuota(repository, test.app.get(Jobs), units(), test.clock);
    job.onModuleInit();
    test.clock.advance(400 * DAY_MS);
    await test.app.get(Jobs).runNow(FORGET_QUOTA_JOB);
    expect(await manager().countBy(QuotaCounterRow, { personId: daily.personId })).toBe(0);
    expect(await manager().countBy(QuotaEntryRow, { personId: returned.personId })).toBe(0);
    // Made anew from the ledger.
    await expect(units().run((tx) => quota.spend(tx, again(daily)))).rejects.toMatchObject({
      code: 'QUOTA_GONE',
    });
    await expect(units().run((tx) => quota.spend(tx, again(once)))).rejects.toMatchObject({
      code: 'QUOTA_GONE',
    });
  });

  it('finds its rows by keys', async () => {
    if (TEST_DATABASE !== 'mariadb') return;
    const ids = Array.from({ length: 100 }, () => `'${id()}'`).join();
    const plans = await Promise.all(
      [
        `SELECT * FROM quota_counters WHERE id IN (${ids}) ORDER BY id`,
        `SELECT * FROM quota_entries WHERE causeType = 'use' AND countingCauseId IN (${ids})`,
        `SELECT personId, COUNT(*) FROM quota_entries WHERE state <> 'returned' AND personId IN (${ids}) GROUP BY personId`,
      ].map((sql) => manager().query<{ key: string | null }[]>(`EXPLAIN ${sql}`)),
    );
    expect(plans.map(([first]) => first?.key)).toEqual([
      'PRIMARY',
      'uq_quota_entries_cause',
      'ix_quota_entries_person',
    ]);
  });
});
