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
  type Clerk,
  leaveWindow,
  onWindowForgotten,
  refuseWhileUnsent,
  WINDOW_KEY_NAME,
  WINDOW_PREFIX,
  WINDOW_TOKEN_KEY,
} from '@/platform/window-keeping';
import { accountNow } from '@/services/account';

interface Token {
  accessToken: string;
  expiresAt: string;
}

const VENUE_KEY = `${WINDOW_PREFIX}venue`;
/** Signed in again a little before the service would ask for it. */
const SPARE_MS = 60_000;

interface ClerkState {
  clerk: Clerk | null;
  venueId: string | null;
}
const keptClerk = (): ClerkState => ({
  clerk: readStored<Clerk>(CLERK_KEY),
  venueId: readStored<string>(VENUE_KEY),
});
export const useClerk = create<ClerkState>(keptClerk);
onWindowForgotten(() => useClerk.setState(keptClerk()));

export function chooseVenue(venueId: string | null): void {
  writeStored(VENUE_KEY, venueId);
  useClerk.setState({ venueId });
}

function begin(session: ClerkSession, accountId: string, askedAt: Date): Token {
  learnServerTime(session.serverTime, askedAt);
  const clerk: Clerk = { deviceId: session.deviceId, displayName: session.staff.displayName, accountId };
  const token: Token = { accessToken: session.accessToken, expiresAt: session.accessTokenExpiresAt };
  keepStored(CLERK_KEY, clerk);
  writeStored(WINDOW_TOKEN_KEY, token);
  useClerk.setState({ clerk });
  return token;
}

/** The key of this phone as a clerk's device. @throws ApiError CLERK_DEVICE_REVOKED where it is gone */
export async function clerkKey(): Promise<DeviceKey> {
  const key = await deviceKeys.open(WINDOW_KEY_NAME);
  if (!key) throw new ApiError('CLERK_DEVICE_REVOKED');
  return key;
}

/** Makes this phone a checking device. Null where it cannot keep a key. */
export async function enrolClerk(enrolmentCode: string, idempotencyKey: string): Promise<Clerk | null> {
  refuseWhileUnsent();
  // A key that was made for an answer that got lost serves again: the service may know it already.
  const key = (await deviceKeys.open(WINDOW_KEY_NAME)) ?? (await deviceKeys.make(WINDOW_KEY_NAME));
  if (!key) return null;
  const accountId = await accountNow();
  const askedAt = clock.now();
  const session = await call(clerkRoutes.enrol, {
    body: { enrolmentCode, publicKey: key.publicKey },
    idempotencyKey,
  });
  begin(session, accountId, askedAt);
  return useClerk.getState().clerk;
}

/** An answer that comes after the phone has forgotten its clerk is not kept. @throws ApiError CLERK_DEVICE_REVOKED */
export function assertStillHere(clerk: Clerk | null): void {
  if (!clerk || useClerk.getState().clerk?.deviceId !== clerk.deviceId)
    throw new ApiError('CLERK_DEVICE_REVOKED');
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
    const session = await call(clerkRoutes.signIn, { body: { deviceId: clerk.deviceId, at, signature } });
    assertStillHere(clerk);
    return begin(session, clerk.accountId, askedAt);
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
