import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Versioned keys, 32 bytes each. New values use `current`; older versions still open what they closed. */
export interface Keyring {
  readonly current: number;
  readonly keys: ReadonlyMap<number, Buffer>;
  /** Key of the blind indexes. It has no version: changing it means computing every index anew. */
  readonly indexKey: Buffer;
}

/**
 * Encrypts single fields: AES-256-GCM, stored as `v<key version>.<base64url(nonce ‖ tag ‖ ciphertext)>`. The purpose
 * (`persons.identity-number`, …) is authenticated, so that a value copied into another column does not open.
 */
export class FieldCipher {
  constructor(private readonly keyring: Keyring) {}

  encrypt(purpose: string, plain: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key(this.keyring.current), nonce);
    cipher.setAAD(Buffer.from(purpose));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return `v${this.keyring.current}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** @throws Error when the value was changed, belongs to another purpose, or its key version is gone */
  decrypt(purpose: string, stored: string): string {
    const [version, encoded] = stored.split('.') as [string, string];
    const raw = Buffer.from(encoded, 'base64url');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.key(FieldCipher.versionOf(version)),
      raw.subarray(0, 12),
    );
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(raw.subarray(12, 28));
    return decipher.update(raw.subarray(28), undefined, 'utf8') + decipher.final('utf8');
  }

  /** Keyed digest for looking a value up without opening any: HMAC-SHA-256 over purpose and value, base64url. */
  blindIndex(purpose: string, plain: string): string {
    return createHmac('sha256', this.keyring.indexKey).update(`${purpose}\0${plain}`).digest('base64url');
  }

  static versionOf(stored: string): number {
    return Number(/^v(\d+)/.exec(stored)?.[1]);
  }

  get currentVersion(): number {
    return this.keyring.current;
  }

  private key(version: number): Buffer {
    const key = this.keyring.keys.get(version);
    if (!key) throw new Error(`field key version ${version} is not in the keyring`);
    return key;
  }
}
