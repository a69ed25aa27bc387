import { clock } from './clock';
import { randomBytes } from './random';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARACTERS = 10;
const RANDOM_CHARACTERS = 16;

/** A ULID as the service makes them: ten characters of time, sixteen of chance. */
export async function newId(): Promise<string> {
  let time = clock.now().getTime();
  let head = '';
  for (let i = 0; i < TIME_CHARACTERS; i += 1) {
    head = ALPHABET.charAt(time % 32) + head;
    time = Math.floor(time / 32);
  }
  const bytes = await randomBytes(RANDOM_CHARACTERS);
  return head + [...bytes].map((byte) => ALPHABET.charAt(byte % 32)).join('');
}
