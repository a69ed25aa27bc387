import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { type RunOptions, UnitOfWork } from '../database/unit-of-work.js';
import { Accounts } from './accounts.js';
import type { CitizenPrincipal } from './principal.js';

/**
 * Units in which citizens write what is theirs. Each takes the turn of its account first, as the erasure does, so that
 * nothing is written beside or after it, by whichever node. Bookings and lines are the exception: they take the turn of
 * their person, which the erasure takes too, and find no valid card after it (docs/decisions/0100).
 */
@Injectable()
export class CitizenUnits {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: Accounts,
  ) {}

  /** As `UnitOfWork.run`. @throws DomainError ACCOUNT_ERASED */
  run<T>(
    { accountId }: Pick<CitizenPrincipal, 'accountId'>,
    work: (tx: Tx) => Promise<T>,
    options?: RunOptions,
  ): Promise<T> {
    return this.unitOfWork.run(async (tx) => {
      await this.accounts.takeTurn(tx, accountId);
      return work(tx);
    }, options);
  }
}
