import type { Tx } from '../database/tx.js';
import { JobLease } from './job-lease.entity.js';

/** How long a holder that went silent keeps others waiting. */
export const LEASE_MS = 30_000;

/** Another node took the job over; whatever this one still meant to write was rolled back. */
export class LeaseLostError extends Error {
  constructor(readonly job: string) {
    super(`the lease of job ${job} was lost to another node`);
    this.name = 'LeaseLostError';
  }
}

/** The right to run one job, at one epoch. */
export class Lease {
  constructor(
    readonly job: string,
    readonly holder: string,
    readonly epoch: number,
    /** Aborted when the service shuts down: long work stops after the unit at hand. */
    readonly signal: AbortSignal,
  ) {}

  /**
   * Fences the transaction: it commits only if this lease still holds, and prolongs the lease. It writes the row
   * instead of locking it, because on Galera a write is what collides with a take-over on another node while
   * `FOR UPDATE` is not seen there.
   *
   * @throws LeaseLostError
   */
  async assertHeld(tx: Tx): Promise<void> {
    const held = await tx.manager.update(
      JobLease,
      { name: this.job, holder: this.holder, epoch: this.epoch },
      { expiresAt: new Date(tx.now.getTime() + LEASE_MS) },
    );
    if (held.affected !== 1) throw new LeaseLostError(this.job);
  }
}
