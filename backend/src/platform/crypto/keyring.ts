import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { AppConfig } from '../config/config.js';
import type { Keyring } from './field-cipher.js';

const keyText = z.base64url().transform((value) => Buffer.from(value, 'base64url'));
const fileSchema = z.object({
  current: z.number().int().positive(),
  keys: z.record(z.string().regex(/^\d+$/), keyText),
  indexKey: keyText,
});

/** Opens the key file beside the data; makes one on the very first start outside production. */
export function loadKeyring(config: Pick<AppConfig, 'dataDir' | 'APP_ENV'>): Keyring {
  const path = join(config.dataDir, 'keys.json');
  if (!existsSync(path)) {
    mkdirSync(config.dataDir, { recursive: true });
    const fresh = {
      current: 1,
      keys: { 1: randomBytes(32).toString('base64url') },
      indexKey: randomBytes(32).toString('base64url'),
    };
    writeFileSync(path, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 });
  }
  const file = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return {
    current: file.current,
    keys: new Map(Object.entries(file.keys).map(([version, key]) => [Number(version), key])),
    indexKey: file.indexKey,
  };
}
