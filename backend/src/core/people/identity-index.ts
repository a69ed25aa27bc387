import { Injectable } from '@nestjs/common';
import type { IdentityType } from '@talent-card/shared/validators/identity-document';
import { FieldCipher } from '../../platform/crypto/field-cipher.js';

/** Finds an identity document without opening any: persons, roster and tries share one blind index for each type. */
@Injectable()
export class IdentityIndex {
  constructor(private readonly cipher: FieldCipher) {}

  /** @param number as `checkIdentityNumber` cleaned it */
  of(type: IdentityType, number: string): string {
    return this.cipher.blindIndex(`identity:${type}`, number);
  }
}
