import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { accountRoutes, sandboxRoutes } from '@talent-card/shared/accounts/routes';
import type {
  Consent,
  ConsentPurpose,
  DeviceSession,
  Me,
  Persona,
  PersonalDataExport,
  RealNameInput,
} from '@talent-card/shared/accounts/schema';
import type { Locale } from '@talent-card/shared/common/locale';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError } from '@/platform/api-error';
import { forgetDrafts } from '@/platform/drafts';
import { queryClient } from '@/platform/query';
import { call } from '@/platform/request';
import { setAccountConsent, setSession, useSession } from '@/platform/session';
import { forgetWindow, leaveWindow, refuseWhileUnsent } from '@/platform/window-keeping';
import { forgetCodes, forgetOthers } from './kept-cards';

export const ME_KEY = ['me'] as const;

export const loadMe = queryOptions<Me>({
  queryKey: ME_KEY,
  queryFn: async ({ signal }) => {
    const me = await call(accountRoutes.me, { signal });
    forgetOthers(me.person?.personId ?? null);
    return me;
  },
});

/** The account that the next call goes out for: another tab of a browser may have signed in anew since it was last read. */
export async function accountNow(): Promise<string> {
  const { accountId } = await queryClient.fetchQuery({ ...loadMe, staleTime: 0 });
  return accountId;
}

/** Who is signed in; nothing is asked for while nobody is. */
export function useMe() {
  const signedIn = useSession((state) => state.session !== null);
  return useQuery({ ...loadMe, enabled: signedIn });
}

/** Signs in with a code of `wx.login`, or of a demo person in the sandbox. */
export async function signIn(code: string): Promise<void> {
  const session = await call(accountRoutes.signIn, {
    body: { code, consentVersion: CONSENT_VERSIONS.account },
  });
  queryClient.clear();
  setSession(session);
}

/** Forgets who was signed in on this phone, what was agreed to for it, and what was not handed in. */
export function forgetSession(): void {
  setSession(null);
  forgetDrafts();
  leaveWindow();
  void forgetCodes();
  setAccountConsent(null);
  queryClient.clear();
}

/**
 * Ends the session here, with drafts, codes and the time at a window, even when the service cannot be told.
 * @throws ApiError UNSENT_USES while a clerk's phone holds uses that it has not sent
 */
export async function signOut(): Promise<void> {
  refuseWhileUnsent();
  try {
    await call(accountRoutes.signOut, {});
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
  } finally {
    setSession(null);
    forgetDrafts();
    leaveWindow();
    await forgetCodes();
    queryClient.clear();
  }
}

/** Demo persons of the sandbox; null where the service is a real one. */
export function usePersonas() {
  return useQuery<Persona[] | null>({
    queryKey: ['personas'],
    queryFn: async ({ signal }) => {
      try {
        return (await call(sandboxRoutes.personas, { signal })).items;
      } catch (failure) {
        if (failure instanceof ApiError && failure.status === 404) return null;
        throw failure;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function remember(me: Me): Me {
  queryClient.setQueryData(ME_KEY, me);
  return me;
}

export async function proveRealName(
  input: Omit<RealNameInput, 'consentVersion'>,
  idempotencyKey: string,
): Promise<Me> {
  const body = { ...input, consentVersion: CONSENT_VERSIONS['real-name'] };
  const me = remember(await call(accountRoutes.proveRealName, { body, idempotencyKey }));
  // Proving who one is may issue a card at once.
  await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== ME_KEY[0] });
  return me;
}

export async function bindPhone(code: string, idempotencyKey: string): Promise<Me> {
  return remember(await call(accountRoutes.bindPhone, { body: { code }, idempotencyKey }));
}

export async function updateProfile(
  profile: { nickname?: string; locale?: Locale },
  idempotencyKey: string,
): Promise<Me> {
  return remember(await call(accountRoutes.updateProfile, { body: profile, idempotencyKey }));
}

export const CONSENTS_KEY = ['consents'] as const;
/** The caller's consents. `wanted` false asks for nothing: where a page needs none, or nobody is signed in. */
export function useConsents(wanted = true) {
  const signedIn = useSession((state) => state.session !== null);
  return useQuery<Consent[]>({
    queryKey: CONSENTS_KEY,
    queryFn: async ({ signal }) => (await call(accountRoutes.consents, { signal })).items,
    enabled: wanted && signedIn,
  });
}

export async function setConsent(
  change: { purpose: ConsentPurpose; granted: boolean },
  idempotencyKey: string,
): Promise<Consent[]> {
  const { purpose } = change;
  const { items } = change.granted
    ? await call(accountRoutes.grantConsent, {
        body: { purpose, version: CONSENT_VERSIONS[purpose] },
        idempotencyKey,
      })
    : await call(accountRoutes.withdrawConsent, { body: { purpose }, idempotencyKey });
  queryClient.setQueryData(CONSENTS_KEY, items);
  return items;
}

export function exportMyData(): Promise<PersonalDataExport> {
  return call(accountRoutes.exportMyData, {});
}

export async function eraseMyAccount(idempotencyKey: string): Promise<true> {
  refuseWhileUnsent();
  const accountId = await accountNow();
  await call(accountRoutes.eraseMyAccount, { body: { confirm: 'ERASE' }, idempotencyKey });
  forgetSession();
  await forgetWindow(accountId);
  return true;
}

export const SESSIONS_KEY = ['sessions'] as const;
export function useDeviceSessions() {
  return useQuery<DeviceSession[]>({
    queryKey: SESSIONS_KEY,
    queryFn: async ({ signal }) => (await call(accountRoutes.sessions, { signal })).items,
  });
}

export async function endDeviceSession(sessionId: string): Promise<void> {
  await call(accountRoutes.endSession, { params: { sessionId } });
  await queryClient.invalidateQueries({ queryKey: SESSIONS_KEY });
}
