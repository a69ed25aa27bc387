import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { Jobs } from '../jobs/jobs.js';
import type { Lease } from '../jobs/lease.js';
import { IdempotencyRecord } from './idempotency-record.entity.js';
import { Operation } from './operations.entity.js';
import type { Tx } from './tx.js';
import { UnitOfWork } from './unit-of-work.js';

export const RETENTION_JOB = 'database.forget-old-keys';
const DAY_MS = 86_400_000;
/** A lost COMMIT is settled within seconds. */
const KEEP_OPERATIONS_MS = DAY_MS;
/** Longer than any client goes on retrying one submission. */
const KEEP_ANSWERS_MS = 7 * DAY_MS;
const ROWS = 500;

/** Forgets operation rows after a day and the answers of idempotency keys after seven. */
@Injectable()
export class RetentionJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: RETENTION_JOB, everySeconds: 3600, run: (lease) => this.run(lease) });
  }

  private async run(lease: Lease): Promise<void> {
    const now = this.clock.now().getTime();
    const operations = new Date(now - KEEP_OPERATIONS_MS);
    const answers = new Date(now - KEEP_ANSWERS_MS);
    await this.inPieces(lease, (tx) => forgetOperations(tx, operations));
    await this.inPieces(lease, (tx) => forgetAnswers(tx, answers));
  }

  /** In units of 500 rows, so that nobody waits long for one. */
  private async inPieces(lease: Lease, forget: (tx: Tx) => Promise<number>): Promise<void> {
    for (let removed = ROWS; removed === ROWS && !lease.signal.aborted; ) {
      removed = await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        return forget(tx);
      });
    }
  }
}

async function forgetOperations(tx: Tx, before: Date): Promise<number> {
  const old = await tx.manager.find(Operation, { where: { committedAt: LessThan(before) }, take: ROWS });
  if (old.length > 0) await tx.manager.delete(Operation, { id: In(old.map(({ id }) => id)) });
  return old.length;
}

async function forgetAnswers(tx: Tx, before: Date): Promise<number> {
  const old = await tx.manager.find(IdempotencyRecord, {
    select: { owner: true, key: true },
    where: { createdAt: LessThan(before) },
    take: ROWS,
  });
  const byOwner = new Map<string, string[]>();
  for (const { owner, key } of old) byOwner.set(owner, [...(byOwner.get(owner) ?? []), key]);
  for (const [owner, keys] of byOwner) await tx.manager.delete(IdempotencyRecord, { owner, key: In(keys) });
  return old.length;
}
