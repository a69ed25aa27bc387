import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { applicationRoutes } from '@talent-card/shared/cards/routes';
import type {
  Application,
  ApplicationCheck,
  CheckApplication,
  SubmitApplication,
} from '@talent-card/shared/cards/schema';
import type { BodyOf, ResponseOf } from '@talent-card/shared/common/route';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ApiError } from '@/platform/api-error';
import { queryClient } from '@/platform/query';
import { call } from '@/platform/request';
import { CONSENTS_KEY, useMe } from './account';
import { CARDS_KEY } from './cards';

export type ApplicationSummary = ResponseOf<typeof applicationRoutes.mine>['items'][number];

export const APPLICATIONS_KEY = ['applications'] as const;
const applicationKey = (caseId: string) => [...APPLICATIONS_KEY, caseId] as const;

/** The caller's card applications, newest first. */
export function useApplications() {
  const me = useMe();
  return useQuery<ApplicationSummary[]>({
    queryKey: APPLICATIONS_KEY,
    queryFn: async ({ signal }) => (await call(applicationRoutes.mine, { signal })).items,
    enabled: Boolean(me.data?.person),
  });
}

/** One application of the caller's. Without a case nothing is asked for. */
export function useApplication(caseId: string | undefined) {
  return useQuery<Application>({
    queryKey: applicationKey(caseId ?? ''),
    queryFn: ({ signal }) => call(applicationRoutes.one, { params: { caseId: caseId ?? '' }, signal }),
    enabled: Boolean(caseId),
  });
}

/**
 * The path that a form would take and what it lacks. While a newer answer is on its way the last one stays, so that
 * the page does not flicker with each key.
 */
export function useApplicationCheck(body: CheckApplication | null) {
  return useQuery<ApplicationCheck>({
    queryKey: ['application-check', body],
    queryFn: ({ signal }) =>
      call(applicationRoutes.check, { body: body ?? { form: {}, documents: [] }, signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

/** Shows the answer everywhere at once: the list, the wallet and the consents have changed with it. */
async function remember(application: Application): Promise<Application> {
  queryClient.setQueryData(applicationKey(application.caseId), application);
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: APPLICATIONS_KEY, exact: true }),
    queryClient.invalidateQueries({ queryKey: CARDS_KEY }),
    queryClient.invalidateQueries({ queryKey: CONSENTS_KEY }),
  ]);
  return application;
}

export async function submitApplication(
  input: Omit<SubmitApplication, 'consentVersion'>,
  idempotencyKey: string,
): Promise<Application> {
  const body = { ...input, consentVersion: CONSENT_VERSIONS['card-application'] };
  return remember(await call(applicationRoutes.submit, { body, idempotencyKey }));
}

export async function resubmitApplication(
  { caseId, ...body }: { caseId: string } & BodyOf<typeof applicationRoutes.resubmit>,
  idempotencyKey: string,
): Promise<Application> {
  return remember(await call(applicationRoutes.resubmit, { params: { caseId }, body, idempotencyKey }));
}

export async function withdrawApplication(
  { caseId, version }: { caseId: string; version: number },
  idempotencyKey: string,
): Promise<Application> {
  try {
    return await remember(
      await call(applicationRoutes.withdraw, { params: { caseId }, body: { version }, idempotencyKey }),
    );
  } catch (failure) {
    // Somebody was faster: show what has become of it.
    if (failure instanceof ApiError && failure.status === 409) {
      await queryClient.invalidateQueries({ queryKey: applicationKey(caseId) });
    }
    throw failure;
  }
}
