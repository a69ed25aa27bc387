import { Injectable } from '@nestjs/common';
import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import type { EntityManager } from 'typeorm';
import { FieldCipher } from '../crypto/field-cipher.js';
import { DomainError } from '../errors/domain-error.js';
import { isUniqueViolation } from './database-errors.js';
import type { IdempotencyRecord } from './idempotency-record.entity.js';
import type { Tx } from './tx.js';
import type { IdempotencyContext } from './unit-of-work.js';

/** What a key was answered with. */
export interface KeptAnswer<T> {
  /** The first value, or throws the first refusal. */
  answer(): T;
}

const PURPOSE = 'idempotency-answer';

type StoredAnswer = Pick<IdempotencyRecord, 'route' | 'requestHash' | 'outcome' | 'answer'>;

// Written out because every citizen write runs all three: through TypeORM's builders they cost more than the rest of a
// small unit. Both engines take back-ticks.
const FIND =
  'SELECT route, requestHash, outcome, answer FROM idempotency_records WHERE owner = ? AND `key` = ?';
const CLAIM =
  "INSERT INTO idempotency_records (owner, `key`, route, requestHash, outcome, answer, createdAt) VALUES (?, ?, ?, ?, 'done', '', ?)";
const WRITE = 'UPDATE idempotency_records SET outcome = ?, answer = ? WHERE owner = ? AND `key` = ?';

@Injectable()
export class IdempotencyStore {
  constructor(private readonly cipher: FieldCipher) {}

  /** @throws DomainError IDEMPOTENCY_KEY_REUSED when the key came with another route or body before */
  async find<T>(manager: EntityManager, context: IdempotencyContext): Promise<KeptAnswer<T> | null> {
    const rows: unknown = await manager.query(FIND, [context.owner, context.key]);
    const [record] = rows as StoredAnswer[];
    if (!record || record.answer === '') return null;
    if (record.requestHash !== context.requestHash || record.route !== context.route) {
      throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    }
    const kept = JSON.parse(this.cipher.decrypt(PURPOSE, record.answer)) as unknown;
    return {
      answer: () => {
        if (record.outcome === 'done') return (kept as { value: T }).value;
        const refusal = kept as { code: ErrorCode; details: Record<string, unknown> };
        throw new DomainError(refusal.code, refusal.details);
      },
    };
  }

  /** Takes the key inside the transaction; false when another call has it. Waits for that call's end on MariaDB. */
  async claim(tx: Tx, context: IdempotencyContext): Promise<boolean> {
    try {
      const { owner, key, route, requestHash } = context;
      const createdAt = tx.now.toISOString().slice(0, 23).replace('T', ' ');
      await tx.manager.query(CLAIM, [owner, key, route, requestHash, createdAt]);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Keeps the value and returns it as a repeated call will get it: what JSON makes of it. */
  async complete<T>(tx: Tx, context: IdempotencyContext, value: T): Promise<T> {
    const kept = JSON.stringify({ value });
    await this.write(tx, context, 'done', kept);
    return (JSON.parse(kept) as { value: T }).value;
  }

  async refuse(tx: Tx, context: IdempotencyContext, refusal: DomainError): Promise<void> {
    await this.write(
      tx,
      context,
      'refused',
      JSON.stringify({ code: refusal.code, details: refusal.details }),
    );
  }

  private async write(
    tx: Tx,
    context: IdempotencyContext,
    outcome: IdempotencyRecord['outcome'],
    kept: string,
  ): Promise<void> {
    await tx.manager.query(WRITE, [outcome, this.cipher.encrypt(PURPOSE, kept), context.owner, context.key]);
  }
}
