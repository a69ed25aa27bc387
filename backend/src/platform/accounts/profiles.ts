import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Me } from '@talent-card/shared/accounts/schema';
import { maskMiddle } from '@talent-card/shared/validators/text';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { ReadDatabase } from '../database/database.module.js';
import { DomainError } from '../errors/domain-error.js';
import { Account } from './account.entity.js';
import { PersonDirectory } from './person-directory.js';

export const PHONE_PURPOSE = 'accounts.phone';

/** The citizen's own account as they see it. */
@Injectable()
export class Profiles {
  constructor(
    private readonly database: ReadDatabase,
    private readonly cipher: FieldCipher,
    private readonly modules: ModuleRef,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** @throws DomainError ACCOUNT_ERASED */
  async me(accountId: string): Promise<Me> {
    const account = await this.database.manager.findOneBy(Account, { id: accountId, status: 'active' });
    if (!account) throw new DomainError('ACCOUNT_ERASED');
    return this.describe(account);
  }

  /** The account as `/me` answers it; also the answer of what changes it. */
  async describe(account: Account): Promise<Me> {
    return {
      accountId: account.id,
      person: account.personId === null ? null : await this.directory().describe(account.personId),
      nickname: account.nickname,
      maskedPhone:
        account.phoneSealed === null
          ? null
          : maskMiddle(this.cipher.decrypt(PHONE_PURPOSE, account.phoneSealed), 3, 4),
      locale: account.locale,
      sandbox: this.config.sandbox,
    };
  }

  /** Looked up when needed: `core/people` provides it, and the platform does not know core. */
  private directory(): PersonDirectory {
    return this.modules.get(PersonDirectory, { strict: false });
  }
}
