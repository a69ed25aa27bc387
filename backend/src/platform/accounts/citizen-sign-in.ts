import { Injectable } from '@nestjs/common';
import type { Locale } from '@talent-card/shared/common/locale';
import { AuditTrail } from '../audit/audit-trail.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { isUniqueViolation } from '../database/database-errors.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import { Outbox } from '../outbox/outbox.js';
import { WechatClient } from '../wechat/wechat-client.js';
import { Account } from './account.entity.js';
import { Accounts } from './accounts.js';
import { Consents } from './consents.js';
import { system } from './principal.js';
import { Sessions, type SessionTokens } from './sessions.js';

export const OPENID_PURPOSE = 'accounts.openid';

/** What the request tells about the device. */
export interface DeviceHints {
  readonly deviceLabel: string;
  readonly locale: Locale;
}

/** Citizens sign in by WeChat; the first time makes their account. */
@Injectable()
export class CitizenSignIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly wechat: WechatClient,
    private readonly cipher: FieldCipher,
    private readonly accounts: Accounts,
    private readonly consents: Consents,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
    outbox: Outbox,
  ) {
    sessions.onReuse(async (tx, session) => {
      await audit.record(tx, system('sessions'), {
        action: 'sessions.revoke-reused',
        objectType: 'session',
        objectId: session.id,
      });
      if (session.kind !== 'citizen') return;
      await outbox.publish(tx, 'accounts.session-revoked', {
        accountId: session.ownerId,
        sessionId: session.id,
      });
    });
  }

  /**
   * @param consentVersion version of the account consent that was shown and agreed to
   * @throws DomainError CONSENT_VERSION_OUTDATED before the code is used up, and what WechatClient throws
   */
  async signIn(code: string, consentVersion: string, device: DeviceHints): Promise<SessionTokens> {
    this.consents.assertCurrent('account', consentVersion);
    const { openid } = await this.wechat.codeToSession(code);
    const enter = () => this.unitOfWork.run((tx) => this.enter(tx, openid, consentVersion, device));
    try {
      return await enter();
    } catch (error) {
      // Two first sign-ins of one user at once: the other made the account.
      if (isUniqueViolation(error)) return enter();
      throw error;
    }
  }

  /** @throws DomainError REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED, ACCOUNT_ERASED */
  refresh(refreshToken: string): Promise<SessionTokens> {
    return this.sessions.refresh('citizen', refreshToken, async (tx, accountId) => {
      if (!(await tx.manager.existsBy(Account, { id: accountId, status: 'active' })))
        throw new DomainError('ACCOUNT_ERASED');
    });
  }

  private async enter(
    tx: Tx,
    openid: string,
    consentVersion: string,
    device: DeviceHints,
  ): Promise<SessionTokens> {
    const openidIndex = this.cipher.blindIndex(OPENID_PURPOSE, openid);
    const known = await tx.manager.findOneBy(Account, { openidIndex });
    // Erased since it was read: what begins is a fresh one.
    const stands = known !== null && (await this.accounts.hasTurn(tx, known.id));
    const account = stands ? known : await this.create(tx, openid, openidIndex, device.locale);
    const consented = await this.consents.grant(tx, account.id, 'account', consentVersion);
    const tokens = await this.sessions.start(tx, 'citizen', account.id, device.deviceLabel);
    const principal = {
      type: 'citizen',
      accountId: account.id,
      sessionId: tokens.sessionId,
      personId: account.personId,
    } as const;
    if (consented) {
      await this.audit.record(tx, principal, {
        action: 'consents.grant',
        objectType: 'account',
        objectId: account.id,
        fields: ['account'],
      });
    }
    await this.audit.record(tx, principal, {
      action: stands ? 'accounts.sign-in' : 'accounts.first-sign-in',
      objectType: 'account',
      objectId: account.id,
    });
    return tokens;
  }

  private async create(tx: Tx, openid: string, openidIndex: string, locale: Locale): Promise<Account> {
    const account: Account = {
      id: newId(tx.now),
      status: 'active',
      openidSealed: this.cipher.encrypt(OPENID_PURPOSE, openid),
      openidIndex,
      personId: null,
      nickname: null,
      phoneSealed: null,
      phoneIndex: null,
      locale,
      turns: 0,
      createdAt: tx.now,
      erasedAt: null,
    };
    await tx.manager.insert(Account, account);
    return account;
  }
}
