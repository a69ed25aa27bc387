import Taro from '@tarojs/taro';

/** Bytes from the system's random source: the browser's, or WeChat's. */
export async function randomBytes(length: number): Promise<Uint8Array> {
  if (process.env.TARO_ENV === 'h5') return crypto.getRandomValues(new Uint8Array(length));
  const answer = await Taro.getRandomValues({ length });
  return new Uint8Array(answer.randomValues);
}
