import { Injectable } from '@nestjs/common';
import { newId } from '../ids.js';
import { isCheckViolation } from './database-errors.js';
import { IdempotencyRecord } from './idempotency-record.entity.js';
import { ReadDatabase } from './read-database.js';
import { UnitOfWork } from './unit-of-work.js';

/** The database took a row that a CHECK forbids: nothing that rests on such a promise is safe there. */
export class ChecksNotEnforcedError extends Error {
  constructor() {
    super('the database does not enforce CHECK constraints');
  }
}

/** Never committed. */
class Probed extends Error {}

const PROBE_CHECKS_EVERY_MS = 60_000;

/** Whether the database can be worked with: it answers, and its CHECKs reject (MySQL before 8.0.16 ignores them). */
@Injectable()
export class DatabaseHealth {
  private checksProbedAt: number | null = null;

  constructor(
    private readonly read: ReadDatabase,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws the database's error, or ChecksNotEnforcedError; the CHECK is tried once a minute */
  async probe(): Promise<void> {
    await this.read.manager.query('SELECT 1');
    const now = performance.now();
    if (this.checksProbedAt !== null && now - this.checksProbedAt < PROBE_CHECKS_EVERY_MS) return;
    await this.probeChecks();
    this.checksProbedAt = now;
  }

  private async probeChecks(): Promise<void> {
    try {
      await this.unitOfWork.run(async (tx) => {
        const impossible: string = 'impossible';
        await tx.manager.insert(IdempotencyRecord, {
          owner: 'probe',
          key: newId(tx.now),
          route: '',
          requestHash: '',
          outcome: impossible as IdempotencyRecord['outcome'],
          answer: '',
          createdAt: tx.now,
        });
        throw new Probed();
      });
    } catch (error) {
      if (isCheckViolation(error)) return;
      throw error instanceof Probed ? new ChecksNotEnforcedError() : error;
    }
  }
}
