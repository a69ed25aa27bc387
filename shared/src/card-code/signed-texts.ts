import type { OfflineUse } from '../uses/schema.js';
import { utf8Encode } from './bytes.js';

/** What a phone signs to fetch its next credential. `at`: ISO 8601, UTC, as it is sent. */
export function renewMessage(deviceId: string, at: string): Uint8Array {
  return utf8Encode(`renew:${deviceId}:${at}`);
}

/** What a clerk's device signs for twelve hours at the window. */
export function clerkSessionMessage(deviceId: string, at: string): Uint8Array {
  return utf8Encode(`clerk-session:${deviceId}:${at}`);
}

/** What a clerk's device signs for each use that it let in without network. */
export function offlineUseMessage(deviceId: string, use: Omit<OfflineUse, 'signature'>): Uint8Array {
  return utf8Encode(
    `offline-use:${deviceId}:${use.clientUseId}:${use.venueId}:${use.channelId}:${use.companions}:${use.at}:${use.code}`,
  );
}
