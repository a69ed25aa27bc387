import type { CallArguments, ResponseOf, Route } from '@talent-card/shared/common/route';
import type { Page } from '@talent-card/shared/common/schema';
import {
  keepPreviousData,
  QueryClient,
  type QueryKey,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiError, call, callLoosely, newIdempotencyKey } from './api.js';
import { whenSignedOut } from './session.js';

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.isUncertain,
      },
    },
  });
}

export const queryClient = makeQueryClient();
whenSignedOut(() => queryClient.clear());

/** Path first, so that everything below `/admin/cards` can be made stale at once. */
export const keyOf = (route: Route, args: unknown): QueryKey => [route.path, args];

interface ReadOptions<T> {
  enabled?: boolean;
  staleTime?: number;
  /** Milliseconds until the next look, or false to stop. */
  refetchInterval?: (data: T | undefined) => number | false;
  keepPrevious?: boolean;
}

/** Server data of one route. */
export function useRead<R extends Route>(
  route: R,
  args: CallArguments<R>,
  options: ReadOptions<ResponseOf<R>> = {},
): UseQueryResult<ResponseOf<R>, Error> {
  const { enabled, staleTime, refetchInterval, keepPrevious } = options;
  return useQuery<ResponseOf<R>, Error, ResponseOf<R>>({
    queryKey: keyOf(route, args),
    queryFn: ({ signal }) => call(route, args, { signal }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(staleTime === undefined ? {} : { staleTime }),
    ...(refetchInterval ? { refetchInterval: (query) => refetchInterval(query.state.data) } : {}),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

type PageRoute<T> = Route<{ query: unknown; response: Page<T> }>;

/** What a list page needs to know of its server data. */
export interface Pages<T> {
  items: readonly T[];
  total: number | undefined;
  status: 'loading' | 'ready' | 'failed';
  error: Error | null;
  hasMore: boolean;
  loadingMore: boolean;
  refreshing: boolean;
  loadMore(): void;
  reload(): void;
}

/** A cursor-paged list. The pages already read stay when a detail page was visited in between. */
export function usePages<T>(
  route: PageRoute<T>,
  query: Readonly<Record<string, unknown>>,
  options: {
    params?: Record<string, string>;
    limit?: number;
    enabled?: boolean;
    refetchInterval?: number | false;
  } = {},
): Pages<T> {
  const limit = options.limit ?? 30;
  const result: UseInfiniteQueryResult<{ pages: Page<T>[] }, Error> = useInfiniteQuery({
    queryKey: [route.path, options.params, 'pages', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const args = { params: options.params, query: { ...query, cursor: pageParam, limit } };
      return callLoosely<Page<T>>(route, args, { signal });
    },
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchInterval ?? false,
  });
  return {
    items: result.data?.pages.flatMap((page) => page.items) ?? [],
    total: result.data?.pages[0]?.total,
    status: result.data ? 'ready' : result.isError ? 'failed' : 'loading',
    error: result.error,
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    refreshing: result.isFetching && !result.isFetchingNextPage,
    loadMore: () => void result.fetchNextPage(),
    reload: () => void result.refetch(),
  };
}

/** A list that comes whole, for a table that also shows paged ones. */
export function wholeList<T>(read: UseQueryResult<unknown, Error>, items: readonly T[]): Pages<T> {
  return {
    items,
    total: items.length,
    status: read.data ? 'ready' : read.isError ? 'failed' : 'loading',
    error: read.error,
    hasMore: false,
    loadingMore: false,
    refreshing: read.isFetching,
    loadMore: () => undefined,
    reload: () => void read.refetch(),
  };
}

/**
 * A write. The idempotency key stays the same while the same submission is repeated after an answer that was lost, and
 * changes with the next submission, or once the server has given a final answer.
 */
export function useWrite<R extends Route>(
  route: R,
  options: {
    onDone?: (answer: ResponseOf<R>, args: CallArguments<R>) => void;
    stale?: readonly Route[];
  } = {},
): UseMutationResult<ResponseOf<R>, Error, CallArguments<R>> {
  const submission = useRef<{ fingerprint: string; key: string } | null>(null);
  return useMutation<ResponseOf<R>, Error, CallArguments<R>>({
    // Answers may hold a one-time password or an identity number: they leave memory with the page that asked.
    gcTime: 0,
    mutationFn: async (args) => {
      const fingerprint = JSON.stringify(args);
      if (submission.current?.fingerprint !== fingerprint) {
        submission.current = { fingerprint, key: newIdempotencyKey() };
      }
      try {
        const answer = await call(route, args, { idempotencyKey: submission.current.key });
        submission.current = null;
        return answer;
      } catch (error) {
        if (error instanceof ApiError && !error.isUncertain) submission.current = null;
        throw error;
      }
    },
    onSuccess: (answer, args) => {
      for (const read of options.stale ?? []) void queryClient.invalidateQueries({ queryKey: [read.path] });
      options.onDone?.(answer, args);
    },
  });
}
