import type { Session } from '@talent-card/shared/accounts/schema';
import { create } from 'zustand';
import type { AnyErrorCode } from './api-error';
import { readStored, writeStored } from './storage';

const SESSION_KEY = 'session';
const WELCOMED_KEY = 'welcomed';
const CONSENT_KEY = 'account-consent';

interface SessionState {
  session: Session | null;
  /** Whether the person has been told what this is; until then the app opens with the welcome page. */
  welcomed: boolean;
  /** Version of the account consent that was agreed to on this phone, null before. */
  accountConsent: string | null;
  /** Why the service ended the last session, to be told at the sign-in; null when the person did, or nobody. */
  endedBy: AnyErrorCode | null;
}

export const useSession = create<SessionState>(() => ({
  session: readStored<Session>(SESSION_KEY),
  welcomed: readStored<boolean>(WELCOMED_KEY) ?? false,
  accountConsent: readStored<string>(CONSENT_KEY),
  endedBy: null,
}));

export function setSession(session: Session | null, endedBy: AnyErrorCode | null = null): void {
  writeStored(SESSION_KEY, session);
  useSession.setState({ session, endedBy });
}

/** The session as the storage has it: on h5 another tab may have rotated the tokens meanwhile. */
export function storedSession(): Session | null {
  return readStored<Session>(SESSION_KEY);
}

export function setWelcomed(): void {
  writeStored(WELCOMED_KEY, true);
  useSession.setState({ welcomed: true });
}

export function setAccountConsent(version: string | null): void {
  writeStored(CONSENT_KEY, version);
  useSession.setState({ accountConsent: version });
}
