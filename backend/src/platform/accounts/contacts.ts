import { Injectable } from '@nestjs/common';
import type { Locale } from '@talent-card/shared/common/locale';
import { type EntityManager, In } from 'typeorm';
import { FieldCipher } from '../crypto/field-cipher.js';
import { Account } from './account.entity.js';
import { OPENID_PURPOSE } from './citizen-sign-in.js';
import { PHONE_PURPOSE } from './profiles.js';

/** How somebody is reached outside the app. In clear: for sending, never for showing. */
export interface Contact {
  readonly accountId: string;
  readonly openid: string | null;
  /** As WeChat verified it; null where none is bound. */
  readonly phone: string | null;
  readonly locale: Locale;
}

@Injectable()
export class Contacts {
  constructor(private readonly cipher: FieldCipher) {}

  /** Null for somebody without a living account. */
  async of(
    manager: EntityManager,
    who: { readonly personId: string } | { readonly accountId: string },
  ): Promise<Contact | null> {
    const where = 'personId' in who ? { personId: who.personId } : { id: who.accountId };
    const account = await manager.findOneBy(Account, { ...where, status: 'active' });
    if (!account) return null;
    return {
      accountId: account.id,
      openid: this.open(OPENID_PURPOSE, account.openidSealed),
      phone: this.open(PHONE_PURPOSE, account.phoneSealed),
      locale: account.locale,
    };
  }

  /** Numbers that people bound to their accounts, by person id; whoever bound none is left out. One statement. */
  async phones(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, string>> {
    if (personIds.length === 0) return new Map();
    const accounts = await manager.findBy(Account, {
      personId: In([...new Set(personIds)]),
      status: 'active',
    });
    return new Map(
      accounts.flatMap(({ personId, phoneSealed }) => {
        const phone = this.open(PHONE_PURPOSE, phoneSealed);
        return personId !== null && phone !== null ? [[personId, phone] as const] : [];
      }),
    );
  }

  private open(purpose: string, sealed: string | null): string | null {
    return sealed === null ? null : this.cipher.decrypt(purpose, sealed);
  }
}
