import type { CardState } from '../cards/card-state.js';
import { base64urlDecode } from './bytes.js';
import { CborMap, type CborValue, cborDecode, cborEncode, isBytes, isUint } from './cbor.js';
import { prepareSign1, readSign1, type Unsigned } from './cose.js';
import { inflate } from './inflate.js';
import { type IssuerTrust, issuerKey } from './issuer-keys.js';

/**
 * The status list: a Token Status List in CWT form (IETF draft-ietf-oauth-status-list) with four bits an entry and
 * a version of our own that never goes back.
 */
export const STATUS_LIST_TYPE = 'application/statuslist+cwt';
export const STATUS_BITS = 4;
export const STATUS_LIST_URI = 'urn:weihai:talent-card:status-list:1';
/** Fetched again so often, where there is network. */
export const STATUS_LIST_TTL_SECONDS = 3600;
const MAX_LIST_BYTES = 1 << 20;
const SUB = 2;
const IAT = 6;
const STATUS_LIST = 65533;
const TTL = 65534;
const VERSION = -65539;

/** 0, 1 and 2 as the draft names them, 3 and 11 to 15 are left to applications. */
export const CREDENTIAL_STATUSES = {
  valid: 0,
  'device-revoked': 1,
  'card-suspended': 2,
  'card-lost': 3,
  'card-revoked': 11,
  'card-expired': 12,
} as const;
export type CredentialStatus = keyof typeof CREDENTIAL_STATUSES;

/** What a card's state says of every credential over it. */
export const STATUS_OF_CARD: Record<CardState, CredentialStatus> = {
  active: 'valid',
  suspended: 'card-suspended',
  lost: 'card-lost',
  revoked: 'card-revoked',
  expired: 'card-expired',
};

/**
 * Two entries a byte, the lower index in the lower bits; padded with `valid` to whole blocks of 1,024.
 * @param count how many places were given out: every one of them must lie within the list, also while it is valid
 * @param statuses of the places that are not valid, all below `count`
 */
export function packStatuses(
  count: number,
  statuses: Iterable<readonly [index: number, status: CredentialStatus]>,
): Uint8Array {
  const bytes = new Uint8Array(Math.max(1, Math.ceil(count / 1024)) * 512);
  for (const [index, status] of statuses) {
    const at = index >> 1;
    const shift = (index & 1) * 4;
    bytes[at] = ((bytes[at] ?? 0) & (0xf0 >> shift)) | (CREDENTIAL_STATUSES[status] << shift);
  }
  return bytes;
}

/** `deflated`: the packed statuses as a zlib stream. */
export function prepareStatusList(
  list: { version: number; issuedAt: number; deflated: Uint8Array },
  kid: Uint8Array,
): Unsigned {
  const entries: [number, CborValue][] = [
    [SUB, STATUS_LIST_URI],
    [IAT, list.issuedAt],
    [TTL, STATUS_LIST_TTL_SECONDS],
    [
      STATUS_LIST,
      new CborMap([
        ['bits', STATUS_BITS],
        ['lst', list.deflated],
      ]),
    ],
    [VERSION, list.version],
  ];
  return prepareSign1({ kid, typ: STATUS_LIST_TYPE }, cborEncode(new CborMap(entries)));
}

/** A list whose signature held. */
export interface OpenStatusList {
  version: number;
  /** Seconds since 1970. */
  issuedAt: number;
  /** `undefined` where the list does not reach so far: the credential is younger than the list. */
  statusAt(index: number): CredentialStatus | 'unknown' | undefined;
}

function statusName(value: number): CredentialStatus | 'unknown' {
  const names = Object.keys(CREDENTIAL_STATUSES) as CredentialStatus[];
  return names.find((name) => CREDENTIAL_STATUSES[name] === value) ?? 'unknown';
}

function readPayload(payload: Uint8Array): OpenStatusList | undefined {
  const claims = cborDecode(payload);
  if (!(claims instanceof CborMap) || claims.get(SUB) !== STATUS_LIST_URI) return undefined;
  const version = claims.get(VERSION);
  const issuedAt = claims.get(IAT);
  const list = claims.get(STATUS_LIST);
  if (!isUint(version) || !isUint(issuedAt) || !(list instanceof CborMap)) return undefined;
  const deflated = list.get('lst');
  if (list.get('bits') !== STATUS_BITS || !isBytes(deflated)) return undefined;
  const bytes = inflate(deflated, MAX_LIST_BYTES);
  if (!bytes) return undefined;
  return {
    version,
    issuedAt,
    statusAt: (index) => {
      const byte = bytes[index >> 1];
      return byte === undefined ? undefined : statusName((byte >> ((index & 1) * 4)) & 15);
    },
  };
}

/** Opens a list (base64url) after its signature held; `undefined` otherwise. Never throws. */
export function openStatusList(list: string, trust: IssuerTrust): OpenStatusList | undefined {
  const bytes = base64urlDecode(list);
  const sign1 = bytes && readSign1(bytes);
  if (!sign1?.kid || sign1.typ !== STATUS_LIST_TYPE) return undefined;
  const key = issuerKey(trust.keys, sign1.kid, null);
  if (!key || !trust.verify(sign1.signed, sign1.signature, key)) return undefined;
  return readPayload(sign1.payload);
}

/** Whether `next` may replace `kept`: a list never goes back. */
export function mayReplaceList(kept: OpenStatusList | null, next: OpenStatusList): boolean {
  if (kept === null || next.version > kept.version) return true;
  return next.version === kept.version && next.issuedAt >= kept.issuedAt;
}
