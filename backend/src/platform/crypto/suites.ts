import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto';

/**
 * How bytes are closed: `aes` is AES-256-GCM, `sm` the 国密 pair SM4-CTR with HMAC-SM3 over what was encrypted
 * (OpenSSL here has no SM4-GCM). Both take a 32-byte key and authenticate a purpose beside the bytes.
 */
export const CIPHER_SUITES = ['aes', 'sm'] as const;
export type CipherSuite = (typeof CIPHER_SUITES)[number];

interface Suite {
  /** nonce ‖ tag ‖ ciphertext */
  seal(key: Buffer, purpose: string, plain: Buffer): Buffer;
  /** @throws Error when a byte, the key or the purpose is another */
  open(key: Buffer, purpose: string, sealed: Buffer): Buffer;
}

const AES_NONCE = 12;
const AES_TAG = 16;

/** Drawn ahead and used once: a system call for each nonce costs as much as the sealing. */
const drawn = Buffer.alloc(4096 - (4096 % AES_NONCE));
let used = drawn.length;
function aesNonce(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += AES_NONCE;
  return drawn.subarray(used - AES_NONCE, used);
}

const aes: Suite = {
  seal(key, purpose, plain) {
    const nonce = aesNonce();
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: AES_TAG });
    cipher.setAAD(Buffer.from(purpose));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  },
  open(key, purpose, sealed) {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, AES_NONCE), {
      authTagLength: AES_TAG,
    });
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(sealed.subarray(AES_NONCE, AES_NONCE + AES_TAG));
    return Buffer.concat([decipher.update(sealed.subarray(AES_NONCE + AES_TAG)), decipher.final()]);
  },
};

const SM_NONCE = 16;
const SM_TAG = 32;

/** One key for SM4, another for the MAC, from the 32 bytes of the keyring. */
function smKeys(key: Buffer): { cipherKey: Buffer; macKey: Buffer } {
  const derived = Buffer.from(hkdfSync('sm3', key, Buffer.alloc(0), 'talent-card sm4-ctr hmac-sm3', 48));
  return { cipherKey: derived.subarray(0, 16), macKey: derived.subarray(16) };
}

function smTag(macKey: Buffer, purpose: string, nonce: Buffer, body: Buffer): Buffer {
  const name = Buffer.from(purpose);
  // The length keeps purpose and nonce apart: ("ab", "c") and ("a", "bc") must not give one tag.
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  return createHmac('sm3', macKey).update(length).update(name).update(nonce).update(body).digest();
}

const sm: Suite = {
  seal(key, purpose, plain) {
    const { cipherKey, macKey } = smKeys(key);
    const nonce = randomBytes(SM_NONCE);
    const cipher = createCipheriv('sm4-ctr', cipherKey, nonce);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, smTag(macKey, purpose, nonce, body), body]);
  },
  open(key, purpose, sealed) {
    if (sealed.length < SM_NONCE + SM_TAG) throw new Error('sealed value too short');
    const { cipherKey, macKey } = smKeys(key);
    const nonce = sealed.subarray(0, SM_NONCE);
    const body = sealed.subarray(SM_NONCE + SM_TAG);
    const tag = sealed.subarray(SM_NONCE, SM_NONCE + SM_TAG);
    if (!timingSafeEqual(tag, smTag(macKey, purpose, nonce, body)))
      throw new Error('sealed value was changed');
    const decipher = createDecipheriv('sm4-ctr', cipherKey, nonce);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  },
};

export const SUITES: Readonly<Record<CipherSuite, Suite>> = { aes, sm };
