import { applicationRoutes } from '@talent-card/shared/cards/routes';
import type { ResponseOf } from '@talent-card/shared/common/route';
import { useQuery } from '@tanstack/react-query';
import { call } from '@/platform/request';
import { useMe } from './account';

export type ApplicationSummary = ResponseOf<typeof applicationRoutes.mine>['items'][number];

export const APPLICATIONS_KEY = ['applications'] as const;

/** The caller's card applications, newest first. */
export function useApplications() {
  const me = useMe();
  return useQuery<ApplicationSummary[]>({
    queryKey: APPLICATIONS_KEY,
    queryFn: async ({ signal }) => (await call(applicationRoutes.mine, { signal })).items,
    enabled: Boolean(me.data?.person),
  });
}
