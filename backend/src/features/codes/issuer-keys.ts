import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KID_LENGTH, type Unsigned } from '@talent-card/shared/card-code/cose';
import type { KeySet } from '@talent-card/shared/card-code/schema';
import type { EntityManager } from 'typeorm';
import { type Principal, system } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { FieldCipher } from '../../platform/crypto/field-cipher.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import type { IssuerKeyRow } from './code.entity.js';
import { CodesRepository } from './codes.repository.js';
import { newKeyPair, signEd25519 } from './ed25519.js';

export const ISSUER_KEY_PURPOSE = 'issuer-keys.private';
/** A credential lives for seven days; one more for whoever was without network. */
const VERIFIES_AFTER_ROTATION_MS = 8 * 86_400_000;

export interface IssuerSigner {
  readonly kid: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** Signs what was prepared. */
export const signWith = (signer: IssuerSigner, unsigned: Unsigned): Uint8Array =>
  unsigned.finish(signer.sign(unsigned.toBeSigned));

const kidOf = (publicKey: string): string =>
  createHash('sha256')
    .update(Buffer.from(publicKey, 'base64url'))
    .digest()
    .subarray(0, KID_LENGTH)
    .toString('base64url');

/** The keys that credentials and status lists are signed with. */
@Injectable()
export class IssuerKeys {
  constructor(
    private readonly repository: CodesRepository,
    private readonly cipher: FieldCipher,
    private readonly database: ReadDatabase,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /** The key that signs now; the first one is made when it is first needed. Not inside a unit of work. */
  async signer(): Promise<IssuerSigner> {
    const [newest] = await this.repository.issuerKeys(this.database.manager);
    if (newest) return this.signerOf(newest);
    await this.unitOfWork.run((tx) => this.add(tx, system('codes.first-key'), 1));
    const [first] = await this.repository.issuerKeys(this.database.manager);
    if (!first) throw new Error('the issuer has no key');
    return this.signerOf(first);
  }

  /** Every key that still verifies. */
  async keySet(manager: EntityManager, now: Date): Promise<KeySet> {
    const keys = await this.repository.issuerKeys(manager);
    return {
      keys: keys
        .filter(({ notAfter }) => notAfter === null || notAfter > now)
        .map(({ kid, publicKey, notAfter }) => ({
          kid,
          kty: 'OKP',
          crv: 'Ed25519',
          x: publicKey,
          notAfter: notAfter?.toISOString() ?? null,
        })),
    };
  }

  /**
   * Lets a new key sign from now on. The one before verifies for eight days more, and its secret is destroyed at once.
   * @returns the version in force
   */
  async rotate(principal: Principal): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const [newest] = await this.repository.issuerKeys(tx.manager);
      const version = (newest?.version ?? 0) + 1;
      if (!(await this.add(tx, principal, version))) throw new Error('another rotation is under way');
      const notAfter = new Date(tx.now.getTime() + VERIFIES_AFTER_ROTATION_MS);
      await this.repository.endIssuerKeys(tx, version, notAfter);
      return version;
    });
  }

  private async add(tx: Tx, principal: Principal, version: number): Promise<boolean> {
    const { seed, publicKey } = newKeyPair();
    const key: IssuerKeyRow = {
      id: newId(tx.now),
      version,
      kid: kidOf(publicKey),
      publicKey,
      privateKeySealed: this.cipher.encrypt(ISSUER_KEY_PURPOSE, seed),
      createdAt: tx.now,
      notAfter: null,
    };
    if (!(await this.repository.addIssuerKey(tx, key))) return false;
    await this.audit.record(tx, principal, {
      action: 'codes.add-issuer-key',
      objectType: 'issuer-key',
      objectId: key.id,
    });
    return true;
  }

  private signerOf({ kid, publicKey, privateKeySealed }: IssuerKeyRow): IssuerSigner {
    if (privateKeySealed === null) throw new Error('the newest issuer key cannot sign');
    const seed = this.cipher.decrypt(ISSUER_KEY_PURPOSE, privateKeySealed);
    return {
      kid: new Uint8Array(Buffer.from(kid, 'base64url')),
      sign: (message) => signEd25519(seed, publicKey, message),
    };
  }
}
