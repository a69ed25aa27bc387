import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { FieldProblemCode } from '@talent-card/shared/common/error-codes';

/** The library's default algorithm is argon2id; with OWASP's 19 MiB, two passes, one lane: about 27 ms. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> =>
  hash(password.normalize('NFKC'), PARAMETERS);

/**
 * Hash of a password nobody has, made once a process: compared for user names that do not exist, so that these take
 * as long as any other.
 */
let nobodys: Promise<string> | undefined;

/** @param stored null for a user name that does not exist; takes as long and is false */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword(newOneTimePassword());
  const matches = await verify(stored ?? (await nobodys), password.normalize('NFKC'));
  return matches && stored !== null;
}

/** Twelve characters and more that head every list of leaked passwords, here and in China. */
const COMMON = new Set([
  '123456789012',
  '1234567890123',
  '0123456789ab',
  '012345678901',
  '098765432109',
  '112233445566',
  '121212121212',
  '123123123123',
  '147258369147',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  '5201314520131',
  '520131452013',
  'abc123456789',
  'abcd12345678',
  'abcdefghijkl',
  'admin1234567',
  'admin123456789',
  'administrator',
  'administrator1',
  'changeme1234',
  'iloveyou1314',
  'letmein12345',
  'p@ssw0rd1234',
  'passw0rd1234',
  'password1234',
  'password12345',
  'password123456',
  'passwordpassword',
  'q1w2e3r4t5y6',
  'qazwsxedcrfv',
  'qq1234567890',
  'qwer12345678',
  'qwerty123456',
  'qwertyuiop12',
  'qwertyuiop123',
  'weihai123456',
  'weihai2026123',
  'welcome12345',
  'woaini123456',
  'woaini1314520',
  'woaini5201314',
  'yingcaika123',
  'zxcvbnm12345',
]);

/** What is wrong with a new password, or null: at least 12 characters, not common, not the user name dressed up. */
export function passwordProblem(password: string, username: string): FieldProblemCode | null {
  const text = password.normalize('NFKC').toLowerCase();
  if ([...text].length < 12) return 'PASSWORD_TOO_SHORT';
  const trivial = new Set(text).size < 5;
  return COMMON.has(text) || trivial || text.includes(username.toLowerCase()) ? 'PASSWORD_TOO_COMMON' : null;
}

/** No 0 and O, no 1, I and L: codes are read off paper and over the telephone. */
const READABLE = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

export function readableCode(groups: number): string {
  const group = (): string => Array.from({ length: 4 }, () => READABLE[randomInt(READABLE.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** About 79 bits, `XXXX-XXXX-XXXX-XXXX`. */
export const newOneTimePassword = (): string => readableCode(4);
