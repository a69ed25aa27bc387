import type { BookingTimes } from './booking.rules.js';

/** The last part of the time for booking, in which no place is put aside any more. */
const LAST_MS = 24 * 3_600_000;

/**
 * Until when the line of a slot is served strictly in order. Until then a place is put aside for a party that needs
 * more than is free; a place is only lost if nobody has it when the slot begins, so waiting for its mate costs nothing.
 * In the last day before booking closes, or in the second half of a shorter time for booking, whoever needs no more
 * than is free goes first: that is long enough for offers to go round.
 */
export function inOrderUntil({
  opensAt,
  bookableUntil,
}: Pick<BookingTimes, 'opensAt' | 'bookableUntil'>): Date {
  const open = Math.max(0, bookableUntil.getTime() - opensAt.getTime());
  return new Date(bookableUntil.getTime() - Math.min(LAST_MS, open / 2));
}
