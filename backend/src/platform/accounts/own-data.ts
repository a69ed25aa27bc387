import { Injectable } from '@nestjs/common';
import type { PersonalDataExport } from '@talent-card/shared/accounts/schema';
import { In } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { ReadDatabase } from '../database/database.module.js';
import { IdempotencyRecord } from '../database/idempotency-record.entity.js';
import type { Tx } from '../database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { Account } from './account.entity.js';
import { OPENID_PURPOSE } from './citizen-sign-in.js';
import { CitizenUnits } from './citizen-units.js';
import { Consents } from './consents.js';
import { type KeptRecords, PersonalData } from './personal-data.js';
import type { CitizenPrincipal } from './principal.js';
import { PHONE_PURPOSE, Profiles } from './profiles.js';
import { SessionRow } from './session.entity.js';
import { Sessions } from './sessions.js';

/** What the platform itself keeps after an erasure; features add theirs. */
const KEPT: readonly KeptRecords[] = [
  {
    records: 'audit-entries',
    because: '网络安全法 art. 21: logs for six months; opaque ids and field names only',
  },
  { records: 'consents', because: '个人信息保护法 art. 14: proof that consent was given; opaque ids only' },
];

/** Keys that one statement deletes. */
const KEYS_UNIT = 500;

/** Looking at, taking along and erasing what the service holds about oneself. */
@Injectable()
export class OwnData {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly cipher: FieldCipher,
    private readonly profiles: Profiles,
    private readonly units: CitizenUnits,
    private readonly consents: Consents,
    private readonly sessions: Sessions,
    private readonly personalData: PersonalData,
    private readonly audit: AuditTrail,
  ) {}

  /** Everything held, one's own phone number in clear; `keptAfterErasure` lists what an erasure leaves and why. */
  async export(citizen: CitizenPrincipal): Promise<PersonalDataExport> {
    const { accountId, personId } = citizen;
    const { manager } = this.database;
    const account = await manager.findOneBy(Account, { id: accountId, status: 'active' });
    if (!account) throw new DomainError('ACCOUNT_ERASED');
    const standing = await this.sessions.listStanding(manager, accountId);
    const exportedAt = await this.unitOfWork.run(async (tx) => {
      await this.note(tx, citizen, 'accounts.export');
      return tx.now.toISOString();
    });
    return {
      exportedAt,
      account: {
        accountId,
        createdAt: account.createdAt.toISOString(),
        nickname: account.nickname,
        locale: account.locale,
        phone: this.open(PHONE_PURPOSE, account.phoneSealed),
        wechatOpenid: this.open(OPENID_PURPOSE, account.openidSealed),
        sessions: standing.map(({ deviceLabel, startedAt, lastUsedAt }) => ({
          deviceLabel,
          startedAt: startedAt.toISOString(),
          lastUsedAt: lastUsedAt.toISOString(),
        })),
        consents: await this.consents.list(manager, accountId),
        keptAfterErasure: [...KEPT, ...this.personalData.kept()],
      },
      person: await this.profiles.person(personId),
      sections: await this.personalData.export(personId, accountId),
    };
  }

  /**
   * Erases the account and every feature's part in one transaction. The row of the account stays, empty, so that an
   * old token is answered with ACCOUNT_ERASED; the next sign-in makes a fresh account.
   */
  async erase(citizen: CitizenPrincipal, idempotency: IdempotencyContext): Promise<void> {
    const { accountId } = citizen;
    await this.units.run(
      citizen,
      async (tx) => {
        const account = await tx.manager.findOneByOrFail(Account, { id: accountId });
        await this.personalData.erase(tx, account.personId, accountId);
        await this.sessions.endAll(tx, accountId, 'account-erased');
        await tx.manager.update(SessionRow, { ownerId: accountId }, { deviceLabel: '' });
        await this.consents.endAll(tx, accountId);
        await this.forgetAnswers(tx, idempotency);
        await tx.manager.update(
          Account,
          { id: accountId },
          {
            status: 'erased',
            erasedAt: tx.now,
            openidSealed: null,
            openidIndex: null,
            personId: null,
            nickname: null,
            phoneSealed: null,
            phoneIndex: null,
          },
        );
        await this.note(tx, citizen, 'accounts.erase');
        return null;
      },
      { idempotency },
    );
  }

  /**
   * Kept answers of earlier calls hold what was answered then. They are read first: a call that waits for this erasure
   * has its key written already, and a delete of all would wait for it in turn.
   */
  private async forgetAnswers(tx: Tx, { owner, key: own }: IdempotencyContext): Promise<void> {
    const kept = await tx.manager.find(IdempotencyRecord, {
      select: { owner: true, key: true },
      where: { owner },
    });
    const keys = kept.map(({ key }) => key).filter((key) => key !== own);
    for (let at = 0; at < keys.length; at += KEYS_UNIT) {
      await tx.manager.delete(IdempotencyRecord, { owner, key: In(keys.slice(at, at + KEYS_UNIT)) });
    }
  }

  private open(purpose: string, sealed: string | null): string | null {
    return sealed === null ? null : this.cipher.decrypt(purpose, sealed);
  }

  private note(tx: Tx, citizen: CitizenPrincipal, action: string): Promise<void> {
    return this.audit.record(tx, citizen, {
      action,
      objectType: 'account',
      objectId: citizen.accountId,
    });
  }
}
