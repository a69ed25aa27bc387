import { bookingRoutes, waitingRoutes } from '@talent-card/shared/bookings/routes';
import type { Booking, Waiting } from '@talent-card/shared/bookings/schema';
import { useQuery } from '@tanstack/react-query';
import { call } from '@/platform/request';
import { useMe } from './account';

/* What the home page shows of bookings, apart from everything else that is done with them. */

export const BOOKINGS_KEY = ['bookings'] as const;
export const WAITING_KEY = ['waiting'] as const;

/** The booking that comes next, or null. */
export function useNextBooking() {
  const me = useMe();
  return useQuery<Booking | null>({
    queryKey: [...BOOKINGS_KEY, 'next'],
    queryFn: async ({ signal }) =>
      (await call(bookingRoutes.mine, { query: { when: 'upcoming', limit: 1 }, signal })).items[0] ?? null,
    enabled: Boolean(me.data?.person),
  });
}

export function useWaitings() {
  const me = useMe();
  return useQuery<Waiting[]>({
    queryKey: WAITING_KEY,
    queryFn: async ({ signal }) => (await call(waitingRoutes.mine, { signal })).items,
    enabled: Boolean(me.data?.person),
  });
}
