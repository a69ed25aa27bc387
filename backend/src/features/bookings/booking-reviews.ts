import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import { Capacity } from '../../core/capacity/capacity.service.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import type { Tx } from '../../platform/database/tx.js';
import { BookingsRepository } from './bookings.repository.js';

/** What a review needs to know of the booking that waits for it. */
export interface HeldBooking {
  readonly bookingId: string;
  readonly personId: string;
  readonly channelId: string;
  readonly venueId: string;
  /** Of the venue: who there decides. */
  readonly zoneCode: ZoneCode;
  readonly slotId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly companions: number;
  readonly note: string | null;
  /** The place is given back unless it is decided by then. */
  readonly heldUntil: Date;
}

/** Whoever reviews bookings of channels that want it. */
export interface BookingReview {
  /** Opens the case and answers its id. Later `Bookings.confirmHeld` or `releaseHeld` is called. */
  open(tx: Tx, principal: PersonPrincipal, booking: HeldBooking): Promise<string>;
  /** The booking was cancelled by its holder, or its time came undecided: the case is moot. */
  close(tx: Tx, caseId: string): Promise<void>;
}

/** Where the one who reviews registers. */
@Injectable()
export class BookingReviews {
  private review: BookingReview | undefined;

  constructor(
    private readonly bookings: BookingsRepository,
    private readonly capacity: Capacity,
  ) {}

  /** Call in `onModuleInit`. */
  register(review: BookingReview): void {
    if (this.review) throw new Error('somebody reviews bookings already');
    this.review = review;
  }

  /**
   * Locks the person and the pool of a booking before its case is written, as cancelling does: call it before a review
   * is decided.
   */
  async takeTurn(tx: Tx, bookingId: string): Promise<void> {
    const booking = await this.bookings.find(tx.manager, bookingId);
    if (!booking) return;
    await this.bookings.takeTurns(tx, [booking.personId]);
    await this.capacity.load(tx, [booking.poolId]);
  }

  /** Null where nobody reviews: such bookings are then sure at once. */
  get(): BookingReview | null {
    return this.review ?? null;
  }
}
