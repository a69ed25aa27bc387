import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { isUniqueViolation } from '../database/database-errors.js';
import type { Tx } from '../database/tx.js';
import { DomainError } from '../errors/domain-error.js';
import { Account } from './account.entity.js';
import { SessionTrust } from './session-trust.js';
import { Sessions } from './sessions.js';

/** Called in the transaction in which a person is taken off their account. */
export type UnboundListener = (tx: Tx, personId: string, accountId: string) => Promise<void>;

/** Which account belongs to which person: a person has at most one living account, held by a unique key. */
@Injectable()
export class Accounts {
  private readonly unboundListeners: UnboundListener[] = [];

  constructor(
    private readonly sessions: Sessions,
    private readonly trust: SessionTrust,
  ) {}

  /**
   * Binds a proven person to the account; binding the same again changes nothing.
   * @throws DomainError REAL_NAME_BOUND_ELSEWHERE when the person has another living account,
   *   REAL_NAME_ALREADY_PROVED when the account belongs to another person, NOT_FOUND when there is no living account
   */
  async bindPerson(tx: Tx, accountId: string, personId: string): Promise<void> {
    this.trust.distrust(accountId);
    const bound = await this.takePerson(tx, accountId, personId);
    if (bound) return;
    const account = await tx.manager.findOneBy(Account, { id: accountId, status: 'active' });
    if (!account) throw new DomainError('NOT_FOUND');
    if (account.personId !== personId) throw new DomainError('REAL_NAME_ALREADY_PROVED');
  }

  /**
   * Lets nobody else write for this account until the end of the unit: first of all locks, and a write rather than a lock
   * because another node of Galera sees only that.
   * @throws DomainError ACCOUNT_ERASED
   */
  async takeTurn(tx: Tx, accountId: string): Promise<void> {
    if (!(await this.hasTurn(tx, accountId))) throw new DomainError('ACCOUNT_ERASED');
  }

  /** As `takeTurn`; false where the account was erased. */
  async hasTurn(tx: Tx, accountId: string): Promise<boolean> {
    const { affected } = await tx.manager.update(
      Account,
      { id: accountId, status: 'active' },
      { turns: () => 'turns + 1' },
    );
    return affected === 1;
  }

  /** For features that gave the account something in the person's name, such as a phone that shows their card. */
  onUnbound(listener: UnboundListener): void {
    this.unboundListeners.push(listener);
  }

  /** Takes the person off their account, if they have one, and ends its sessions. */
  async unbindPerson(tx: Tx, personId: string): Promise<void> {
    const accountId = await this.accountOfPerson(tx.manager, personId);
    if (accountId === null) return;
    await tx.manager.update(Account, { id: accountId, personId }, { personId: null });
    await this.sessions.endAll(tx, accountId, 'person-unbound');
    for (const listener of this.unboundListeners) await listener(tx, personId, accountId);
  }

  /** The person's living account, or null. */
  async accountOfPerson(manager: EntityManager, personId: string): Promise<string | null> {
    const account = await manager.findOneBy(Account, { personId });
    return account?.id ?? null;
  }

  private async takePerson(tx: Tx, accountId: string, personId: string): Promise<boolean> {
    try {
      const { affected } = await tx.manager.update(
        Account,
        { id: accountId, status: 'active', personId: IsNull() },
        { personId },
      );
      return affected === 1;
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('REAL_NAME_BOUND_ELSEWHERE');
      throw error;
    }
  }
}
