import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { FieldCipher } from '../../crypto/field-cipher.js';
import type { Tx } from '../../database/tx.js';
import { newId } from '../../ids.js';
import { readableCode } from './passwords.js';
import { RecoveryCode } from './staff-access.entities.js';

const COUNT = 10;
const compact = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Ten codes `XXXX-XXXX`, each good once, in place of the authenticator. */
@Injectable()
export class RecoveryCodes {
  constructor(private readonly cipher: FieldCipher) {}

  /** Voids the old ones; the new ones are told this once. */
  async renew(tx: Tx, staffId: string): Promise<string[]> {
    await this.removeAll(tx, staffId);
    const codes = new Set<string>();
    while (codes.size < COUNT) codes.add(readableCode(2));
    const rows = [...codes].map((code) => ({
      id: newId(tx.now),
      staffId,
      codeHash: this.digest(staffId, code),
      usedAt: null,
    }));
    await tx.manager.insert(RecoveryCode, rows);
    return [...codes];
  }

  /** Takes the code; false when it is none of theirs or was used. */
  async use(tx: Tx, staffId: string, code: string): Promise<boolean> {
    const { affected } = await tx.manager.update(
      RecoveryCode,
      { staffId, codeHash: this.digest(staffId, code), usedAt: IsNull() },
      { usedAt: tx.now },
    );
    return affected === 1;
  }

  left(manager: EntityManager, staffId: string): Promise<number> {
    return manager.countBy(RecoveryCode, { staffId, usedAt: IsNull() });
  }

  async removeAll(tx: Tx, staffId: string): Promise<void> {
    await tx.manager.delete(RecoveryCode, { staffId });
  }

  private digest(staffId: string, code: string): string {
    return this.cipher.blindIndex('staff.recovery-code', `${staffId}\0${compact(code)}`);
  }
}
