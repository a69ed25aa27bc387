import { bookingRoutes, waitingRoutes } from '@talent-card/shared/bookings/routes';
import type {
  Book,
  Booking,
  SlotWeek,
  Standing,
  VacancyAlert,
  Waiting,
} from '@talent-card/shared/bookings/schema';
import type { BodyOf } from '@talent-card/shared/common/route';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ApiError } from '@/platform/api-error';
import { queryClient } from '@/platform/query';
import { call } from '@/platform/request';
import { useMe } from './account';
import { ENTITLEMENTS_KEY } from './channels';
import { BOOKINGS_KEY, WAITING_KEY } from './upcoming';

export const SLOTS_KEY = ['slots'] as const;
const ALERTS_KEY = ['vacancy-alerts'] as const;
const STANDING_KEY = [...BOOKINGS_KEY, 'standing'] as const;
const bookingKey = (bookingId: string) => [...BOOKINGS_KEY, 'one', bookingId] as const;

/** How long counts on the screen are believed: other people book meanwhile. */
const SLOTS_FRESH_MS = 5_000;
const SLOTS_LIVE_MS = 20_000;

export interface SlotsAsked {
  channelId: string;
  venueId: string;
  from: string;
  days: number;
}
/**
 * Free places of some days. Without a venue nothing is asked for; a week that is left stays until the next is there.
 * `live` asks again every so often: while somebody looks at it.
 */
export function useSlots(asked: SlotsAsked | null, live: boolean) {
  return useQuery<SlotWeek>({
    queryKey: [...SLOTS_KEY, asked],
    queryFn: ({ signal }) => {
      const { channelId, ...query } = asked ?? { channelId: '', venueId: '', from: '', days: 7 };
      return call(bookingRoutes.slots, { params: { channelId }, query, signal });
    },
    enabled: asked !== null,
    staleTime: SLOTS_FRESH_MS,
    refetchInterval: live ? SLOTS_LIVE_MS : false,
    placeholderData: keepPreviousData,
  });
}

export function useBookings(when: 'upcoming' | 'past') {
  const me = useMe();
  return useInfiniteQuery({
    queryKey: [...BOOKINGS_KEY, 'mine', when],
    queryFn: ({ pageParam, signal }) =>
      call(bookingRoutes.mine, { query: { when, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled: Boolean(me.data?.person),
  });
}

export function useBooking(bookingId: string | undefined) {
  return useQuery<Booking>({
    queryKey: bookingKey(bookingId ?? ''),
    queryFn: ({ signal }) => call(bookingRoutes.one, { params: { bookingId: bookingId ?? '' }, signal }),
    enabled: Boolean(bookingId),
  });
}

export function useStanding() {
  const me = useMe();
  return useQuery<Standing>({
    queryKey: STANDING_KEY,
    queryFn: ({ signal }) => call(bookingRoutes.standing, { signal }),
    enabled: Boolean(me.data?.person),
  });
}

/** Everything that a booking may have changed is asked for again where it is shown; what has just come is not. */
async function refresh(known?: Booking): Promise<void> {
  const changed = [BOOKINGS_KEY, WAITING_KEY, SLOTS_KEY, ENTITLEMENTS_KEY].map((key) => key[0]);
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [area, kind, id] }) =>
      changed.includes(area as (typeof changed)[number]) &&
      !(area === BOOKINGS_KEY[0] && kind === 'one' && id === known?.bookingId),
  });
}

/** Keeps the answer, so that the page it leads to is there at once. */
function remember(booking: Booking): Booking {
  queryClient.setQueryData(bookingKey(booking.bookingId), booking);
  void refresh(booking);
  return booking;
}

/** After a refusal the counts on the screen are known to be old. */
async function orRefresh<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 409) await refresh();
    throw failure;
  }
}

export async function book(body: Book, idempotencyKey: string): Promise<Booking> {
  return remember(await orRefresh(call(bookingRoutes.book, { body, idempotencyKey })));
}

export async function reschedule(
  { bookingId, slotId }: { bookingId: string; slotId: string },
  idempotencyKey: string,
): Promise<Booking> {
  const args = { params: { bookingId }, body: { slotId }, idempotencyKey };
  return remember(await orRefresh(call(bookingRoutes.reschedule, args)));
}

export async function cancelBooking(bookingId: string, idempotencyKey: string): Promise<Booking> {
  const work = call(bookingRoutes.cancel, { params: { bookingId }, idempotencyKey });
  return remember(await orRefresh(work));
}

export async function appealNoShow(
  { bookingId, reason }: { bookingId: string; reason: string },
  idempotencyKey: string,
): Promise<Booking> {
  const args = { params: { bookingId }, body: { reason }, idempotencyKey };
  return remember(await orRefresh(call(bookingRoutes.appeal, args)));
}

export async function joinLine(
  body: BodyOf<typeof waitingRoutes.join>,
  idempotencyKey: string,
): Promise<Waiting> {
  const waiting = await orRefresh(call(waitingRoutes.join, { body, idempotencyKey }));
  await refresh();
  return waiting;
}

export async function acceptOffer(waitingId: string, idempotencyKey: string): Promise<Booking> {
  const work = call(waitingRoutes.accept, { params: { waitingId }, idempotencyKey });
  return remember(await orRefresh(work));
}

export async function leaveLine(waitingId: string, idempotencyKey: string): Promise<Waiting> {
  const waiting = await orRefresh(call(waitingRoutes.leave, { params: { waitingId }, idempotencyKey }));
  await refresh();
  return waiting;
}

export function useAlerts() {
  const me = useMe();
  return useQuery<VacancyAlert[]>({
    queryKey: ALERTS_KEY,
    queryFn: async ({ signal }) => (await call(waitingRoutes.alerts, { signal })).items,
    enabled: Boolean(me.data?.person),
  });
}

export async function setAlert(
  body: BodyOf<typeof waitingRoutes.setAlert>,
  idempotencyKey: string,
): Promise<VacancyAlert> {
  const alert = await call(waitingRoutes.setAlert, { body, idempotencyKey });
  await queryClient.invalidateQueries({ queryKey: ALERTS_KEY });
  return alert;
}

export async function removeAlert(alertId: string, idempotencyKey: string): Promise<true> {
  await call(waitingRoutes.removeAlert, { params: { alertId }, idempotencyKey });
  await queryClient.invalidateQueries({ queryKey: ALERTS_KEY });
  return true;
}
