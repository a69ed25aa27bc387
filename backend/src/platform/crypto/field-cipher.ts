import { createHmac } from 'node:crypto';
import { type CipherSuite, SUITES } from './suites.js';

/** Versioned keys, 32 bytes each. New values use `current`; older versions still open what they closed. */
export interface Keyring {
  readonly current: number;
  readonly keys: ReadonlyMap<number, Buffer>;
  /** Key of the blind indexes. It has no version: changing it means computing every index anew. */
  readonly indexKey: Buffer;
  /** Digest of the blind indexes, fixed when the key file is made. */
  readonly indexDigest: 'sha256' | 'sm3';
}

/** Where the keyring comes from; asked on every use, so that a rotation reaches a running process. */
export interface KeyringSource {
  readonly keyring: Keyring;
  /** Looks at the key file again, now. */
  reload(): Keyring;
}

const MARK: Readonly<Record<CipherSuite, string>> = { aes: 'v', sm: 's' };
const STORED = /^([vs])(\d+)\.([\w-]+)$/;

/**
 * Encrypts single fields, stored as `<mark><key version>.<base64url(nonce ‖ tag ‖ ciphertext)>`; the mark is `v` for
 * AES-256-GCM and `s` for SM4-CTR with HMAC-SM3. The purpose (`persons.identity-number`, …) is authenticated, so that
 * a value copied into another column does not open. Which suite new values get is config; both always open.
 */
export class FieldCipher {
  constructor(
    private readonly source: KeyringSource,
    private readonly suite: CipherSuite = 'aes',
  ) {}

  encrypt(purpose: string, plain: string): string {
    const { current } = this.source.keyring;
    const sealed = SUITES[this.suite].seal(this.key(current), purpose, Buffer.from(plain, 'utf8'));
    return `${MARK[this.suite]}${current}.${sealed.toString('base64url')}`;
  }

  /** @throws Error when the value was changed, belongs to another purpose, or its key version is gone */
  decrypt(purpose: string, stored: string): string {
    const match = STORED.exec(stored);
    if (!match) throw new Error('not an encrypted value');
    const [, mark, version, encoded] = match as unknown as [string, string, string, string];
    const suite = mark === MARK.sm ? SUITES.sm : SUITES.aes;
    return suite.open(this.key(Number(version)), purpose, Buffer.from(encoded, 'base64url')).toString('utf8');
  }

  /**
   * The text behind a value that may not have been closed yet.
   * @throws Error as `decrypt`, for what has the form of a closed value
   */
  open(purpose: string, stored: string): string {
    return STORED.test(stored) ? this.decrypt(purpose, stored) : stored;
  }

  /** Whether it was closed for the purpose, which only an attempt shows: a text may happen to have the form. */
  isClosed(purpose: string, stored: string): boolean {
    const version = FieldCipher.versionOf(stored);
    if (Number.isNaN(version)) return false;
    // A key that is away says nothing about the value.
    this.key(version);
    try {
      this.decrypt(purpose, stored);
      return true;
    } catch {
      return false;
    }
  }

  /** Keyed digest for looking a value up without opening any: HMAC over purpose and value, base64url, 43 characters. */
  blindIndex(purpose: string, plain: string): string {
    const { indexDigest, indexKey } = this.source.keyring;
    return createHmac(indexDigest, indexKey).update(`${purpose}\0${plain}`).digest('base64url');
  }

  static versionOf(stored: string): number {
    return Number(STORED.exec(stored)?.[2]);
  }

  get currentVersion(): number {
    return this.source.keyring.current;
  }

  /** How a value closed today begins: `v2.`; anything else is due for rotation. */
  get currentPrefix(): string {
    return `${MARK[this.suite]}${this.currentVersion}.`;
  }

  get currentSuite(): CipherSuite {
    return this.suite;
  }

  private key(version: number): Buffer {
    const key = this.source.keyring.keys.get(version) ?? this.source.reload().keys.get(version);
    if (!key) throw new Error(`field key version ${version} is not in the key file`);
    return key;
  }
}
