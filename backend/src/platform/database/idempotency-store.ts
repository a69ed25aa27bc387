import { Injectable } from '@nestjs/common';
import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import type { EntityManager } from 'typeorm';
import { FieldCipher } from '../crypto/field-cipher.js';
import { DomainError } from '../errors/domain-error.js';
import { type Outcome, refused } from '../errors/outcome.js';
import { isUniqueViolation } from './database-errors.js';
import type { IdempotencyRecord } from './idempotency-record.entity.js';
import { insertRows, queryPairs } from './many-rows.js';
import type { Tx } from './tx.js';
import type { IdempotencyContext } from './unit-of-work.js';

/** What a key was answered with. */
export interface KeptAnswer<T> {
  /** The first value, or throws the first refusal. */
  answer(): T;
}

const PURPOSE = 'idempotency-answer';
const REQUEST_PURPOSE = 'idempotency-request';

type StoredAnswer = Pick<IdempotencyRecord, 'route' | 'requestHash' | 'outcome' | 'answer'>;
type StoredUnderKey = StoredAnswer & Pick<IdempotencyRecord, 'owner' | 'key'>;

// Written out because every citizen write runs all three: through TypeORM's builders they cost more than the rest of a
// small unit. Both engines take back-ticks.
const FIND =
  'SELECT route, requestHash, outcome, answer FROM idempotency_records WHERE owner = ? AND `key` = ?';
const FIND_MANY =
  'SELECT owner, `key`, route, requestHash, outcome, answer FROM idempotency_records WHERE :pairs';
const CLAIM =
  "INSERT INTO idempotency_records (owner, `key`, route, requestHash, outcome, answer, createdAt) VALUES (?, ?, ?, ?, 'done', '', ?)";
const WRITE = 'UPDATE idempotency_records SET outcome = ?, answer = ? WHERE owner = ? AND `key` = ?';

const COLUMNS = ['owner', 'key', 'route', 'requestHash', 'outcome', 'answer', 'createdAt'] as const;
const pathOf = ({ owner, key }: { readonly owner: string; readonly key: string }): string =>
  `${owner} ${key}`;
const wordsOf = ({ code, details }: DomainError): string => JSON.stringify({ code, details });

@Injectable()
export class IdempotencyStore {
  constructor(private readonly cipher: FieldCipher) {}

  /** @throws DomainError IDEMPOTENCY_KEY_REUSED when the key came with another route or body before */
  async find<T>(manager: EntityManager, context: IdempotencyContext): Promise<KeptAnswer<T> | null> {
    const rows: unknown = await manager.query(FIND, [context.owner, context.key]);
    const [record] = rows as StoredAnswer[];
    if (!record || record.answer === '') return null;
    if (!this.isOf(record, context)) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    const outcome = this.open<T>(record);
    return {
      answer: () => {
        if (outcome.ok) return outcome.value;
        throw outcome.error;
      },
    };
  }

  /** What each key was answered with, in their order; a key reused for something else is answered with that. */
  async findMany<T>(
    manager: EntityManager,
    contexts: readonly IdempotencyContext[],
  ): Promise<(Outcome<T> | undefined)[]> {
    const pairs = contexts.map(({ owner, key }) => [owner, key] as const);
    const rows = await queryPairs<StoredUnderKey>(manager, FIND_MANY, ['owner', 'key'], pairs);
    if (rows.length === 0) return [];
    const found = new Map(rows.map((row) => [pathOf(row), row]));
    return contexts.map((context) => {
      const record = found.get(pathOf(context));
      if (!record || record.answer === '') return undefined;
      return this.isOf(record, context) ? this.open<T>(record) : refused('IDEMPOTENCY_KEY_REUSED');
    });
  }

  /**
   * Takes the keys and keeps their answers with the COMMIT; returns each as a repeated call will get it. Where another call
   * has one of them by then, the unit waits for that call's end on MariaDB and fails with a unique violation.
   */
  async keepMany<T>(
    tx: Tx,
    answers: readonly { context: IdempotencyContext; outcome: Outcome<T> | undefined }[],
  ): Promise<Outcome<T>[]> {
    const kept: Outcome<T>[] = [];
    const rows = answers.map(({ context, outcome }) => {
      if (!outcome) throw new Error('an item was not answered');
      const json = outcome.ok ? JSON.stringify({ value: outcome.value }) : wordsOf(outcome.error);
      kept.push(outcome.ok ? { ok: true, value: (JSON.parse(json) as { value: T }).value } : outcome);
      return {
        ...context,
        requestHash: this.keyed(context),
        outcome: outcome.ok ? 'done' : 'refused',
        answer: this.cipher.encrypt(PURPOSE, json),
        createdAt: tx.now,
      };
    });
    // In the order of the key, so that two nodes with the same keys wait for each other and never in a circle.
    rows.sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
    await insertRows(tx.atCommit, 'idempotency_records', COLUMNS, rows);
    return kept;
  }

  private open<T>(record: StoredAnswer): Outcome<T> {
    const kept = JSON.parse(this.cipher.decrypt(PURPOSE, record.answer)) as unknown;
    if (record.outcome === 'done') return { ok: true, value: (kept as { value: T }).value };
    const { code, details } = kept as { code: ErrorCode; details: Record<string, unknown> };
    return refused(code, details);
  }

  /** Takes the key inside the transaction; false when another call has it. Waits for that call's end on MariaDB. */
  async claim(tx: Tx, context: IdempotencyContext): Promise<boolean> {
    try {
      const { owner, key, route } = context;
      const requestHash = this.keyed(context);
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
    await this.write(tx, context, 'refused', wordsOf(refusal));
  }

  private async write(
    tx: Tx,
    context: IdempotencyContext,
    outcome: IdempotencyRecord['outcome'],
    kept: string,
  ): Promise<void> {
    const answer = this.cipher.encrypt(PURPOSE, kept);
    await tx.atCommit.write(WRITE, [outcome, answer, context.owner, context.key]);
  }

  private isOf(record: StoredAnswer, context: IdempotencyContext): boolean {
    return record.route === context.route && record.requestHash === this.keyed(context);
  }

  /**
   * What the database keeps of a request. With a key that is not in the database, since a body may hold little else than
   * the number of a document: its bare digest would be found by trying every number.
   */
  private keyed({ requestHash }: IdempotencyContext): string {
    return this.cipher.blindIndex(REQUEST_PURPOSE, requestHash);
  }
}
