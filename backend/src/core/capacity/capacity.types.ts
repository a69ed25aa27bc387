/** Why places are taken: a booking, a night in a bed, an offer to somebody in line. One cause may take in several pools. */
export interface Cause {
  readonly type: string;
  readonly id: string;
}

/** Causes of this type are the kernel's own: `id` is that of somebody in line. */
export const OFFER = 'offer';

export interface PoolPlan {
  readonly capacity: number;
  /** Of these places at most so many for a class; a class that is not named has no limit of its own. */
  readonly classCapacities: Readonly<Record<string, number>>;
}

export interface PlaceClaim {
  readonly poolId: string;
  /** Places, companions counted. */
  readonly amount: number;
  readonly cardClass: string | null;
  readonly cause: Cause;
  /** Until when the places are only held; null: for good. */
  readonly heldUntil: Date | null;
}

export type ClaimAnswer =
  | { readonly ok: true; readonly left: number }
  /** `left`: places that somebody of the class could still get, fewer than were asked for. */
  | { readonly ok: false; readonly code: 'SLOT_FULL' | 'SLOT_CLOSED'; readonly left: number };

/** Somebody who joins the line of a pool. */
export interface NewWaiter {
  /** Chosen by the feature, which keeps a row of its own under it; the order of the ids is the order of the line. */
  readonly id: string;
  readonly poolId: string;
  /** Whose handler is told. */
  readonly ownerType: string;
  readonly amount: number;
  readonly cardClass: string | null;
  /** How long a place is held for them once one is free. */
  readonly offerMinutes: number;
  /** Waiting longer makes no sense; no offer lasts beyond it. */
  readonly waitUntil: Date;
  /**
   * Until then nobody behind them gets a place that they could use: one that becomes free is put aside for them until
   * they have all they need. Afterwards whoever needs no more than is free goes first. Null: never put aside.
   */
  readonly keepUntil: Date | null;
}
export interface Waiter extends NewWaiter {
  /** Places held for them: some while they are put aside, all once they are offered. */
  readonly kept: number;
  /** Until when places are held for them; null while they wait. */
  readonly offeredUntil: Date | null;
  /** Stands in line and is given nothing, until their feature takes them up again. */
  readonly passedOver: boolean;
}

/** What to do where less is wanted than is taken: nothing, or shrink as places are given back. */
export type BelowTaken = 'refuse' | 'shrink';

export interface PoolCounts {
  readonly capacity: number;
  /** Claimed, held or offered. */
  readonly taken: number;
  /** Places left for somebody of a class that has a limit of its own. */
  readonly classLeft: Readonly<Record<string, number>>;
  /** In line, without those who have an offer. */
  readonly waiting: number;
  readonly closed: boolean;
}
