import { AsyncLocalStorage } from 'node:async_hooks';
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import type { DataSources } from './data-sources.js';
import { isConnectionLost, isTransient } from './database-errors.js';
import { IdempotencyStore } from './idempotency-store.js';
import { Mutex } from './mutex.js';
import { Operation } from './operations.entity.js';
import type { Tx } from './tx.js';
import { type IdempotencyContext, type RunOptions, UnitOfWork } from './unit-of-work.js';

const ATTEMPTS = 5;

/** Raised inside `run` when the key was used before, to leave the transaction; never seen outside. */
class AnsweredBefore extends Error {}

@Injectable()
export class TransactionalUnitOfWork extends UnitOfWork {
  /** SQLite: transactions of one connection would interleave, see docs/decisions. */
  private readonly mutex = new Mutex();
  /** Only to notice a nested unit: nothing is ever read from it. */
  private readonly inside = new AsyncLocalStorage<true>();

  constructor(
    private readonly sources: DataSources,
    private readonly clock: Clock,
    private readonly idempotency: IdempotencyStore,
  ) {
    super();
  }

  async run<T>(work: (tx: Tx) => Promise<T>, options: RunOptions = {}): Promise<T> {
    if (this.inside.getStore()) throw new Error('unit of work inside a unit of work: pass tx on instead');
    const { idempotency } = options;
    if (idempotency) {
      const before = await this.idempotency.find<T>(this.sources.read.manager, idempotency);
      if (before) return before.answer();
    }
    try {
      return await this.attempts(work, idempotency);
    } catch (error) {
      if (error instanceof AnsweredBefore && idempotency) return this.firstAnswer<T>(idempotency);
      if (error instanceof DomainError && idempotency) return this.keepRefusal<T>(error, idempotency);
      throw error;
    }
  }

  private async attempts<T>(
    work: (tx: Tx) => Promise<T>,
    idempotency: IdempotencyContext | undefined,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const operationId = newId(this.clock.now());
      let result: { value: T } | undefined;
      try {
        return await this.exclusively(() =>
          this.inside.run(true, () =>
            this.transaction(operationId, work, idempotency, (value) => {
              result = { value };
            }),
          ),
        );
      } catch (error) {
        const lost = isConnectionLost(error);
        // COMMIT may have gone through although its answer was lost: look before repeating.
        if (lost && result && (await this.wasCommitted(operationId, idempotency))) return result.value;
        if ((!lost && !isTransient(error)) || attempt >= ATTEMPTS) throw error;
        await delay(randomInt(5, 30) * attempt);
      }
    }
  }

  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.sources.dialect === 'sqlite' ? this.mutex.runExclusive(work) : work();
  }

  private async transaction<T>(
    operationId: string,
    work: (tx: Tx) => Promise<T>,
    idempotency: IdempotencyContext | undefined,
    beforeCommit: (value: T) => void,
  ): Promise<T> {
    const runner = this.sources.write.createQueryRunner();
    try {
      await runner.startTransaction();
      const tx: Tx = { manager: runner.manager, dialect: this.sources.dialect, now: this.clock.now() };
      if (idempotency && !(await this.idempotency.claim(tx, idempotency))) throw new AnsweredBefore();
      const value = await work(tx);
      if (idempotency) await this.idempotency.complete(tx, idempotency, value);
      else await runner.manager.insert(Operation, { id: operationId, committedAt: tx.now });
      beforeCommit(value);
      await runner.commitTransaction();
      return value;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async wasCommitted(
    operationId: string,
    idempotency: IdempotencyContext | undefined,
  ): Promise<boolean> {
    const manager = this.sources.write.manager;
    if (idempotency) return (await this.idempotency.find(manager, idempotency)) !== null;
    return manager.existsBy(Operation, { id: operationId });
  }

  private async firstAnswer<T>(idempotency: IdempotencyContext): Promise<T> {
    const before = await this.idempotency.find<T>(this.sources.write.manager, idempotency);
    if (!before) throw new DomainError('SERVICE_UNAVAILABLE');
    return before.answer();
  }

  /** A refusal is an answer too: it is written after the roll-back, in a transaction of its own. */
  private async keepRefusal<T>(refusal: DomainError, idempotency: IdempotencyContext): Promise<T> {
    const kept = await this.exclusively(async () => {
      const runner = this.sources.write.createQueryRunner();
      try {
        await runner.startTransaction();
        const tx: Tx = { manager: runner.manager, dialect: this.sources.dialect, now: this.clock.now() };
        const claimed = await this.idempotency.claim(tx, idempotency);
        if (claimed) await this.idempotency.refuse(tx, idempotency, refusal);
        await runner.commitTransaction();
        return claimed;
      } catch {
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
        return true;
      } finally {
        await runner.release();
      }
    });
    if (kept) throw refusal;
    return this.firstAnswer<T>(idempotency);
  }
}
