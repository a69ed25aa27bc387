import type { WaitingReason } from '@talent-card/shared/bookings/booking-state';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import type { DomainError } from '../../platform/errors/domain-error.js';
import { type BookingTimes, overlap, type SlotTime } from './booking.rules.js';

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

/** What stands against somebody in line: for good, or until it has changed. */
export interface Obstacle {
  readonly reason: WaitingReason;
  readonly forGood: boolean;
}

const forNow = (reason: WaitingReason): Obstacle => ({ reason, forGood: false });

/**
 * What a refusal means to somebody who waits. Null: nothing, since it is of the slot and not of them; its line ends by
 * itself. Whoever holds no card that will work on the day waits in vain; all else may change, and they keep their place. A
 * channel that serves none of their cards answers like no card at all: who asks looks at the cards before ending a wait.
 */
export function obstacleOf({ code, details }: Pick<DomainError, 'code' | 'details'>): Obstacle | null {
  switch (code) {
    case 'NOT_ENTITLED': {
      const open = (details.conditions ?? []) as readonly Condition[];
      const card = open.find((condition) => condition.code === 'HOLDS_CARD');
      if (!card) return forNow('channel');
      return { reason: 'card', forGood: card.reason === 'HOLDS_CARD.NONE' };
    }
    case 'CHANNEL_NOT_OPEN':
    case 'COMPANIONS_TOO_MANY':
      return forNow('channel');
    case 'QUOTA_GONE':
    case 'FUNDED_ELSEWHERE':
      return forNow('quota');
    case 'BOOKING_EXISTS':
    case 'BOOKING_OVERLAP':
      return forNow('overlap');
    case 'BOOKING_PAUSED':
      return forNow('pause');
    default:
      return null;
  }
}

/** One wait of a person, as it stands under the lock of its pool. */
export interface Standing {
  readonly id: string;
  readonly time: Pick<SlotTime, 'startsAt' | 'endsAt'>;
  readonly offered: boolean;
  /** Places held for it, all of them once they are offered. */
  readonly kept: number;
  /** What stands against it by itself; null: nothing. */
  readonly obstacle: Obstacle | null;
  /** Whether quota is left for it, counting what was spent by `spend` before. */
  affordable(): boolean;
  /** Counts it as a use from here on, in memory only. */
  spend(): void;
}

export interface Verdict {
  readonly id: string;
  /** Null: they may be served. */
  readonly obstacle: Obstacle | null;
  /** May be served, but nothing is put aside for it: their quota does not cover it beside what is kept for them. */
  readonly keepNothing: boolean;
}

/**
 * How the waits of one person stand, in the order in which they joined. An offer counts like a booking: while it stands, nothing
 * else is offered at that time, nor for the use that it takes. What is put aside counts only against more that is put
 * aside: a party may be collected for in one line and be offered all it needs in another, whichever comes first.
 */
export function judge(waits: readonly Standing[]): Verdict[] {
  const verdicts = new Map<string, Verdict>();
  const put = (id: string, obstacle: Obstacle | null, keepNothing = false) =>
    verdicts.set(id, { id, obstacle, keepNothing });
  const offers: Standing[] = [];
  const inTheWay = (wait: Standing): Obstacle | null => {
    if (wait.obstacle) return wait.obstacle;
    if (offers.some(({ time }) => overlap(time, wait.time))) return forNow('overlap');
    return wait.affordable() ? null : forNow('quota');
  };
  for (const wait of waits.filter(({ offered }) => offered)) {
    const obstacle = inTheWay(wait);
    put(wait.id, obstacle);
    if (obstacle) continue;
    offers.push(wait);
    wait.spend();
  }
  const inLine = waits.filter(({ offered }) => !offered);
  for (const wait of inLine) put(wait.id, inTheWay(wait));
  for (const wait of inLine) {
    if (wait.kept === 0 || verdicts.get(wait.id)?.obstacle) continue;
    if (wait.affordable()) wait.spend();
    else put(wait.id, null, true);
  }
  return waits.flatMap(({ id }) => verdicts.get(id) ?? []);
}
