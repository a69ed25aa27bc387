import { create } from 'zustand';
import { ApiError } from './api-error';
import { readStored, removeStored } from './storage';

/**
 * What a clerk's phone keeps, as far as the rest of the app must know it: the staff pages are a package of their own,
 * and signing out must not lose what they have not sent yet.
 */
export const WINDOW_PREFIX = 'window:';
export const UNSENT_KEY = `${WINDOW_PREFIX}unsent`;
/** Who works at this phone, as the administrator enrolled it. */
export const CLERK_KEY = `${WINDOW_PREFIX}clerk`;
const SESSION_PREFIX = `${WINDOW_PREFIX}session:`;
export const WINDOW_TOKEN_KEY = `${SESSION_PREFIX}token`;
export const WINDOW_KIT_KEY = `${SESSION_PREFIX}kit`;

const countStored = () => readStored<unknown[]>(UNSENT_KEY)?.length ?? 0;

/** How many uses this phone has let in and not sent yet. Told by the staff pages whenever it changes. */
export const useUnsent = create<{ unsent: number }>(() => ({ unsent: countStored() }));

export function countUnsent(): number {
  const unsent = countStored();
  if (useUnsent.getState().unsent !== unsent) useUnsent.setState({ unsent });
  return unsent;
}

/** Whether a clerk checks cards with this phone: enrolled, and as far as it knows not revoked. */
export const isCheckingDevice = (): boolean => readStored(CLERK_KEY) !== null;

/** Signing out would lose uses that only this phone knows of. @throws ApiError UNSENT_USES */
export function refuseWhileUnsent(): void {
  if (countUnsent() > 0) throw new ApiError('UNSENT_USES');
}

/** Forgets everything of the window: the service stops the devices of an erased account. */
export function forgetWindow(): void {
  removeStored(WINDOW_PREFIX);
}

/** Ends the time at the window; device and key stay, for the administrator has enrolled them. */
export function leaveWindow(): void {
  removeStored(SESSION_PREFIX);
}
