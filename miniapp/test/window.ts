import { base64urlDecode } from '@talent-card/shared/card-code/bytes';
import {
  CHANNEL_ID,
  DAY,
  issuer,
  keySet,
  NOW,
  ONLINE_CHANNEL_ID,
  statusListOf,
  VENUE_ID,
  verify,
} from '@talent-card/shared/card-code/card-code.fixtures';
import { offlineUseMessage } from '@talent-card/shared/card-code/signed-texts';
import type { CredentialStatus } from '@talent-card/shared/card-code/status-list';
import type { Due, Looked, OfflineUse, Use, WindowKit } from '@talent-card/shared/uses/schema';

/** A window that a test can begin from: its kit, what it sees and what it records. Times are those of the codes. */

export { CHANNEL_ID, NOW, ONLINE_CHANNEL_ID, VENUE_ID };
export const CLERK_DEVICE_ID = '01JD00000000000000000000D7';
export const OTHER_VENUE_ID = '01JD0000000000000000000009';
const FERRY = { zh: '客轮优先', en: 'Ferry priority' };
const LOUNGE = { zh: '贵宾候机', en: 'Airport lounge' };
const instant = (seconds: number) => new Date(seconds * 1000).toISOString();

export function clerkSession(now = NOW) {
  return {
    deviceId: CLERK_DEVICE_ID,
    accessToken: 'window-1',
    accessTokenExpiresAt: instant(now + 12 * 3600),
    staff: { staffId: '01JD00000000000000000000S1', displayName: '于娟', venueIds: [VENUE_ID] },
    serverTime: instant(now),
  };
}

export function windowKit(
  over: Partial<WindowKit> = {},
  statuses: readonly (readonly [number, CredentialStatus])[] = [],
  now = NOW,
): WindowKit {
  const terms = [{ cardKind: 'talent' as const, cardClass: null, companions: 1 }];
  const channel = { venueIds: [VENUE_ID], bookingRequired: false, terms };
  return {
    serverTime: instant(now),
    usableUntil: instant(now + 12 * 3600),
    keys: { keys: keySet(issuer) },
    statusList: { version: 1, issuedAt: instant(now), list: statusListOf(statuses, { issuedAt: now }) },
    venues: [{ venueId: VENUE_ID, name: { zh: '威海港', en: 'Weihai Port' } }],
    channels: [
      { channelId: CHANNEL_ID, name: FERRY, offline: 'allowed', ...channel },
      { channelId: ONLINE_CHANNEL_ID, name: LOUNGE, offline: 'online-only', ...channel },
    ],
    ...over,
  };
}

export function due(over: Partial<Due> = {}): Due {
  return {
    channelId: CHANNEL_ID,
    name: FERRY,
    verdict: 'ok',
    conditions: [],
    left: 3,
    leftWindow: 'year',
    renewsOn: '2027-01-01',
    companions: 1,
    discountPercent: null,
    booking: null,
    bookingRequired: false,
    ...over,
  };
}

export function looked(over: Partial<Looked> = {}): Looked {
  return {
    verdict: 'ok',
    holder: {
      maskedName: '林**',
      cardKind: 'talent',
      cardClass: 'A',
      cardNumberTail: '4185',
      zoneCode: '371002',
      validUntil: '2031-05-20',
    },
    lookId: '01JD00000000000000000000L1',
    dues: [due()],
    ...over,
  };
}

export function recorded(over: Partial<Use> = {}): Use {
  return {
    useId: '01JD00000000000000000000E1',
    channel: { channelId: CHANNEL_ID, name: FERRY },
    venue: { venueId: VENUE_ID, name: { zh: '威海港', en: 'Weihai Port' } },
    at: instant(NOW),
    companions: 0,
    status: 'used',
    offline: false,
    bookingId: null,
    left: 2,
    rating: null,
    mayRate: true,
    mayDispute: true,
    dispute: null,
    refundReason: null,
    version: 1,
    ...over,
  };
}

/** Whether an offline use carries the signature of this public key (base64url), as the service checks it. */
export function isSignedBy(publicKey: string, { signature, ...use }: OfflineUse): boolean {
  return verify(
    offlineUseMessage(CLERK_DEVICE_ID, use),
    base64urlDecode(signature) ?? new Uint8Array(),
    base64urlDecode(publicKey) ?? new Uint8Array(),
  );
}

export { DAY };
