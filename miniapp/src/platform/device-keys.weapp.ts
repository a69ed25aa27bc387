import { base64urlDecode, base64urlEncode } from '@talent-card/shared/card-code/bytes';
import Taro from '@tarojs/taro';
import type { DeviceKey, DeviceKeys } from './device-key';
import { pairFrom, SEED_BYTES, sign } from './ed25519';
import { randomBytes } from './random';

/**
 * WeChat encrypts the storage with a key of the phone. On a rooted phone it can be read out all the same, which is
 * why credentials live for a week only. Taro's types do not know `encrypt`.
 */
const ENCRYPTED = { encrypt: true };

function keyOf(seed: Uint8Array): DeviceKey {
  const { publicKey, secretKey } = pairFrom(seed);
  return {
    publicKey: base64urlEncode(publicKey),
    sign: async (message) => sign(secretKey, message),
  };
}

export const deviceKeys: DeviceKeys = {
  async open(name) {
    let kept: unknown;
    try {
      kept = (await Taro.getStorage({ key: name, ...ENCRYPTED })).data;
    } catch {
      // WeChat rejects where nothing lies under the name, and where it cannot decrypt what does.
      return null;
    }
    const seed = typeof kept === 'string' ? base64urlDecode(kept) : undefined;
    return seed?.length === SEED_BYTES ? keyOf(seed) : null;
  },

  async make(name) {
    const seed = await randomBytes(SEED_BYTES);
    await Taro.setStorage({ key: name, data: base64urlEncode(seed), ...ENCRYPTED });
    return keyOf(seed);
  },

  async drop(name) {
    Taro.removeStorageSync(name);
  },
};
