import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { VerifySignature } from '@talent-card/shared/card-code/cose';

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Ed25519 (RFC 8032) by the platform, on raw keys of 32 bytes. */
export const verifyEd25519: VerifySignature = (message, signature, publicKey) =>
  verify(
    null,
    message,
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: base64url(publicKey) }, format: 'jwk' }),
    signature,
  );

/** @param publicKey base64url @param signature base64url */
export function signedBy(publicKey: string, message: Uint8Array, signature: string): boolean {
  return verifyEd25519(message, Buffer.from(signature, 'base64url'), Buffer.from(publicKey, 'base64url'));
}

/** @param seed base64url, with `publicKey` of the same pair */
export function signEd25519(seed: string, publicKey: string, message: Uint8Array): Uint8Array {
  const key = { kty: 'OKP', crv: 'Ed25519', d: seed, x: publicKey };
  return new Uint8Array(sign(null, message, createPrivateKey({ key, format: 'jwk' })));
}

/** A new key pair, both parts base64url. */
export function newKeyPair(): { seed: string; publicKey: string } {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { seed: d, publicKey: x };
}
