import { ZONE_CODES, type ZoneCode } from '../accounts/districts.js';
import { CARD_KINDS, type CardKind } from '../cards/categories.js';
import { utf8Encode } from './bytes.js';
import { CborMap, type CborValue, cborDecode, cborEncode, isArray, isBytes, isUint } from './cbor.js';
import { prepareSign1, readSign1, type Sign1, type Unsigned } from './cose.js';

/** CWT claims (RFC 8392, `cnf` of RFC 8747) and one of our own, see docs/card-code.md. */
const SUB = 2;
const EXP = 4;
const IAT = 6;
const CTI = 7;
const CNF = 8;
const HOLDER = -65537;

export const CARD_REF_LENGTH = 12;
export const NONCE_LENGTH = 8;
const MASKED_NAME_BYTES = 16;
const CARD_CLASS_BYTES = 10;

/** What a window may see without network: no full name, no card number, no identity number. */
export interface CodeHolder {
  cardKind: CardKind;
  cardClass: string | null;
  /** `林**` */
  maskedName: string;
  zoneCode: ZoneCode;
}

interface CommonClaims extends CodeHolder {
  /** Stands for the card at windows; 12 random bytes that say nothing by themselves. */
  cardRef: Uint8Array;
  /** Seconds since 1970, as `expiresAt`. */
  issuedAt: number;
  expiresAt: number;
}
/** Kept by a phone for a week: whoever signs with the device key shows this card. */
export interface DeviceCredential extends CommonClaims {
  kind: 'device';
  /** Ed25519 public key of the phone. */
  deviceKey: Uint8Array;
  /** Place in the status list. */
  statusIndex: number;
}
/** A code by itself, made by the service for a browser without a key, good for a minute. */
export interface OnlineCredential extends CommonClaims {
  kind: 'online';
  nonce: Uint8Array;
}
export type CredentialClaims = DeviceCredential | OnlineCredential;

function holderClaim(claims: CredentialClaims): CborValue {
  return [
    CARD_KINDS.indexOf(claims.cardKind),
    claims.cardClass,
    claims.maskedName,
    claims.zoneCode,
    claims.kind === 'device' ? claims.statusIndex : null,
  ];
}

/** `{1: {1: OKP, -1: Ed25519, -2: x}}` */
function confirmation(deviceKey: Uint8Array): CborMap {
  return new CborMap([
    [
      1,
      new CborMap([
        [1, 1],
        [-1, 6],
        [-2, deviceKey],
      ]),
    ],
  ]);
}

/** Prepares a credential for the issuer's signature. Names and classes too long for the code throw a RangeError. */
export function prepareCredential(claims: CredentialClaims, kid: Uint8Array): Unsigned {
  if (utf8Encode(claims.maskedName).length > MASKED_NAME_BYTES)
    throw new RangeError('a masked name has at most 16 bytes');
  if (claims.cardClass !== null && utf8Encode(claims.cardClass).length > CARD_CLASS_BYTES)
    throw new RangeError('a card class has at most 10 bytes');
  return prepareSign1(
    { kid },
    cborEncode(
      new CborMap([
        [SUB, claims.cardRef],
        [EXP, claims.expiresAt],
        [IAT, claims.issuedAt],
        claims.kind === 'device' ? [CNF, confirmation(claims.deviceKey)] : [CTI, claims.nonce],
        [HOLDER, holderClaim(claims)],
      ]),
    ),
  );
}

function readConfirmation(value: CborValue | undefined): Uint8Array | undefined {
  if (!(value instanceof CborMap) || !value.hasExactly(1)) return undefined;
  const key = value.get(1);
  if (!(key instanceof CborMap) || !key.hasExactly(1, -1, -2)) return undefined;
  const x = key.get(-2);
  return key.get(1) === 1 && key.get(-1) === 6 && isBytes(x, 32) ? x : undefined;
}

function readHolder(value: CborValue | undefined): (CodeHolder & { statusIndex: number | null }) | undefined {
  if (!isArray(value) || value.length !== 5) return undefined;
  const [kind, cardClass = null, maskedName, zone, statusIndex = null] = value;
  const cardKind = isUint(kind) ? CARD_KINDS[kind] : undefined;
  const zoneCode = ZONE_CODES.find((code) => code === zone);
  if (!cardKind || !zoneCode || typeof maskedName !== 'string') return undefined;
  if (cardClass !== null && typeof cardClass !== 'string') return undefined;
  if (statusIndex !== null && !isUint(statusIndex)) return undefined;
  return { cardKind, cardClass, maskedName, zoneCode, statusIndex };
}

function readClaims(payload: Uint8Array): CredentialClaims | undefined {
  const claims = cborDecode(payload);
  if (!(claims instanceof CborMap) || claims.entries.length !== 5) return undefined;
  const holder = readHolder(claims.get(HOLDER));
  const cardRef = claims.get(SUB);
  const expiresAt = claims.get(EXP);
  const issuedAt = claims.get(IAT);
  if (!holder || !isBytes(cardRef, CARD_REF_LENGTH) || !isUint(expiresAt) || !isUint(issuedAt))
    return undefined;
  const { statusIndex, ...seen } = holder;
  const common = { ...seen, cardRef, issuedAt, expiresAt };
  const deviceKey = readConfirmation(claims.get(CNF));
  if (deviceKey)
    return statusIndex === null ? undefined : { ...common, kind: 'device', deviceKey, statusIndex };
  const nonce = claims.get(CTI);
  if (!isBytes(nonce, NONCE_LENGTH) || statusIndex !== null) return undefined;
  return { ...common, kind: 'online', nonce };
}

export interface ReadCredential {
  sign1: Sign1;
  kid: Uint8Array;
  claims: CredentialClaims;
}

/** Reads without verifying: `undefined` for anything that is not a credential. */
export function readCredential(bytes: Uint8Array): ReadCredential | undefined {
  const sign1 = readSign1(bytes);
  if (!sign1?.kid || sign1.typ !== undefined) return undefined;
  const claims = readClaims(sign1.payload);
  return claims && { sign1, kid: sign1.kid, claims };
}
