import { AsyncLocalStorage } from 'node:async_hooks';
import { randomInt } from 'node:crypto';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import { BatchQueue } from './batch-queue.js';
import type { DataSources } from './data-sources.js';
import { isConnectionLost, isTransient, isUniqueViolation } from './database-errors.js';
import { IdempotencyStore } from './idempotency-store.js';
import { Mutex } from './mutex.js';
import { Operation } from './operations.entity.js';
import { abandon, freshRunners, release, type UnitRunner } from './query-runners.js';
import { type Tx, txOver } from './tx.js';
import {
  type BatchDefinition,
  type BatchOptions,
  type IdempotencyContext,
  type RunOptions,
  UnitOfWork,
} from './unit-of-work.js';

const ATTEMPTS = 6;

/**
 * Longest wait for SQLite's one writer. Units are short, so who waits this long waits for a unit that never ends: it
 * then fails instead of standing still with everybody behind it. A unit inside a unit is such a wait.
 */
const PATIENCE_MS = 30_000;

/** Raised inside a transaction to leave it, because this unit's effect is committed already; never seen outside. */
class CommittedBefore extends Error {}

/** Says who runs; the unit is over for code that outlives it, such as a timer that it started. */
interface Running {
  over: boolean;
}

/** What makes a unit happen once, written first in its transaction. */
interface Guard {
  /** @throws CommittedBefore when this unit, or another with the same key, has committed */
  claim(tx: Tx): Promise<void>;
}

@Injectable()
export class TransactionalUnitOfWork extends UnitOfWork {
  /** SQLite: transactions of one connection would interleave, see docs/decisions. */
  private readonly mutex = new Mutex();
  /**
   * Only to notice a nested unit: nothing is ever read from it. Under test alone, because from its first use on Node
   * follows every promise of the process, an eighth of what a booking costs.
   */
  private readonly inside: AsyncLocalStorage<Running> | null;
  private readonly listeners: ((tx: Tx) => void)[] = [];
  private readonly queues = new Map<unknown, BatchQueue<unknown, unknown>>();
  private readonly newRunner: () => UnitRunner;
  private repeated = 0;

  constructor(
    private readonly sources: DataSources,
    private readonly clock: Clock,
    private readonly idempotency: IdempotencyStore,
    noticeNested: boolean,
  ) {
    super();
    this.inside = noticeNested ? new AsyncLocalStorage() : null;
    this.newRunner = freshRunners(sources);
    // From here on nothing else gets hold of the write connection: a statement beside the unit would, on SQLite, join
    // whatever transaction is open and vanish with its roll-back.
    sources.write.createQueryRunner = () => {
      throw new Error('write outside a unit of work: use unitOfWork.run and pass tx on');
    };
  }

  /** Units that wait or run on SQLite's single connection; 0 on other engines. A metric. */
  get queued(): number {
    return this.mutex.depth;
  }

  /** Attempts that were repeated since the start: deadlocks, lost connections. A metric. */
  get retries(): number {
    return this.repeated;
  }

  get rushed(): boolean {
    return [...this.queues.values()].some((queue) => queue.busy);
  }

  afterCommit(listener: (tx: Tx) => void): void {
    this.listeners.push(listener);
  }

  async run<T>(work: (tx: Tx) => Promise<T>, options: RunOptions = {}): Promise<T> {
    this.assertOutside();
    return options.idempotency ? this.runOnceForKey(work, options.idempotency) : this.runOnce(work);
  }

  async runBatch<I, R>(batch: BatchDefinition<I, R>, item: I, options: BatchOptions): Promise<R> {
    this.assertOutside();
    return this.queueOf(batch).add(item, options.idempotency);
  }

  private queueOf<I, R>(batch: BatchDefinition<I, R>): BatchQueue<I, R> {
    const known = this.queues.get(batch);
    if (known) return known as unknown as BatchQueue<I, R>;
    // The keys are kept with the answers, at the end of each batch, so no guard row comes before.
    const noGuard: Guard = { claim: async () => undefined };
    const queue = new BatchQueue(batch, {
      batchesAtOnce: this.sources.dialect === 'sqlite' ? 1 : 2,
      store: this.idempotency,
      read: this.sources.read.manager,
      transact: (work) => this.attempts(noGuard, work),
    });
    this.queues.set(batch, queue as unknown as BatchQueue<unknown, unknown>);
    return queue;
  }

  private assertOutside(): void {
    const running = this.inside?.getStore();
    if (running && !running.over) throw new Error('unit of work inside a unit of work: pass tx on instead');
  }

