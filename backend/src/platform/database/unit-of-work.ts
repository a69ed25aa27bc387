import type { Tx } from './tx.js';

/** Ties a write to the `Idempotency-Key` of its call: the second call gets the first answer. */
export interface IdempotencyContext {
  /** Whose key: account or staff id. Keys of two callers never meet. */
  readonly owner: string;
  readonly key: string;
  /** Method and path pattern. */
  readonly route: string;
  /** SHA-256 of the canonical body; the same key with another hash answers IDEMPOTENCY_KEY_REUSED. */
  readonly requestHash: string;
}

export interface RunOptions {
  readonly idempotency?: IdempotencyContext | undefined;
}

/**
 * The one way to write. `work` runs in one transaction with `tx` passed on; a nested `run` throws. Deadlocks and
 * lost connections are retried outside, whole, in a new transaction, so `work` must not act on the outside world.
 * With `idempotency`, the returned value is kept as JSON, and every call gets what that JSON says, the first too.
 */
export abstract class UnitOfWork {
  abstract run<T>(work: (tx: Tx) => Promise<T>, options?: RunOptions): Promise<T>;

  /**
   * Calls `listener` with the `tx` of each unit that committed, soon after, in this process only: for nudges, not for
   * effects that must happen (those go through the outbox). A listener must not throw.
   */
  abstract afterCommit(listener: (tx: Tx) => void): void;
}
