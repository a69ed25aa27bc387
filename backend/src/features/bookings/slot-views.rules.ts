import type { SlotState } from '@talent-card/shared/bookings/schema';

/** What decides whether a slot can be booked, for anybody. */
export interface SlotQuestion {
  readonly now: Date;
  /** Closed by the venue, or its pool is. */
  readonly closed: boolean;
  /** Places left for anybody. */
  readonly left: number;
  readonly startsAt: Date;
  readonly opensAt: Date;
  readonly bookableUntil: Date;
}

/** Why a slot cannot be booked, or that it can: what cannot change any more comes first. */
export function slotState(slot: SlotQuestion): SlotState {
  if (slot.startsAt <= slot.now || slot.bookableUntil <= slot.now) return 'past';
  if (slot.closed) return 'closed';
  if (slot.opensAt > slot.now) return 'not-yet-open';
  return slot.left > 0 ? 'open' : 'full';
}
