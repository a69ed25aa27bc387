import {
  generateKeyPairFromSeed,
  PUBLIC_KEY_LENGTH,
  SEED_LENGTH,
  SIGNATURE_LENGTH,
  sign,
  verify,
} from '@stablelib/ed25519';
import type { VerifySignature } from '@talent-card/shared/card-code/cose';

/** Ed25519 in plain numbers: WeChat has neither WebCrypto nor BigInt. A pair always comes from a seed of WeChat's. */
export const SEED_BYTES = SEED_LENGTH;

/** Half of the work of a signature lies in the pair: make it once and sign often. */
export { generateKeyPairFromSeed as pairFrom, sign };

/** A signature or key of a wrong length is no signature, not a fault. */
export const verifySignature: VerifySignature = (message, signature, publicKey) =>
  signature.length === SIGNATURE_LENGTH &&
  publicKey.length === PUBLIC_KEY_LENGTH &&
  verify(publicKey, message, signature);
