import { base64urlDecode, base64urlEncode } from './bytes.js';
import type { VerifySignature } from './cose.js';
import type { KeySet } from './schema.js';

/** Which issuer is believed, and how signatures are checked on this machine. */
export interface IssuerTrust {
  keys: KeySet['keys'];
  verify: VerifySignature;
}

/** The public key of `kid`, unless it is unknown or (with a time in seconds) past its end. */
export function issuerKey(
  keys: KeySet['keys'],
  kid: Uint8Array,
  nowSeconds: number | null,
): Uint8Array | undefined {
  const name = base64urlEncode(kid);
  const key = keys.find((candidate) => candidate.kid === name);
  if (!key) return undefined;
  if (nowSeconds !== null && key.notAfter !== null && Date.parse(key.notAfter) / 1000 < nowSeconds)
    return undefined;
  return base64urlDecode(key.x);
}
