import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { AppConfig } from '../config/config.js';
import type { Keyring, KeyringSource } from './field-cipher.js';

const KEY_BYTES = 32;
const keyText = z
  .base64url()
  .transform((value) => Buffer.from(value, 'base64url'))
  .refine((key) => key.length === KEY_BYTES, `must be ${KEY_BYTES} bytes, base64url`);
const fileSchema = z
  .object({
    current: z.number().int().positive(),
    keys: z.record(z.string().regex(/^\d+$/), keyText),
    indexKey: keyText,
    indexDigest: z.enum(['sha256', 'sm3']).default('sha256'),
  })
  .refine((file) => String(file.current) in file.keys, { message: 'has no key for its current version' });

/** The key file is missing, unreadable, open to others, or not a key file; one line for the operator. */
export class KeyFileError extends Error {}

const freshKey = (): string => randomBytes(KEY_BYTES).toString('base64url');

/** Why a file cannot be used, in the words of the operating system. */
const reason = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

/** Looked at no more often than this; a rotation waits longer before it re-encrypts. */
export const KEY_FILE_CHECK_MS = 2_000;

/** The key file: one JSON object, readable by the service's user alone, shared by all nodes. */
export class KeyFile implements KeyringSource {
  private loaded: Keyring;
  private changedAt: number;
  private checkedAt = performance.now();

  constructor(readonly path: string) {
    this.changedAt = this.modified();
    this.loaded = this.read();
  }

  get keyring(): Keyring {
    if (performance.now() - this.checkedAt > KEY_FILE_CHECK_MS) {
      this.checkedAt = performance.now();
      this.followChange();
    }
    return this.loaded;
  }

  /** A file that is away or broken for a moment must not stop a service that has its keys in memory. */
  private followChange(): void {
    try {
      if (this.modified() !== this.changedAt) this.reload();
    } catch (error) {
      if (!(error instanceof KeyFileError)) throw error;
    }
  }

  reload(): Keyring {
    const changedAt = this.modified();
    this.loaded = this.read();
    this.changedAt = changedAt;
    return this.loaded;
  }

  /** Writes a further key version and makes it the current one. The file is replaced whole, never half written. */
  addVersion(): number {
    const file = JSON.parse(readFileSync(this.path, 'utf8')) as {
      current: number;
      keys: Record<string, string>;
    };
    const version = Math.max(...Object.keys(file.keys).map(Number)) + 1;
    const next = { ...file, current: version, keys: { ...file.keys, [version]: freshKey() } };
    const draft = `${this.path}.new`;
    writeFileSync(draft, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, this.path);
    this.reload();
    return version;
  }

  private modified(): number {
    try {
      return statSync(this.path).mtimeMs;
    } catch (error) {
      throw new KeyFileError(`key file ${this.path} cannot be read (${reason(error)})`);
    }
  }

  private read(): Keyring {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      throw new KeyFileError(`key file ${this.path} cannot be read (${reason(error)})`);
    }
    let content: unknown;
    try {
      content = JSON.parse(text);
    } catch {
      throw new KeyFileError(`key file ${this.path} is not JSON`);
    }
    const parsed = fileSchema.safeParse(content);
    if (!parsed.success) {
      const where = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`.trim());
      throw new KeyFileError(`key file ${this.path}: ${where.join(', ')}`);
    }
    const { current, keys, indexKey, indexDigest } = parsed.data;
    return {
      current,
      keys: new Map(Object.entries(keys).map(([version, key]) => [Number(version), key])),
      indexKey,
      indexDigest,
    };
  }
}

/** A new key file; the digest of the blind indexes is decided here, once and for all. @throws when it exists */
export function createKeyFile(path: string, suite: AppConfig['CIPHER_SUITE']): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = {
    current: 1,
    keys: { 1: freshKey() },
    indexKey: freshKey(),
    indexDigest: suite === 'sm' ? 'sm3' : 'sha256',
  };
  // 'wx': two processes that start together on an empty folder must not each keep a key of their own.
  writeFileSync(path, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
}

/**
 * Opens the key file; makes one on the very first start outside production. Production demands a file that was put
 * there on purpose and that nobody else can read: a key made in passing would be lost with the container.
 */
export function openKeyFile(config: Pick<AppConfig, 'fieldKeysFile' | 'APP_ENV' | 'CIPHER_SUITE'>): KeyFile {
  const path = config.fieldKeysFile;
  if (config.APP_ENV === 'production') {
    if (existsSync(path) && (statSync(path).mode & 0o077) !== 0) {
      throw new KeyFileError(`key file ${path} can be read by others: chmod 600 it`);
    }
  } else if (!existsSync(path)) {
    try {
      createKeyFile(path, config.CIPHER_SUITE);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new KeyFileError(`key file ${path} cannot be written (${reason(error)})`);
      }
    }
  }
  return new KeyFile(path);
}
