import type { WindowKit } from '../uses/schema.js';
import type { Verdict } from '../uses/verdicts.js';
import { readCode } from './code.js';
import type { CodeHolder, CredentialClaims } from './credential.js';
import { type IssuerTrust, issuerKey } from './issuer-keys.js';
import type { OpenStatusList } from './status-list.js';

/** Seconds by which two clocks may differ. */
export const CLOCK_TOLERANCE = 90;
/** A code that is older than this is an old picture rather than a slow clock. */
export const STALE_AFTER = 600;
export const LIST_AGES_AFTER = 24 * 3600;
export const LIST_ENDS_AFTER = 7 * 24 * 3600;

export interface CodeChecks extends IssuerTrust {
  /** Milliseconds since 1970, corrected by the offset to the server. */
  now: number;
}

/** What a code says, once both signatures and its times held. */
export interface GenuineCode {
  verdict: 'ok';
  codeId: string;
  claims: CredentialClaims;
}
export type CheckedCode =
  | GenuineCode
  | {
      verdict: Exclude<Verdict, 'ok'>;
      codeId: string | null;
      /** Null as long as no signature held: nothing of a forged code is shown. */
      claims: CredentialClaims | null;
    };

function timeVerdict(claims: CredentialClaims, at: number, now: number): Verdict {
  if (at - now > CLOCK_TOLERANCE || claims.issuedAt - now > CLOCK_TOLERANCE) return 'clock-wrong';
  if (claims.kind === 'online') return now > claims.expiresAt ? 'code-expired' : 'ok';
  if (now - at > STALE_AFTER) return 'code-expired';
  if (now - at > CLOCK_TOLERANCE) return 'clock-wrong';
  return now >= claims.expiresAt ? 'credential-expired' : 'ok';
}

/**
 * Whether a code is genuine and of now: issuer, both signatures, its age, the credential's life. Knows nothing of
 * revocation. Never throws, whatever the text.
 */
export function checkCode(text: string, { keys, verify, now }: CodeChecks): CheckedCode {
  const nothing = { codeId: null, claims: null };
  const code = readCode(text);
  if (!code) return { verdict: 'not-a-code', ...nothing };
  const seconds = Math.floor(now / 1000);
  const { sign1, kid, claims } = code.credential;
  const issuer = issuerKey(keys, kid, seconds);
  if (!issuer) return { verdict: 'unknown-issuer', ...nothing };
  if (!verify(sign1.signed, sign1.signature, issuer)) return { verdict: 'forged', ...nothing };
  if (claims.kind === 'device') {
    const { outer } = code;
    if (!outer || !verify(outer.signed, outer.signature, claims.deviceKey))
      return { verdict: 'forged', ...nothing };
  }
  const verdict = timeVerdict(claims, code.at, seconds);
  // Twice the same: only apart does the compiler know which of the two answers it is.
  return verdict === 'ok'
    ? { verdict, codeId: code.codeId, claims }
    : { verdict, codeId: code.codeId, claims };
}

/** What a kept status list says of a credential, the age of the list counted in. */
export function listVerdict(
  claims: CredentialClaims,
  list: OpenStatusList | null,
  now: number,
): Exclude<Verdict, 'ok'> {
  // The service looked at the card less than two minutes ago, and there is no device to revoke.
  if (claims.kind === 'online') return 'ok-offline';
  if (!list) return 'list-too-old';
  const age = Math.floor(now / 1000) - list.issuedAt;
  if (age > LIST_ENDS_AFTER) return 'list-too-old';
  const status = list.statusAt(claims.statusIndex);
  // Beyond the end of the list lies only who enrolled after it was made, or while it was.
  if (status === undefined && claims.issuedAt < list.issuedAt - CLOCK_TOLERANCE) return 'device-revoked';
  if (status === 'unknown') return 'card-revoked';
  if (status !== undefined && status !== 'valid') return status;
  return age > LIST_AGES_AFTER ? 'list-aging' : 'ok-offline';
}

