import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppConfig } from './config.js';

/**
 * Secrets of the access tokens: the first signs, all verify, so that one can be changed while people are signed in.
 * Outside production one is made on the first start and kept beside the data.
 */
export function tokenSecrets(config: AppConfig): readonly [string, ...string[]] {
  const [first, ...others] = config.TOKEN_SECRETS ?? [];
  if (first !== undefined) return [first, ...others];
  const path = join(config.dataDir, 'token-secret');
  mkdirSync(config.dataDir, { recursive: true });
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return [readFileSync(path, 'utf8').trim()];
}
