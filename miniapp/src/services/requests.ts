import type { BodyOf } from '@talent-card/shared/common/route';
import { requestRoutes } from '@talent-card/shared/requests/routes';
import type { ServiceRequest, ServiceRequestRow, SubmitRequest } from '@talent-card/shared/requests/schema';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '@/platform/api-error';
import { queryClient } from '@/platform/query';
import { call } from '@/platform/request';
import { useMe } from './account';

export const REQUESTS_KEY = ['requests'] as const;
const requestKey = (caseId: string) => [...REQUESTS_KEY, caseId] as const;

/** What the caller asked of offices, newest first. */
export function useRequests() {
  const me = useMe();
  return useQuery<ServiceRequestRow[]>({
    queryKey: REQUESTS_KEY,
    queryFn: async ({ signal }) => (await call(requestRoutes.mine, { signal })).items,
    enabled: Boolean(me.data?.person),
  });
}

/** One request. Without a case nothing is asked for. */
export function useRequest(caseId: string | undefined) {
  return useQuery<ServiceRequest>({
    queryKey: requestKey(caseId ?? ''),
    queryFn: ({ signal }) => call(requestRoutes.one, { params: { caseId: caseId ?? '' }, signal }),
    enabled: Boolean(caseId),
  });
}

async function remember(request: ServiceRequest): Promise<ServiceRequest> {
  queryClient.setQueryData(requestKey(request.caseId), request);
  await queryClient.invalidateQueries({ queryKey: REQUESTS_KEY, exact: true });
  return request;
}

/** Somebody was faster: show what has become of it. */
async function orRefresh<T>(work: Promise<T>, caseId: string): Promise<T> {
  try {
    return await work;
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 409) {
      await queryClient.invalidateQueries({ queryKey: requestKey(caseId) });
    }
    throw failure;
  }
}

export async function submitRequest(body: SubmitRequest, idempotencyKey: string): Promise<ServiceRequest> {
  return remember(await call(requestRoutes.submit, { body, idempotencyKey }));
}

export async function resubmitRequest(
  { caseId, ...body }: { caseId: string } & BodyOf<typeof requestRoutes.resubmit>,
  idempotencyKey: string,
): Promise<ServiceRequest> {
  const work = call(requestRoutes.resubmit, { params: { caseId }, body, idempotencyKey });
  return remember(await orRefresh(work, caseId));
}

export async function withdrawRequest(
  { caseId, version }: { caseId: string; version: number },
  idempotencyKey: string,
): Promise<ServiceRequest> {
  const work = call(requestRoutes.withdraw, { params: { caseId }, body: { version }, idempotencyKey });
  return remember(await orRefresh(work, caseId));
}
