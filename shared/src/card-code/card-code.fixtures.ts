import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import nacl from 'tweetnacl';
import { base64urlEncode } from './bytes.js';
import { prepareCode, prepareOnlineCode } from './code.js';
import type { VerifySignature } from './cose.js';
import { type DeviceCredential, type OnlineCredential, prepareCredential } from './credential.js';
import type { KeySet } from './schema.js';
import { type CredentialStatus, packStatuses, prepareStatusList } from './status-list.js';
import type { OfflineChecks } from './verify.js';

export const verify: VerifySignature = (message, signature, key) =>
  nacl.sign.detached.verify(message, signature, key);

export interface Signer {
  seed: Uint8Array;
  kid: Uint8Array;
  publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** A key pair from a fixed seed: `fill` in each of its 32 bytes. */
export function signer(fill: number): Signer {
  const seed = new Uint8Array(32).fill(fill);
  const pair = nacl.sign.keyPair.fromSeed(seed);
  return {
    seed,
    kid: new Uint8Array(createHash('sha256').update(pair.publicKey).digest().subarray(0, 8)),
    publicKey: pair.publicKey,
    sign: (message) => nacl.sign.detached(message, pair.secretKey),
  };
}

export function keySet(...issuers: Signer[]): KeySet['keys'] {
  return issuers.map(({ kid, publicKey }) => ({
    kid: base64urlEncode(kid),
    kty: 'OKP',
    crv: 'Ed25519',
    x: base64urlEncode(publicKey),
    notAfter: null,
  }));
}

export const issuer = signer(1);
export const phone = signer(2);
export const DAY = 24 * 3600;
/** 2026-11-24T01:12:00Z, in seconds. */
export const NOW = Date.UTC(2026, 10, 24, 1, 12) / 1000;

export function deviceClaims(over: Partial<DeviceCredential> = {}): DeviceCredential {
  return {
    kind: 'device',
    cardRef: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    issuedAt: NOW - DAY,
    expiresAt: NOW + 6 * DAY,
    cardKind: 'talent',
    cardClass: null,
    maskedName: '林**',
    zoneCode: '371002',
    deviceKey: phone.publicKey,
    statusIndex: 5,
    ...over,
  };
}

export function credentialOf(claims: DeviceCredential, by = issuer): Uint8Array {
  const unsigned = prepareCredential(claims, by.kid);
  return unsigned.finish(by.sign(unsigned.toBeSigned));
}

export function codeOf(over: Partial<DeviceCredential> = {}, at = NOW, by = phone, from = issuer): string {
  const unsigned = prepareCode(credentialOf(deviceClaims(over), from), at);
  return unsigned.finish(by.sign(unsigned.toBeSigned));
}

export function onlineCodeOf(over: Partial<OnlineCredential> = {}, from = issuer): string {
  const { deviceKey: _key, statusIndex: _index, ...common } = deviceClaims();
  const unsigned = prepareOnlineCode(
    {
      ...common,
      kind: 'online',
      nonce: new Uint8Array(8).fill(7),
      issuedAt: NOW,
      expiresAt: NOW + 90,
      ...over,
    },
    from.kid,
  );
  return unsigned.finish(from.sign(unsigned.toBeSigned));
}

export function statusListOf(
  statuses: readonly (readonly [number, CredentialStatus])[],
  {
    version = 1,
    issuedAt = NOW,
    by = issuer,
    count = 1 + Math.max(0, ...statuses.map(([index]) => index)),
  } = {},
): string {
  const unsigned = prepareStatusList(
    {
      version,
      issuedAt,
      deflated: Uint8Array.from(deflateSync(packStatuses(count, statuses), { level: 9 })),
    },
    by.kid,
  );
  return base64urlEncode(unsigned.finish(by.sign(unsigned.toBeSigned)));
}

export const VENUE_ID = '01JD0000000000000000000001';
export const CHANNEL_ID = '01JD0000000000000000000002';
export const ONLINE_CHANNEL_ID = '01JD0000000000000000000003';

export function offlineChecks(over: Partial<OfflineChecks> = {}): OfflineChecks {
  const channel = (channelId: string, offline: 'allowed' | 'online-only') => ({
    channelId,
    name: { zh: '客轮优先', en: 'Ferry' },
    venueIds: [VENUE_ID],
    offline,
    bookingRequired: false,
    terms: [
      { cardKind: 'talent' as const, cardClass: null, companions: 1 },
      { cardKind: 'talent' as const, cardClass: 'A', companions: 3 },
    ],
  });
  return {
    kit: {
      keys: { keys: keySet(issuer) },
      usableUntil: new Date((NOW + 12 * 3600) * 1000).toISOString(),
      venues: [{ venueId: VENUE_ID, name: { zh: '威海港', en: 'Weihai Port' } }],
      channels: [channel(CHANNEL_ID, 'allowed'), channel(ONLINE_CHANNEL_ID, 'online-only')],
    },
    verify,
    statusList: { version: 1, issuedAt: NOW, statusAt: () => 'valid' },
    now: NOW * 1000,
    venueId: VENUE_ID,
    isTaken: () => false,
    ...over,
  };
}
