import { create } from 'zustand';
import { ApiError } from './api-error';
import { deviceKeys } from './device-keys';
import { readStored, removeStored } from './storage';

/**
 * What a clerk's phone keeps, as far as the rest of the app must know it: the staff pages are a package of their own,
 * and signing out must not lose what they have not sent yet.
 */
export const WINDOW_PREFIX = 'window:';
export const UNSENT_KEY = `${WINDOW_PREFIX}unsent`;
export const CLERK_KEY = `${WINDOW_PREFIX}clerk`;
/** Not under the prefix: keys lie where the platform protects them. */
export const WINDOW_KEY_NAME = 'window-key';
const SESSION_PREFIX = `${WINDOW_PREFIX}session:`;
export const WINDOW_TOKEN_KEY = `${SESSION_PREFIX}token`;
export const WINDOW_KIT_KEY = `${SESSION_PREFIX}kit`;

/** Who works at this phone, as the administrator enrolled it. */
export interface Clerk {
  deviceId: string;
  displayName: string;
  /** The account that enrolled the phone; the service lets no other one sign in at the window with it. */
  accountId: string;
}

const holders = new Set<() => void>();

/** Who holds any of it in memory reads it again when the storage has lost it; told by packages that are loaded later. */
export function onWindowForgotten(readAgain: () => void): void {
  holders.add(readAgain);
}

function forget(prefix: string): void {
  removeStored(prefix);
  countUnsent();
  for (const readAgain of holders) readAgain();
}

const countStored = () => readStored<unknown[]>(UNSENT_KEY)?.length ?? 0;

/** How many uses this phone has let in and not sent yet. Told by the staff pages whenever it changes. */
export const useUnsent = create<{ unsent: number }>(() => ({ unsent: countStored() }));

export function countUnsent(): number {
  const unsent = countStored();
  if (useUnsent.getState().unsent !== unsent) useUnsent.setState({ unsent });
  return unsent;
}

/** Signing out would lose uses that only this phone knows of. @throws ApiError UNSENT_USES */
export function refuseWhileUnsent(): void {
  if (countUnsent() > 0) throw new ApiError('UNSENT_USES');
}

/**
 * Forgets everything of the window with an erased account, the key too, for the service has stopped its phones. One that
 * another account enrolled in the same browser stays that account's.
 */
export async function forgetWindow(accountId: string): Promise<void> {
  const clerk = readStored<Clerk>(CLERK_KEY);
  if (clerk && clerk.accountId !== accountId) return;
  forget(WINDOW_PREFIX);
  await deviceKeys.drop(WINDOW_KEY_NAME);
}

/** Ends the time at the window; device and key stay, for the administrator has enrolled them. */
export function leaveWindow(): void {
  forget(SESSION_PREFIX);
}
