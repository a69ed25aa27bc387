import { randomBytes } from './random';

const KEY_BYTES = 16;

/** A fresh key for one submission: 32 hexadecimal characters from the system's random source. */
export async function newIdempotencyKey(): Promise<string> {
  return [...(await randomBytes(KEY_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
