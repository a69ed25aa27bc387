import type { BookingRow } from './booking.entity.js';

/** Somebody is checked in until this moment: while the slot lasts, and within the grace where that is longer. */
export const checkInEnds = ({ arriveUntil, endsAt }: Pick<BookingRow, 'arriveUntil' | 'endsAt'>): Date =>
  arriveUntil > endsAt ? arriveUntil : endsAt;

/** Whether somebody who came at a moment came in time to be checked in. */
export const mayCheckIn = (booking: Pick<BookingRow, 'arriveUntil' | 'endsAt'>, at: Date): boolean =>
  at < checkInEnds(booking);

/**
 * Whether a booking may have a point for not having come, which a check-in ends. It may from the grace on, whatever was
 * read of it before its person had their turn: the job that counts who did not come may have been faster.
 */
export const mayHavePoint = (
  { status, arriveUntil }: { readonly status: string; readonly arriveUntil: Date },
  now: Date,
): boolean => status === 'no-show' || arriveUntil <= now;
