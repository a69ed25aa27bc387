import { base45Decode, base45Encode } from './base45.js';
import { base64urlEncode } from './bytes.js';
import { CborMap, cborDecode, cborEncode, isBytes, isUint } from './cbor.js';
import { prepareSign1, readSign1, type Sign1 } from './cose.js';
import {
  type OnlineCredential,
  prepareCredential,
  type ReadCredential,
  readCredential,
} from './credential.js';

/** Every code of this version begins so; all its characters are of the alphanumeric mode of QR codes. */
export const CODE_PREFIX = 'WH1:';
export const MAX_CODE_BYTES = 300;
const IAT = 6;
const CREDENTIAL = -65538;

/** What the phone signs, and the text of the QR code that the signature makes of it. */
export interface UnsignedCode {
  toBeSigned: Uint8Array;
  finish(signature: Uint8Array): string;
}

export function codeText(bytes: Uint8Array): string {
  return CODE_PREFIX + base45Encode(bytes);
}

/** The code of a phone: its time (seconds since 1970, corrected by its offset) and its credential. */
export function prepareCode(credential: Uint8Array, atSeconds: number): UnsignedCode {
  const unsigned = prepareSign1(
    {},
    cborEncode(
      new CborMap([
        [IAT, atSeconds],
        [CREDENTIAL, credential],
      ]),
    ),
  );
  return {
    toBeSigned: unsigned.toBeSigned,
    finish: (signature) => codeText(unsigned.finish(signature)),
  };
}

/** The code of a browser that keeps no key: a credential of one minute by itself. */
export function prepareOnlineCode(claims: OnlineCredential, kid: Uint8Array): UnsignedCode {
  const unsigned = prepareCredential(claims, kid);
  return { toBeSigned: unsigned.toBeSigned, finish: (signature) => codeText(unsigned.finish(signature)) };
}

export interface ReadCode {
  credential: ReadCredential;
  /** The device's signature; null for an online code. */
  outer: Sign1 | null;
  /** Seconds since 1970 at which the code was made. */
  at: number;
  /**
   * One code, whatever its signatures look like: some verifiers take a second spelling of an Ed25519 signature, and
   * two spellings must not be two uses.
   */
  codeId: string;
}

function readOnline(credential: ReadCredential): ReadCode | undefined {
  const { claims } = credential;
  if (claims.kind !== 'online') return undefined;
  const codeId = `${base64urlEncode(claims.cardRef)}.${base64urlEncode(claims.nonce)}`;
  return { credential, outer: null, at: claims.issuedAt, codeId };
}

function readOuter(bytes: Uint8Array): ReadCode | undefined {
  const outer = readSign1(bytes);
  if (!outer || outer.kid || outer.typ !== undefined) return undefined;
  const payload = cborDecode(outer.payload);
  if (!(payload instanceof CborMap) || !payload.hasExactly(IAT, CREDENTIAL)) return undefined;
  const at = payload.get(IAT);
  const inner = payload.get(CREDENTIAL);
  const credential = isBytes(inner) ? readCredential(inner) : undefined;
  if (!isUint(at) || credential?.claims.kind !== 'device') return undefined;
  return { credential, outer, at, codeId: `${base64urlEncode(credential.claims.cardRef)}.${at}` };
}

/** Reads without verifying: `undefined` for anything that is not a code of this version. Never throws. */
export function readCode(text: string): ReadCode | undefined {
  if (!text.startsWith(CODE_PREFIX) || text.length > CODE_PREFIX.length + MAX_CODE_BYTES * 1.5)
    return undefined;
  const bytes = base45Decode(text.slice(CODE_PREFIX.length));
  if (!bytes) return undefined;
  const credential = readCredential(bytes);
  return credential ? readOnline(credential) : readOuter(bytes);
}