  private async runOnceForKey<T>(work: (tx: Tx) => Promise<T>, idempotency: IdempotencyContext): Promise<T> {
    const before = await this.idempotency.find<T>(this.sources.read.manager, idempotency);
    if (before) return before.answer();
    const guard: Guard = {
      claim: async (tx) => {
        if (!(await this.idempotency.claim(tx, idempotency))) throw new CommittedBefore();
      },
    };
    try {
      return await this.attempts(guard, async (tx) =>
        this.idempotency.complete(tx, idempotency, await work(tx)),
      );
    } catch (error) {
      if (error instanceof CommittedBefore) return this.firstAnswer<T>(idempotency);
      if (!(error instanceof DomainError)) throw error;
      return this.keepRefusal<T>(guard, error, idempotency);
    }
  }

  /** Without a key, an operation row of its own tells a unit whether an earlier attempt of it went through. */
  private async runOnce<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const id = newId(this.clock.now());
    let finished: { value: T } | undefined;
    const guard: Guard = {
      claim: async (tx) => {
        try {
          await tx.manager.insert(Operation, { id, committedAt: tx.now });
        } catch (error) {
          if (isUniqueViolation(error)) throw new CommittedBefore();
          throw error;
        }
      },
    };
    try {
      return await this.attempts(guard, async (tx) => {
        const value = await work(tx);
        finished = { value };
        return value;
      });
    } catch (error) {
      if (error instanceof CommittedBefore && finished) return finished.value;
      throw error;
    }
  }

  /**
   * A refusal is an answer too. It is written after the roll-back, in a transaction of its own; if another call with
   * the same key has meanwhile been answered, that answer holds for this one as well.
   */
  private async keepRefusal<T>(
    guard: Guard,
    refusal: DomainError,
    idempotency: IdempotencyContext,
  ): Promise<T> {
    try {
      await this.attempts(guard, (tx) => this.idempotency.refuse(tx, idempotency, refusal));
    } catch (error) {
      if (error instanceof CommittedBefore) return this.firstAnswer<T>(idempotency);
      throw error;
    }
    throw refusal;
  }

  private async firstAnswer<T>(idempotency: IdempotencyContext): Promise<T> {
    const before = await this.idempotency.find<T>(this.sources.read.manager, idempotency);
    if (!before) throw new DomainError('SERVICE_UNAVAILABLE');
    return before.answer();
  }

  /**
   * Repeats the whole unit after a deadlock or a lost connection. The same guard row is written first in every
   * attempt. That also settles a COMMIT whose answer was lost: if it went through, or is going through at this very
   * moment, the next attempt's guard row waits for it and then collides, so the effect is never there twice. (A
   * plain look-up would miss a COMMIT that is still under way.)
   */
  private async attempts<T>(guard: Guard, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(guard, work);
      } catch (error) {
        const lost = isConnectionLost(error);
        if ((!lost && !isTransient(error)) || attempt >= ATTEMPTS) throw error;
        // A restarting server needs longer than a deadlock; the jitter keeps two losers from meeting again.
        this.repeated += 1;
        await delay(lost ? randomInt(20, 40) * 2 ** attempt : randomInt(5, 30) * attempt);
      }
    }
  }

  private async attempt<T>(guard: Guard, work: (tx: Tx) => Promise<T>): Promise<T> {
    const running: Running = { over: false };
    let committed: Tx | undefined;
    const guarded = () =>
      this.transaction(async (tx) => {
        await guard.claim(tx);
        const value = await work(tx);
        committed = tx;
        return value;
      });
    const inTransaction = () => this.inside?.run(running, guarded) ?? guarded();
    try {
      const value = await (this.sources.dialect === 'sqlite'
        ? this.mutex.runExclusive(async () => {
            // SQLite answers without leaving the event loop: without a turn between them, a row of units, such as the
            // delivery of a thousand messages, would let no request in before it is over.
            await nextTurn();
            return inTransaction();
          }, PATIENCE_MS)
        : inTransaction());
      if (committed) for (const listener of this.listeners) listener(committed);
      return value;
    } finally {
      running.over = true;
    }
  }

  private async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { runner, end } = this.newRunner();
    const { tx, end: endTx } = txOver(runner.manager, this.sources.dialect, this.clock.now());
    try {
      await runner.startTransaction();
      const value = await work(tx);
      end(endTx());
      await runner.commitTransaction();
      return value;
    } catch (error) {
      endTx();
      end();
      await this.rollBack(runner);
      throw error;
    } finally {
      await release(runner);
    }
  }

  /** Leaves no transaction open whatever happened: the next unit would otherwise run inside the remains of this one. */
  private async rollBack(runner: QueryRunner): Promise<void> {
    if (!runner.isTransactionActive) return;
    try {
      await runner.rollbackTransaction();
    } catch {
      await abandon(runner, this.sources.dialect);
    }
  }
}
