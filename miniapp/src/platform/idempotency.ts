import Taro from '@tarojs/taro';

const KEY_BYTES = 16;

/** A fresh key for one submission: 32 hexadecimal characters from the system's random source. */
export async function newIdempotencyKey(): Promise<string> {
  return [...(await randomBytes(KEY_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function randomBytes(length: number): Promise<Uint8Array> {
  if (process.env.TARO_ENV === 'h5') return crypto.getRandomValues(new Uint8Array(length));
  const answer = await Taro.getRandomValues({ length });
  return new Uint8Array(answer.randomValues);
}
