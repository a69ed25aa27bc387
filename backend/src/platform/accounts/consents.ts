import { Injectable } from '@nestjs/common';
import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { CONSENT_PURPOSES, type Consent, type ConsentPurpose } from '@talent-card/shared/accounts/schema';
import { type EntityManager, IsNull } from 'typeorm';
import { isUniqueViolation } from '../database/database-errors.js';
import { queryList } from '../database/many-rows.js';
import type { Tx } from '../database/tx.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import { ConsentRow } from './consent.entity.js';

/** Consents of citizens: one per purpose in force, each of a version, with their history. */
@Injectable()
export class Consents {
  /** @throws DomainError CONSENT_VERSION_OUTDATED unless `version` is the one in force */
  assertCurrent(purpose: ConsentPurpose, version: string): void {
    const currentVersion = CONSENT_VERSIONS[purpose];
    if (version !== currentVersion)
      throw new DomainError('CONSENT_VERSION_OUTDATED', { purpose, currentVersion });
  }

  /**
   * Makes sure that the account agrees to the text in force.
   * @param version what the client showed, if the call carries it: must be the one in force as well
   * @throws DomainError CONSENT_REQUIRED, CONSENT_VERSION_OUTDATED
   */
  async require(
    manager: EntityManager,
    accountId: string,
    purpose: ConsentPurpose,
    version?: string,
  ): Promise<void> {
    if (version !== undefined) this.assertCurrent(purpose, version);
    const given = await manager.findOneBy(ConsentRow, { accountId, purpose, endedAt: IsNull() });
    if (!given) {
      throw new DomainError('CONSENT_REQUIRED', { purpose, currentVersion: CONSENT_VERSIONS[purpose] });
    }
    this.assertCurrent(purpose, given.version);
  }

  /** Those of the accounts that agree to the text in force. */
  async holders(
    manager: EntityManager,
    purpose: ConsentPurpose,
    accountIds: readonly string[],
  ): Promise<Set<string>> {
    const rows = await queryList<{ accountId: string }>(
      manager,
      'SELECT accountId FROM consents WHERE purpose = ? AND version = ? AND endedAt IS NULL AND accountId IN (:list)',
      [purpose, CONSENT_VERSIONS[purpose]],
      accountIds,
    );
    return new Set(rows.map(({ accountId }) => accountId));
  }

  /** Keeps the consent; one to the same version that is in force already stays as it is. */
  async grant(tx: Tx, accountId: string, purpose: ConsentPurpose, version: string): Promise<boolean> {
    this.assertCurrent(purpose, version);
    const given = await tx.manager.findOneBy(ConsentRow, { accountId, purpose, endedAt: IsNull() });
    if (given?.version === version) return false;
    if (given) await this.end(tx, accountId, purpose, 'replaced');
    return this.begin(tx, accountId, purpose, version);
  }

  /** False when there was none in force. */
  withdraw(tx: Tx, accountId: string, purpose: ConsentPurpose): Promise<boolean> {
    return this.end(tx, accountId, purpose, 'withdrawn');
  }

  /** Ends what is in force when the account is erased. */
  async endAll(tx: Tx, accountId: string): Promise<void> {
    await tx.manager.update(
      ConsentRow,
      { accountId, endedAt: IsNull() },
      { endedAt: tx.now, endReason: 'erased' },
    );
  }

  /** Every purpose with its latest consent. */
  async list(manager: EntityManager, accountId: string): Promise<Consent[]> {
    const rows = await manager.find(ConsentRow, { where: { accountId }, order: { id: 'ASC' } });
    const latest = new Map(rows.map((row) => [row.purpose, row]));
    return CONSENT_PURPOSES.map((purpose) => {
      const row = latest.get(purpose);
      return {
        purpose,
        version: row?.version ?? CONSENT_VERSIONS[purpose],
        grantedAt: row?.grantedAt.toISOString() ?? null,
        withdrawnAt: row?.endedAt?.toISOString() ?? null,
        currentVersion: CONSENT_VERSIONS[purpose],
      };
    });
  }

  /** False when another call gave the same consent meanwhile: of several at once the unique key lets one in. */
  private async begin(tx: Tx, accountId: string, purpose: ConsentPurpose, version: string): Promise<boolean> {
    try {
      await tx.manager.insert(ConsentRow, {
        id: newId(tx.now),
        accountId,
        purpose,
        version,
        grantedAt: tx.now,
        endedAt: null,
        endReason: null,
      });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  private async end(
    tx: Tx,
    accountId: string,
    purpose: ConsentPurpose,
    endReason: ConsentRow['endReason'],
  ): Promise<boolean> {
    const { affected } = await tx.manager.update(
      ConsentRow,
      { accountId, purpose, endedAt: IsNull() },
      { endedAt: tx.now, endReason },
    );
    return affected === 1;
  }
}
