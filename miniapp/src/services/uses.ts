import { ratingRoutes } from '@talent-card/shared/feedback/routes';
import type { Rate, Rating } from '@talent-card/shared/feedback/schema';
import { useRoutes as routes } from '@talent-card/shared/uses/routes';
import type { Use } from '@talent-card/shared/uses/schema';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ApiError } from '@/platform/api-error';
import { queryClient } from '@/platform/query';
import { call } from '@/platform/request';
import { useMe } from './account';

export const USES_KEY = ['uses'] as const;
const MINE_KEY = [...USES_KEY, 'mine'] as const;
const keyOfUse = (useId: string) => [...USES_KEY, 'one', useId] as const;
const ratingKey = (ratingId: string) => ['ratings', ratingId] as const;

/** The caller's uses, newest first. */
export function useUses() {
  const me = useMe();
  return useInfiniteQuery({
    queryKey: MINE_KEY,
    queryFn: ({ pageParam, signal }) =>
      call(routes.mine, { query: pageParam ? { cursor: pageParam } : {}, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled: Boolean(me.data?.person),
  });
}

export function useUse(useId: string) {
  return useQuery<Use>({
    queryKey: keyOfUse(useId),
    queryFn: ({ signal }) => call(routes.one, { params: { useId }, signal }),
  });
}

export function useRating(ratingId: string) {
  return useQuery<Rating>({
    queryKey: ratingKey(ratingId),
    queryFn: ({ signal }) => call(ratingRoutes.one, { params: { ratingId }, signal }),
  });
}

/** Somebody else, or another phone, was faster: what is on the screen is old. */
async function orRefresh<T>(work: Promise<T>, queryKey: readonly unknown[]): Promise<T> {
  try {
    return await work;
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 409) {
      await queryClient.invalidateQueries({ queryKey });
    }
    throw failure;
  }
}

export async function disputeUse(
  { useId, reason }: { useId: string; reason: string },
  idempotencyKey: string,
): Promise<Use> {
  const args = { params: { useId }, body: { reason }, idempotencyKey };
  const use = await orRefresh(call(routes.dispute, args), keyOfUse(useId));
  queryClient.setQueryData(keyOfUse(useId), use);
  void queryClient.invalidateQueries({ queryKey: MINE_KEY });
  return use;
}

export async function rateUse(
  { useId, ...body }: { useId: string } & Rate,
  idempotencyKey: string,
): Promise<Rating> {
  const rating = await orRefresh(
    call(ratingRoutes.rate, { params: { useId }, body, idempotencyKey }),
    keyOfUse(useId),
  );
  queryClient.setQueryData(ratingKey(rating.ratingId), rating);
  await queryClient.invalidateQueries({ queryKey: USES_KEY });
  return rating;
}

export async function appealRating(
  { ratingId, reason }: { ratingId: string; reason: string },
  idempotencyKey: string,
): Promise<Rating> {
  const args = { params: { ratingId }, body: { reason }, idempotencyKey };
  const rating = await orRefresh(call(ratingRoutes.appeal, args), ratingKey(ratingId));
  queryClient.setQueryData(ratingKey(ratingId), rating);
  return rating;
}
