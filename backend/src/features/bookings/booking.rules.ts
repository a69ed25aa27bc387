import type { BookingState } from '@talent-card/shared/bookings/booking-state';
import type { BookingRules } from '@talent-card/shared/channels/schema';
import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import { addDays, serviceDate, startOfServiceDay } from '../../platform/clock/shanghai.js';
import { type Outcome, refused } from '../../platform/errors/outcome.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** When a slot may be booked, left, moved and arrived at. */
export interface BookingTimes {
  readonly opensAt: Date;
  readonly bookableUntil: Date;
  readonly cancelUntil: Date;
  readonly rescheduleUntil: Date;
  readonly arriveUntil: Date;
}

export interface SlotTime {
  readonly serviceDate: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export function bookingTimes(rules: BookingRules, slot: SlotTime): BookingTimes {
  const before = (minutes: number): Date => new Date(slot.startsAt.getTime() - minutes * MINUTE_MS);
  const [hours = 0, minutes = 0] = rules.opensAt.split(':').map(Number);
  const openingDay = startOfServiceDay(addDays(slot.serviceDate, -rules.opensDaysAhead));
  return {
    opensAt: new Date(openingDay.getTime() + (hours * 60 + minutes) * MINUTE_MS),
    bookableUntil: before(rules.leadMinutes),
    cancelUntil: before(rules.cancelMinutes),
    rescheduleUntil: before(rules.rescheduleMinutes),
    arriveUntil: before(-Math.min(rules.graceMinutes, DAY_MINUTES)),
  };
}

/** A time that the person has already. */
export interface OwnTime {
  readonly bookingId: string;
  readonly slotId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Everything that decides whether one person may have one slot, as it stands at `now`; places and quota follow after. */
export interface BookingQuestion {
  readonly now: Date;
  readonly slot: (SlotTime & { readonly slotId: string }) | undefined;
  /** The slot takes nobody more. */
  readonly closed: boolean;
  /** Null: the channel is not booked, or not open. */
  readonly rules: BookingRules | null;
  readonly companions: number;
  readonly person: {
    readonly pausedUntil: string | null;
    readonly own: readonly OwnTime[];
  };
  readonly entitlement:
    | { readonly ok: true; readonly companions: number }
    | { readonly ok: false; readonly code: ErrorCode; readonly details: Readonly<Record<string, unknown>> };
  /** The consent that the channel needs and the person has not given. */
  readonly missingConsent: { readonly purpose: string; readonly currentVersion: string } | null;
  /** A place was offered from the line: when booking opened no longer matters. */
  readonly offered?: boolean;
}

/** The times of a booking that may be made, or the first reason why not, in the order in which a person would ask. */
export function decideBooking(question: BookingQuestion): Outcome<BookingTimes> {
  const { slot, rules, now } = question;
  if (!slot) return refused('NOT_FOUND');
  if (!rules) return refused('CHANNEL_NOT_OPEN');
  const times = bookingTimes(rules, slot);
  return (
    wrongTime(question, slot, times) ??
    wrongPerson(question, now) ??
    clash(slot, question.person.own) ?? { ok: true, value: times }
  );
}

function wrongTime(
  { now, closed, offered = false }: BookingQuestion,
  slot: SlotTime & { readonly slotId: string },
  { opensAt, bookableUntil }: BookingTimes,
): Outcome<never> | null {
  const { slotId } = slot;
  if (slot.startsAt <= now) return refused('SLOT_PAST', { slotId, startsAt: slot.startsAt.toISOString() });
  if (closed) return refused('SLOT_CLOSED', { slotId });
  if (opensAt > now && !offered)
    return refused('SLOT_NOT_OPEN_YET', { slotId, opensAt: opensAt.toISOString() });
  if (bookableUntil <= now) {
    return refused('BOOKING_TOO_LATE', { slotId, bookableUntil: bookableUntil.toISOString() });
  }
  return null;
}

function wrongPerson(
  { person, entitlement, companions, missingConsent }: BookingQuestion,
  now: Date,
): Outcome<never> | null {
  if (isPaused(person.pausedUntil, now))
    return refused('BOOKING_PAUSED', { pausedUntil: person.pausedUntil });
  if (!entitlement.ok) return refused(entitlement.code, { ...entitlement.details });
  if (companions > entitlement.companions) {
    return refused('COMPANIONS_TOO_MANY', { most: entitlement.companions });
  }
  return missingConsent ? refused('BOOKING_CONSENT_REQUIRED', { ...missingConsent }) : null;
}

/** `pausedUntil` is the day on which booking is possible again. */
export const isPaused = (pausedUntil: string | null, now: Date): boolean =>
  pausedUntil !== null && serviceDate(now) < pausedUntil;

/** Touching ends are no overlap. */
export const overlap = (
  one: Pick<SlotTime, 'startsAt' | 'endsAt'>,
  other: Pick<SlotTime, 'startsAt' | 'endsAt'>,
): boolean => one.startsAt < other.endsAt && other.startsAt < one.endsAt;

/** One person is in one place at a time. */
function clash(slot: SlotTime & { readonly slotId: string }, own: readonly OwnTime[]): Outcome<never> | null {
  const same = own.find((one) => one.slotId === slot.slotId);
  if (same) return refused('BOOKING_EXISTS', { bookingId: same.bookingId });
  const over = own.find((one) => overlap(one, slot));
  if (!over) return null;
  const { bookingId, startsAt, endsAt } = over;
  return refused('BOOKING_OVERLAP', {
    bookingId,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  });
}

/** Whether the holder may still cancel: an undecided one until the end, a sure one until its deadline. */
export const mayCancel = (
  booking: { status: BookingState; cancelUntil: Date; startsAt: Date },
  now: Date,
): boolean =>
  (booking.status === 'held' && now < booking.startsAt) ||
  (booking.status === 'booked' && now <= booking.cancelUntil);

/** A reviewed booking stays where the office allowed it: it is cancelled and asked for anew. */
export const mayReschedule = (
  booking: { status: BookingState; rescheduleUntil: Date; caseId: string | null },
  now: Date,
): boolean => booking.status === 'booked' && booking.caseId === null && now <= booking.rescheduleUntil;
