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
  // Taken back while its holder could not accept: they are passed over, and wait on where they stood.
  offered: ['accepted', 'declined', 'lapsed', 'left', 'waiting'],
  accepted: [],
  declined: [],
  lapsed: [],
  left: [],
};

/**
 * Why somebody in line is passed over, or waits no longer. `card`: it is suspended or reported lost, or there is none any
 * more; `channel`: it is not open to them now; `quota`: all uses are spent or held for another offer; `overlap`: they have
 * another booking or offer at that time; `pause`: they did not come too often.
 */
export const WAITING_REASONS = ['card', 'channel', 'quota', 'overlap', 'pause'] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];
