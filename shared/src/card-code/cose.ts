import { CborMap, CborTag, type CborValue, cborDecode, cborEncode, isArray, isBytes } from './cbor.js';

/** Verifies an Ed25519 signature (RFC 8032). Injected, for each machine has another one at hand. */
export type VerifySignature = (message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean;

/** COSE header labels (RFC 9052 §3.1; 16 is `typ` of RFC 9596) and the only algorithm used here. */
const ALG = 1;
const KID = 4;
const TYP = 16;
const EDDSA = -8;
const SIGN1_TAG = 18;
export const SIGNATURE_LENGTH = 64;
export const KID_LENGTH = 8;

export interface Sign1Header {
  /** Absent where the payload itself names the key. */
  kid?: Uint8Array;
  typ?: string;
}

/** A COSE_Sign1 (RFC 9052 §4.2) that has been read, not yet verified. */
export interface Sign1 extends Sign1Header {
  payload: Uint8Array;
  signature: Uint8Array;
  /** The Sig_structure of §4.4: what the signature is over. */
  signed: Uint8Array;
}

/** What has to be signed, and how the signature becomes a message: signing may be asynchronous and elsewhere. */
export interface Unsigned {
  toBeSigned: Uint8Array;
  finish(signature: Uint8Array): Uint8Array;
}

function protectedHeader(header: Sign1Header): Uint8Array {
  const entries: [number, CborValue][] = [[ALG, EDDSA]];
  if (header.kid) entries.push([KID, header.kid]);
  if (header.typ !== undefined) entries.push([TYP, header.typ]);
  return cborEncode(new CborMap(entries));
}

function sigStructure(header: Uint8Array, payload: Uint8Array): Uint8Array {
  return cborEncode(['Signature1', header, new Uint8Array(0), payload]);
}

export function prepareSign1(header: Sign1Header, payload: Uint8Array): Unsigned {
  const protectedBytes = protectedHeader(header);
  return {
    toBeSigned: sigStructure(protectedBytes, payload),
    finish: (signature) =>
      cborEncode(new CborTag(SIGN1_TAG, [protectedBytes, new CborMap([]), payload, signature])),
  };
}

function readHeader(bytes: Uint8Array): Sign1Header | undefined {
  const map = cborDecode(bytes);
  if (!(map instanceof CborMap) || map.get(ALG) !== EDDSA) return undefined;
  const kid = map.get(KID);
  const typ = map.get(TYP);
  const known = 1 + (kid === undefined ? 0 : 1) + (typ === undefined ? 0 : 1);
  if (map.entries.length !== known) return undefined;
  if (kid !== undefined && !isBytes(kid, KID_LENGTH)) return undefined;
  if (typ !== undefined && typeof typ !== 'string') return undefined;
  return { ...(kid && { kid }), ...(typ !== undefined && { typ }) };
}

/** Reads a tagged COSE_Sign1 with EdDSA, nothing in the unprotected header and the payload inside; else `undefined`. */
export function readSign1(bytes: Uint8Array): Sign1 | undefined {
  const tagged = cborDecode(bytes);
  if (!(tagged instanceof CborTag) || tagged.tag !== SIGN1_TAG || !isArray(tagged.value)) return undefined;
  const [protectedBytes, unprotected, payload, signature] = tagged.value;
  if (tagged.value.length !== 4 || !isBytes(protectedBytes) || !isBytes(payload)) return undefined;
  if (!(unprotected instanceof CborMap) || unprotected.entries.length > 0) return undefined;
  if (!isBytes(signature, SIGNATURE_LENGTH)) return undefined;
  const header = readHeader(protectedBytes);
  return header && { ...header, payload, signature, signed: sigStructure(protectedBytes, payload) };
}
