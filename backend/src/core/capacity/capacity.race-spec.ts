import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { isCheckViolation } from '../../platform/database/database-errors.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import type { PoolRow } from './capacity.entity.js';
import { Capacity } from './capacity.service.js';
import { PoolsRepository } from './pools.repository.js';

const PLACES = 10;
const CALLERS = 100;

/** A hundred callers want ten places at the same moment; on MariaDB half of them on another node. */
describe('places', () => {
  let test: TestApp;
  let nodes: NestFastifyApplication[];
  beforeAll(async () => {
    test = await createTestApp();
    nodes = TEST_DATABASE === 'mariadb' ? [test.app, await test.secondNode()] : [test.app];
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());

  const open = (): Promise<string> =>
    test.app
      .get(UnitOfWork)
      .run((tx) => test.app.get(Capacity).openPool(tx, { capacity: PLACES, classCapacities: {} }));

  /** Each claims one place in a unit of its own. */
  const claimAtOnce = (poolIds: (caller: number) => string[]): Promise<string[]> =>
    Promise.all(
      Array.from({ length: CALLERS }, async (_, caller) => {
        const node = nodes[caller % nodes.length] ?? test.app;
        const capacity = node.get(Capacity);
        const wanted = poolIds(caller);
        return node
          .get(UnitOfWork)
          .run(async (tx) => {
            const book = await capacity.load(tx, wanted);
            const cause = { type: 'race', id: newId(tx.now) };
            const answers = wanted.map((poolId) =>
              book.claim({ poolId, amount: 1, cardClass: null, cause, heldUntil: null }),
            );
            if (answers.some(({ ok }) => !ok)) return 'full';
            await capacity.write(tx, book);
            return 'claimed';
          })
          .catch((error: unknown) =>
            isCheckViolation(error) ? 'refused by the database' : Promise.reject(error),
          );
      }),
    );
  const claimedIn = async (poolId: string): Promise<{ taken: number; claims: number }> => {
    const { manager } = test.app.get(ReadDatabase);
    const rows: { claims: number | string }[] = await manager.query(
      'SELECT COUNT(*) AS claims FROM capacity_claims WHERE poolId = ?',
      [poolId],
    );
    const counts = await test.app.get(Capacity).counts(manager, [poolId]);
    return { taken: counts.get(poolId)?.taken ?? 0, claims: Number(rows[0]?.claims) };
  };
  /** The guard away: everybody decides over what stood there before anybody came. */
  async function withoutLock(poolId: string): Promise<void> {
    const before = await test.app
      .get(PoolsRepository, { strict: false })
      .pools(test.app.get(ReadDatabase).manager, [poolId]);
    const stale = async (): Promise<PoolRow[]> => before.map((row) => ({ ...row }));
    jest.spyOn(PoolsRepository.prototype, 'lock').mockImplementation(stale);
  }
  const count = (answers: readonly string[], answer: string): number =>
    answers.filter((one) => one === answer).length;

  it('go to as many as there are', async () => {
    const poolId = await open();
    const answers = await claimAtOnce(() => [poolId]);
    expect([count(answers, 'claimed'), count(answers, 'full')]).toEqual([PLACES, CALLERS - PLACES]);
    expect(await claimedIn(poolId)).toEqual({ taken: PLACES, claims: PLACES });
  });

  it('in two pools go to one caller together, whichever they name first', async () => {
    const [one, two] = [await open(), await open()];
    const answers = await claimAtOnce((caller) => (caller % 2 === 0 ? [one, two] : [two, one]));
    expect(count(answers, 'claimed')).toBe(PLACES);
    expect(await claimedIn(one)).toEqual({ taken: PLACES, claims: PLACES });
    expect(await claimedIn(two)).toEqual({ taken: PLACES, claims: PLACES });
  });

  it('are kept by the database where the lock is missing', async () => {
    const poolId = await open();
    await withoutLock(poolId);
    const answers = await claimAtOnce(() => [poolId]);
    expect(count(answers, 'claimed')).toBe(PLACES);
    expect(count(answers, 'refused by the database')).toBe(CALLERS - PLACES);
    expect(await claimedIn(poolId)).toEqual({ taken: PLACES, claims: PLACES });
  });

  // Last, since it takes the CHECK away from the database.
  it('control: without the lock and the CHECK they are oversold', async () => {
    const poolId = await open();
    await test.app
      .get(UnitOfWork)
      .run((tx) =>
        tx.manager.query(
          tx.dialect === 'mysql'
            ? 'ALTER TABLE capacity_pools DROP CONSTRAINT ck_capacity_pools_taken'
            : 'PRAGMA ignore_check_constraints = ON',
        ),
      );
    await withoutLock(poolId);
    const answers = await claimAtOnce(() => [poolId]);
    expect(count(answers, 'claimed')).toBe(CALLERS);
    expect((await claimedIn(poolId)).claims).toBeGreaterThan(PLACES);
  });
});
