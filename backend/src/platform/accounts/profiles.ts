import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Me } from '@talent-card/shared/accounts/schema';
import type { Locale } from '@talent-card/shared/common/locale';
import { maskMiddle } from '@talent-card/shared/validators/text';
import { AuditTrail } from '../audit/audit-trail.js';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { ReadDatabase } from '../database/database.module.js';
import { IdempotencyStore } from '../database/idempotency-store.js';
import type { Tx } from '../database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { WechatClient } from '../wechat/wechat-client.js';
import { Account } from './account.entity.js';
import { PersonDirectory } from './person-directory.js';
import type { CitizenPrincipal } from './principal.js';

export const PHONE_PURPOSE = 'accounts.phone';

export interface ProfileChange {
  readonly nickname?: string | undefined;
  readonly locale?: Locale | undefined;
}

/** The citizen's own account as they see and change it. */
@Injectable()
export class Profiles {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly idempotency: IdempotencyStore,
    private readonly cipher: FieldCipher,
    private readonly wechat: WechatClient,
    private readonly audit: AuditTrail,
    private readonly modules: ModuleRef,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** @throws DomainError ACCOUNT_ERASED */
  async me(accountId: string): Promise<Me> {
    const account = await this.database.manager.findOneBy(Account, { id: accountId, status: 'active' });
    if (!account) throw new DomainError('ACCOUNT_ERASED');
    return this.describe(account);
  }

  update(citizen: CitizenPrincipal, change: ProfileChange, idempotency: IdempotencyContext): Promise<Me> {
    const { nickname, locale } = change;
    const changed = {
      ...(nickname === undefined ? {} : { nickname }),
      ...(locale === undefined ? {} : { locale }),
    };
    return this.unitOfWork.run((tx) => this.set(tx, citizen, changed), { idempotency });
  }

  /**
   * Keeps the mobile number behind a code of WeChat's phone-number button.
   * @throws DomainError PHONE_CODE_INVALID and what else WechatClient throws
   */
  async bindPhone(citizen: CitizenPrincipal, code: string, idempotency: IdempotencyContext): Promise<Me> {
    // A code works once: for a repeated call WeChat must not be asked again.
    const before = await this.idempotency.find<Me>(this.database.manager, idempotency);
    if (before) return before.answer();
    const phone = await this.wechat.phoneNumber(code);
    return this.unitOfWork.run(
      (tx) =>
        this.set(tx, citizen, {
          phoneSealed: this.cipher.encrypt(PHONE_PURPOSE, phone),
          phoneIndex: this.cipher.blindIndex(PHONE_PURPOSE, phone),
        }),
      { idempotency },
    );
  }

  /** The person's name, document and masked number, as `core/people` tells them. */
  async person(personId: string | null): Promise<Me['person']> {
    if (personId === null) return null;
    // Looked up when needed: `core/people` provides it, and the platform does not know core.
    return this.modules.get(PersonDirectory, { strict: false }).describe(personId);
  }

  private async set(tx: Tx, citizen: CitizenPrincipal, changed: Partial<Account>): Promise<Me> {
    const { accountId } = citizen;
    const fields = Object.keys(changed).map((field) => (field.startsWith('phone') ? 'phone' : field));
    if (fields.length > 0) {
      const { affected } = await tx.manager.update(Account, { id: accountId, status: 'active' }, changed);
      if (affected !== 1) throw new DomainError('ACCOUNT_ERASED');
      await this.audit.record(tx, citizen, {
        action: 'accounts.update',
        objectType: 'account',
        objectId: accountId,
        fields: [...new Set(fields)],
      });
    }
    return this.describe(await tx.manager.findOneByOrFail(Account, { id: accountId }));
  }

  private async describe(account: Account): Promise<Me> {
    return {
      accountId: account.id,
      person: await this.person(account.personId),
      nickname: account.nickname,
      maskedPhone:
        account.phoneSealed === null
          ? null
          : maskMiddle(this.cipher.decrypt(PHONE_PURPOSE, account.phoneSealed), 3, 4),
      locale: account.locale,
      sandbox: this.config.sandbox,
    };
  }
}
