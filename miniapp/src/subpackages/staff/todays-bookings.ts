import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import type { AdminBooking, Arrivals } from '@talent-card/shared/bookings/schema';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '@/platform/query';
import { callAs } from '@/platform/request';
import { asClerk } from './clerk';

const arrivalsKey = (venueId: string) => ['arrivals', venueId] as const;

/** Who has booked for today at a venue, by time. */
export function useArrivals(venueId: string) {
  return useQuery<Arrivals>({
    queryKey: arrivalsKey(venueId),
    queryFn: ({ signal }) =>
      asClerk((token) => callAs(token, bookingAdminRoutes.arrivals, { query: { venueId }, signal })),
  });
}

/** Checks somebody in by the number of the booking. */
export async function checkInByNumber(
  input: { venueId: string; number: string },
  idempotencyKey: string,
): Promise<AdminBooking> {
  const booking = await asClerk((token) =>
    callAs(token, bookingAdminRoutes.checkIn, { body: input, idempotencyKey }),
  );
  await queryClient.invalidateQueries({ queryKey: arrivalsKey(input.venueId) });
  return booking;
}
