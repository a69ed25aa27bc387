import type { Outcome } from '../errors/outcome.js';
import type { Tx } from './tx.js';

/** Ties a write to the `Idempotency-Key` of its call: the second call gets the first answer. */
export interface IdempotencyContext {
  /** Whose key: account or staff id. Keys of two callers never meet. */
  readonly owner: string;
  readonly key: string;
  /** Method and path pattern. */
  readonly route: string;
  /**
   * SHA-256 of the canonical body, of which the database keeps a keyed digest only; the same key with another hash answers
   * IDEMPOTENCY_KEY_REUSED.
   */
  readonly requestHash: string;
}

export interface RunOptions {
  readonly idempotency?: IdempotencyContext | undefined;
}

/**
 * Work on many items in one transaction. One definition is one queue: make it once, beside the service that uses it.
 */
export interface BatchDefinition<I, R> {
  readonly name: string;
  /**
   * Decides every item and writes what follows, in the order of `items`; a refusal is a value. The single path calls
   * the same function with one item. It acts on nothing outside `tx`, since a batch may be repeated or cut in two, and is
   * begun before it is known whether somebody's key was answered already.
   */
  work(tx: Tx, items: readonly I[]): Promise<readonly Outcome<R>[]>;
}

export interface BatchOptions {
  readonly idempotency: IdempotencyContext;
}

/**
 * The one way to write. `work` runs in one transaction with `tx` passed on; a nested `run` is a fault, which tests notice. Deadlocks and
 * lost connections are retried outside, whole, in a new transaction, so `work` must not act on the outside world.
 * With `idempotency`, the returned value is kept as JSON, and every call gets what that JSON says, the first too.
 */
export abstract class UnitOfWork {
  abstract run<T>(work: (tx: Tx) => Promise<T>, options?: RunOptions): Promise<T>;

  /**
   * `run` for routes that many call at once: what arrives while one batch runs forms the next (at most 100 items), in
   * one transaction, whose answers and refusals are kept under their keys by one statement. Where the engine takes
   * several writers, a second may run beside the first. An unexpected fault cuts the batch in two until it stands alone.
   *
   * @throws DomainError the item's refusal, or IDEMPOTENCY_KEY_REUSED
   */
  abstract runBatch<I, R>(batch: BatchDefinition<I, R>, item: I, options: BatchOptions): Promise<R>;

  /** Whether people wait for a batch at this moment: work that nobody waits for, such as messages, lets them pass. */
  abstract get rushed(): boolean;

  /**
   * Calls `listener` with the `tx` of each unit that committed, soon after, in this process only: for nudges, not for
   * effects that must happen (those go through the outbox). A listener must not throw.
   */
  abstract afterCommit(listener: (tx: Tx) => void): void;
}
