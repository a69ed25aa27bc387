import { base64urlEncode } from '@talent-card/shared/card-code/bytes';
import { clerkRoutes } from '@talent-card/shared/card-code/routes';
import type { ClerkSession } from '@talent-card/shared/card-code/schema';
import { clerkSessionMessage } from '@talent-card/shared/card-code/signed-texts';
import { create } from 'zustand';
import { ApiError } from '@/platform/api-error';
import { clock } from '@/platform/clock';
import type { DeviceKey } from '@/platform/device-key';
import { deviceKeys } from '@/platform/device-keys';
import { call } from '@/platform/request';
import { learnServerTime, serverNow } from '@/platform/server-time';
import { keepStored, readStored, writeStored } from '@/platform/storage';
import {
  CLERK_KEY,
  leaveWindow,
  refuseWhileUnsent,
  WINDOW_PREFIX,
  WINDOW_TOKEN_KEY,
} from '@/platform/window-keeping';

/** Who works at this phone, as the administrator enrolled it. */
export interface Clerk {
  deviceId: string;
  displayName: string;
}
interface Token {
  accessToken: string;
  expiresAt: string;
}

const VENUE_KEY = `${WINDOW_PREFIX}venue`;
const DEVICE_KEY_NAME = 'window-key';
/** Signed in again a little before the service would ask for it. */
const SPARE_MS = 60_000;

interface ClerkState {
  clerk: Clerk | null;
  venueId: string | null;
}
export const useClerk = create<ClerkState>(() => ({
  clerk: readStored<Clerk>(CLERK_KEY),
  venueId: readStored<string>(VENUE_KEY),
}));

export function chooseVenue(venueId: string | null): void {
  writeStored(VENUE_KEY, venueId);
  useClerk.setState({ venueId });
}

function begin(session: ClerkSession, askedAt: Date): Token {
  learnServerTime(session.serverTime, askedAt);
  const clerk: Clerk = { deviceId: session.deviceId, displayName: session.staff.displayName };
  const token: Token = { accessToken: session.accessToken, expiresAt: session.accessTokenExpiresAt };
  keepStored(CLERK_KEY, clerk);
  writeStored(WINDOW_TOKEN_KEY, token);
  useClerk.setState({ clerk });
  return token;
}

/** The key of this phone as a clerk's device. @throws ApiError CLERK_DEVICE_REVOKED where it is gone */
export async function clerkKey(): Promise<DeviceKey> {
  const key = await deviceKeys.open(DEVICE_KEY_NAME);
  if (!key) throw new ApiError('CLERK_DEVICE_REVOKED');
  return key;
}

/** Makes this phone a checking device. Null where it cannot keep a key. */
export async function enrolClerk(enrolmentCode: string, idempotencyKey: string): Promise<Clerk | null> {
  refuseWhileUnsent();
  // A key that was made for an answer that got lost serves again: the service may know it already.
  const key = (await deviceKeys.open(DEVICE_KEY_NAME)) ?? (await deviceKeys.make(DEVICE_KEY_NAME));
  if (!key) return null;
  const askedAt = clock.now();
  const session = await call(clerkRoutes.enrol, {
    body: { enrolmentCode, publicKey: key.publicKey },
    idempotencyKey,
  });
  begin(session, askedAt);
  return useClerk.getState().clerk;
}

let signingIn: Promise<Token> | null = null;

/** Twelve hours at the window, against a signature of the phone's key; parallel calls share one sign-in. */
function signInAtWindow(): Promise<Token> {
  signingIn ??= (async () => {
    const { clerk } = useClerk.getState();
    if (!clerk) throw new ApiError('CLERK_DEVICE_REVOKED');
    const key = await clerkKey();
    const askedAt = clock.now();
    const at = serverNow().toISOString();
    const signature = base64urlEncode(await key.sign(clerkSessionMessage(clerk.deviceId, at)));
    return begin(
      await call(clerkRoutes.signIn, { body: { deviceId: clerk.deviceId, at, signature } }),
      askedAt,
    );
  })().finally(() => {
    signingIn = null;
  });
  return signingIn;
}

/** Calls in the name of the clerk, signing in where the twelve hours are over. */
export async function asClerk<T>(attempt: (accessToken: string) => Promise<T>): Promise<T> {
  const kept = readStored<Token>(WINDOW_TOKEN_KEY);
  const good = kept !== null && serverNow().getTime() < Date.parse(kept.expiresAt) - SPARE_MS;
  const token = good ? kept : await signInAtWindow();
  try {
    return await attempt(token.accessToken);
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.status !== 401 || !good) throw failure;
    return attempt((await signInAtWindow()).accessToken);
  }
}

/** Ends the time at the window. @throws ApiError UNSENT_USES */
export function finish(): void {
  refuseWhileUnsent();
  leaveWindow();
  chooseVenue(null);
}
