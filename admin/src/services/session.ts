import { staffRoutes } from '@talent-card/shared/accounts/routes';
import type { StaffSelf, StaffSession } from '@talent-card/shared/accounts/schema';
import { create } from 'zustand';
import { call, endsSession, refreshSession, setAccessToken, watchSession } from './api.js';

export type SessionStatus = 'starting' | 'signed-out' | 'signed-in' | 'unreachable';

interface SessionState {
  status: SessionStatus;
  staff: StaffSelf | null;
  /** Shown once after enrolling an authenticator; nothing else opens until they were kept. */
  recoveryCodes: readonly string[] | null;
  /** The session ended by itself, so the sign-in page says so. */
  ended: boolean;
}

export const useSession = create<SessionState>()(() => ({
  status: 'starting',
  staff: null,
  recoveryCodes: null,
  ended: false,
}));

const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('talent-card.console') : null;
/** What must not outlive a sign-in, such as cached answers. */
const onSignedOut = new Set<() => void>();
export function whenSignedOut(work: () => void): void {
  onSignedOut.add(work);
}

function signedOutLocally(ended: boolean): void {
  setAccessToken(null);
  useSession.setState({ status: 'signed-out', staff: null, recoveryCodes: null, ended });
  for (const work of onSignedOut) work();
}

channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.data === 'signed-out' && useSession.getState().status === 'signed-in') signedOutLocally(false);
});

watchSession({
  lost: () => signedOutLocally(useSession.getState().status === 'signed-in'),
  renewed: (session) => useSession.setState({ staff: session.staff }),
});

/** Tries the cookie of an earlier visit. */
export async function resumeSession(): Promise<void> {
  useSession.setState({ status: 'starting' });
  try {
    const session = await refreshSession();
    useSession.setState({ status: 'signed-in', staff: session.staff });
  } catch (error) {
    if (endsSession(error)) signedOutLocally(false);
    else useSession.setState({ status: 'unreachable' });
  }
}

export function openSession(session: StaffSession): void {
  setAccessToken(session.accessToken);
  useSession.setState({
    status: 'signed-in',
    staff: session.staff,
    recoveryCodes: session.recoveryCodes,
    ended: false,
  });
}

export function recoveryCodesKept(): void {
  useSession.setState({ recoveryCodes: null });
}

/** After a change of one's own account: password, recovery codes. */
export async function reloadSelf(): Promise<void> {
  const staff = await call(staffRoutes.self, {});
  useSession.setState({ staff });
}

export async function signOut(): Promise<void> {
  try {
    await call(staffRoutes.signOut, {});
  } finally {
    // Also when the server is away: the token leaves this browser's memory in any case.
    signedOutLocally(false);
    channel?.postMessage('signed-out');
  }
}
