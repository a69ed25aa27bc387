import type { StateTable } from '../common/state-table.js';

/**
 * `held` waits for an office; `booked` is sure; `arrived` was checked in; `no-show` did not come and may be excused on
 * appeal; `lapsed` was held and not decided in time.
 */
export const BOOKING_STATES = [
  'held',
  'booked',
  'arrived',
  'cancelled',
  'no-show',
  'excused',
  'lapsed',
] as const;
export type BookingState = (typeof BOOKING_STATES)[number];

export const bookingStates: StateTable<BookingState> = {
  held: ['booked', 'cancelled', 'lapsed'],
  booked: ['arrived', 'cancelled', 'no-show'],
  // A check-in by mistake is undone by the venue.
  arrived: ['booked'],
  cancelled: [],
  'no-show': ['arrived', 'excused'],
  excused: [],
  lapsed: [],
};
/** States that keep a place. */
export const LIVE_BOOKING_STATES = ['held', 'booked'] as const satisfies readonly BookingState[];

/** `waiting` in line; `offered` has a place held until a time; `accepted` became a booking. */
export const WAITING_STATES = ['waiting', 'offered', 'accepted', 'declined', 'lapsed', 'left'] as const;
export type WaitingState = (typeof WAITING_STATES)[number];

export const waitingStates: StateTable<WaitingState> = {
  waiting: ['offered', 'left', 'lapsed'],
  offered: ['accepted', 'declined', 'lapsed', 'left'],
  accepted: [],
  declined: [],
  lapsed: [],
  left: [],
};