export interface OfflineChecks {
  kit: Pick<WindowKit, 'keys' | 'usableUntil' | 'venues' | 'channels'>;
  verify: IssuerTrust['verify'];
  /** Opened from the kit once, see openStatusList; null where none could be opened. */
  statusList: OpenStatusList | null;
  now: number;
  venueId: string;
  /** Whether this device let this code in before. */
  isTaken(codeId: string): boolean;
}

export interface OfflineDue {
  channelId: string;
  name: WindowKit['channels'][number]['name'];
  verdict: Verdict;
  /** How many may come along. */
  companions: number;
  bookingRequired: boolean;
}
export interface OfflineLook {
  verdict: Verdict;
  codeId: string | null;
  holder: CodeHolder | null;
  dues: OfflineDue[];
}

function termsFor(channel: WindowKit['channels'][number], holder: CodeHolder) {
  const ofKind = channel.terms.filter((terms) => terms.cardKind === holder.cardKind);
  return (
    ofKind.find((terms) => terms.cardClass === holder.cardClass) ??
    ofKind.find((terms) => terms.cardClass === null)
  );
}

function dueOffline(channel: WindowKit['channels'][number], holder: CodeHolder, letsIn: Verdict): OfflineDue {
  const terms = termsFor(channel, holder);
  const verdict = channel.offline === 'online-only' ? 'online-only' : terms ? letsIn : 'not-entitled';
  return {
    channelId: channel.channelId,
    name: channel.name,
    verdict,
    companions: terms?.companions ?? 0,
    bookingRequired: channel.bookingRequired,
  };
}

function lookVerdict(
  text: string,
  checks: OfflineChecks,
): Omit<OfflineLook, 'holder' | 'dues'> & {
  claims: CredentialClaims | null;
} {
  const { kit, verify, now } = checks;
  const checked = checkCode(text, { keys: kit.keys.keys, verify, now });
  if (Date.parse(kit.usableUntil) <= now) return { ...checked, verdict: 'kit-expired' };
  if (checked.verdict !== 'ok') return checked;
  const { codeId, claims } = checked;
  const listed = listVerdict(claims, checks.statusList, now);
  if (listed !== 'ok-offline' && listed !== 'list-aging') return { codeId, claims, verdict: listed };
  if (checks.isTaken(codeId)) return { codeId, claims, verdict: 'already-used' };
  const here = kit.venues.some((venue) => venue.venueId === checks.venueId);
  return { codeId, claims, verdict: here ? listed : 'wrong-venue' };
}

/**
 * Everything that a window can decide alone after a scan: the code's own verdict, and for each channel of this venue
 * whether it may be used now. How many uses are left is known to the service only. Never throws.
 */
export function lookOffline(text: string, checks: OfflineChecks): OfflineLook {
  const { verdict, codeId, claims } = lookVerdict(text, checks);
  if (!claims) return { verdict, codeId, holder: null, dues: [] };
  const { cardKind, cardClass, maskedName, zoneCode } = claims;
  const holder = { cardKind, cardClass, maskedName, zoneCode };
  if (verdict !== 'ok-offline' && verdict !== 'list-aging') return { verdict, codeId, holder, dues: [] };
  const dues = checks.kit.channels
    .filter((channel) => channel.venueIds.includes(checks.venueId))
    .map((channel) => dueOffline(channel, holder, verdict));
  return { verdict, codeId, holder, dues };
}

/** The verdict over one use: `ok-offline` or `list-aging` let in, and everything else does not. Never throws. */
export function verifyOffline(
  text: string,
  use: { channelId: string; companions: number },
  checks: OfflineChecks,
): Verdict {
  const { verdict, dues } = lookOffline(text, checks);
  if (verdict !== 'ok-offline' && verdict !== 'list-aging') return verdict;
  const due = dues.find((candidate) => candidate.channelId === use.channelId);
  if (!due) return 'wrong-venue';
  if (due.verdict !== verdict) return due.verdict;
  return use.companions > due.companions ? 'companions-too-many' : verdict;
}
