import { randomUUID } from 'node:crypto';
import { TEST_DATABASE } from '../../../test/harness.js';
import { createPlatformContext, type PlatformContext } from '../../../test/platform-context.js';
import { Jobs } from '../jobs/jobs.js';
import { ReadDatabase } from './database.module.js';
import { ChecksNotEnforcedError, DatabaseHealth } from './database-health.js';
import { IdempotencyRecord } from './idempotency-record.entity.js';
import { Operation } from './operations.entity.js';
import { RETENTION_JOB } from './retention.job.js';
import { UnitOfWork } from './unit-of-work.js';

describe('the database', () => {
  let test: PlatformContext;
  beforeEach(async () => {
    test = await createPlatformContext();
  });
  afterEach(() => test.close());
  const read = () => test.app.get(ReadDatabase).manager;

  it('is healthy, and asking leaves nothing behind', async () => {
    const before = await read().count(Operation);
    await test.app.get(DatabaseHealth).probe();
    expect(await read().count(IdempotencyRecord)).toBe(0);
    expect(await read().count(Operation)).toBe(before);
  });

  it('is unhealthy when a CHECK no longer rejects', async () => {
    const units = test.app.get(UnitOfWork);
    if (TEST_DATABASE === 'mariadb')
      await units.run((tx) =>
        tx.manager.query('ALTER TABLE idempotency_records DROP CONSTRAINT ck_idempotency_records_outcome'),
      );
    else await units.run((tx) => tx.manager.query('PRAGMA ignore_check_constraints = ON'));
    await expect(test.app.get(DatabaseHealth).probe()).rejects.toThrow(ChecksNotEnforcedError);
    expect(await read().count(IdempotencyRecord)).toBe(0);
  });

  it('forgets operation rows after a day and answers after seven', async () => {
    const units = test.app.get(UnitOfWork);
    const write = (count: number) =>
      units.run(async (tx) => {
        const rows = Array.from({ length: count }, () => ({
          id: randomUUID().slice(0, 26),
          committedAt: tx.now,
        }));
        await tx.manager.insert(Operation, rows);
      });
    const answer = () =>
      units.run(async () => 'kept', {
        idempotency: { owner: 'c:a', key: randomUUID(), route: 'POST /x', requestHash: '' },
      });
    await write(1_200);
    await answer();
    test.clock.advance(6 * 86_400_000);
    await write(3);
    await answer();
    test.clock.advance(86_400_000 - 1);
    await test.app.get(Jobs).runNow(RETENTION_JOB);
    expect(await read().count(IdempotencyRecord)).toBe(2);
    test.clock.advance(2);
    await test.app.get(Jobs).runNow(RETENTION_JOB);
    expect(await read().count(IdempotencyRecord)).toBe(1);
    // What is left is young: the jobs' own units.
    const ages = (await read().find(Operation)).map(
      ({ committedAt }) => test.clock.now().getTime() - committedAt.getTime(),
    );
    expect(Math.max(...ages)).toBeLessThanOrEqual(86_400_000);
  });
});
