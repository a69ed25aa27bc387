import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AppConfig } from '../config/config.js';

/** The key file cannot be used; one line for the operator. */
export class AuditKeyError extends Error {}

const PEM_BLOCK = /-----BEGIN (PRIVATE|PUBLIC) KEY-----[\s\S]+?-----END \1 KEY-----/g;

const keyIdOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');

/**
 * Ed25519 keys of the seals. The file holds PEM blocks: the first, a private key, signs; all of them verify. To change
 * the key, put the new one in front and keep the old ones (their public keys suffice) below.
 */
export class AuditKeys {
  private readonly publicKeys: ReadonlyMap<string, KeyObject>;
  /** SHA-256 of the signing key's public DER, hex; stored with each seal. */
  readonly keyId: string;

  constructor(
    private readonly signingKey: KeyObject,
    others: KeyObject[] = [],
  ) {
    const own = createPublicKey(signingKey);
    this.keyId = keyIdOf(own);
    this.publicKeys = new Map([own, ...others].map((key) => [keyIdOf(key), key]));
  }

  /** Signature over the root's text, base64url. */
  sign(root: string): string {
    return sign(null, Buffer.from(root), this.signingKey).toString('base64url');
  }

  /** False also for a key that is not in the file. */
  verifies(root: string, keyId: string, signature: string): boolean {
    const key = this.publicKeys.get(keyId);
    return key !== undefined && verify(null, Buffer.from(root), key, Buffer.from(signature, 'base64url'));
  }

  /** Opens the key file; outside production one is made at the first start. @throws AuditKeyError */
  static load(config: Pick<AppConfig, 'auditSigningKeyFile' | 'APP_ENV'>): AuditKeys {
    const path = config.auditSigningKeyFile;
    if (!existsSync(path)) {
      if (config.APP_ENV === 'production')
        throw new AuditKeyError(`AUDIT_SIGNING_KEY_FILE ${path} does not exist`);
      mkdirSync(dirname(path), { recursive: true });
      const { privateKey } = generateKeyPairSync('ed25519');
      // Two processes may start together: the second one takes what the first has written.
      try {
        writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    return AuditKeys.parse(readFileSync(path, 'utf8'), path);
  }

  private static parse(text: string, path: string): AuditKeys {
    const blocks = text.match(PEM_BLOCK) ?? [];
    const [first, ...others] = blocks;
    if (!first?.startsWith('-----BEGIN PRIVATE KEY'))
      throw new AuditKeyError(`AUDIT_SIGNING_KEY_FILE ${path} does not start with a private key in PEM`);
    const signingKey = createPrivateKey(first);
    const publicKeys = others.map((block) => createPublicKey(block));
    if ([signingKey, ...publicKeys].some((key) => key.asymmetricKeyType !== 'ed25519'))
      throw new AuditKeyError(`AUDIT_SIGNING_KEY_FILE ${path} holds a key that is not Ed25519`);
    return new AuditKeys(signingKey, publicKeys);
  }
}
