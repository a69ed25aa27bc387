import { Injectable } from '@nestjs/common';
import type { Booking, BookingQuery } from '@talent-card/shared/bookings/schema';
import type { Page } from '@talent-card/shared/common/schema';
import type { EntityManager } from 'typeorm';
import { type PersonPrincipal, type Principal, system } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import {
  type BatchDefinition,
  type IdempotencyContext,
  UnitOfWork,
} from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type Outcome, orThrow } from '../../platform/errors/outcome.js';
import type { BookingRow } from './booking.entity.js';
import { mayCancel, mayReschedule } from './booking.rules.js';
import { BookingDesk } from './booking-desk.js';
import { BookingMoves } from './booking-moves.js';
import type { BookRequest } from './booking-reading.js';
import { BookingViews, bookingView } from './booking-views.js';
import { BookingsRepository } from './bookings.repository.js';

export interface CheckInSearch {
  readonly venueId: string;
  /** Service day. */
  readonly day: string;
  readonly personId?: string;
  readonly number?: string;
}

/** Bookings of holders, and what other features ask of them. */
@Injectable()
export class Bookings {
  private readonly batch: BatchDefinition<BookRequest, Booking> = {
    name: 'bookings.book',
    work: (tx, requests) => this.bookMany(tx, requests, tx.atCommit),
  };

  constructor(
    private readonly bookings: BookingsRepository,
    private readonly desk: BookingDesk,
    private readonly moves: BookingMoves,
    private readonly views: BookingViews,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /**
   * Books a place. Calls that arrive together are decided together, in one transaction.
   * @throws DomainError that says why not: SLOT_FULL carries the nearest free slots
   */
  book(request: BookRequest, idempotency: IdempotencyContext): Promise<Booking> {
    return this.unitOfWork.runBatch(this.batch, request, { idempotency });
  }

  /**
   * Books for many in the caller's transaction; a refusal of one is its outcome and does not stop the others.
   * @param to `tx.atCommit` where the caller reads nothing of it in this transaction
   */
  async bookMany(tx: Tx, requests: readonly BookRequest[], to = tx): Promise<Outcome<Booking>[]> {
    const decided = await this.desk.decideMany(tx, requests, (slots) => this.views.places(tx.manager, slots));
    const outcomes = await decided.write(to);
    const views = decided.rows.map((row) => bookingView(row, decided.beside, tx.now)).values();
    return outcomes.map((outcome): Outcome<Booking> => {
      if (!outcome.ok) return outcome;
      const view = views.next();
      if (view.done) throw new Error('a booking without a view');
      return { ok: true, value: view.value };
    });
  }

  /** @throws DomainError NOT_FOUND also for somebody else's, BOOKING_STATE_CONFLICT, BOOKING_TOO_LATE */
  cancel(person: PersonPrincipal, bookingId: string, idempotency: IdempotencyContext): Promise<Booking> {
    return this.unitOfWork.run(
      async (tx) => {
        const booking = await this.ownInTurn(tx, person, bookingId);
        if (booking.status !== 'held' && booking.status !== 'booked') throw conflict(booking);
        if (!mayCancel(booking, tx.now)) {
          throw new DomainError('BOOKING_TOO_LATE', { cancelUntil: booking.cancelUntil.toISOString() });
        }
        await this.moves.end(tx, person, [booking], { to: 'cancelled', by: 'holder', reason: null });
        return this.views.booking(tx.manager, await this.existing(tx.manager, bookingId), tx.now);
      },
      { idempotency },
    );
  }

  /**
   * Moves a booking to another slot of the same channel: the new place is taken and the old one given back, or neither.
   * @throws DomainError as `book`, and BOOKING_STATE_CONFLICT, BOOKING_TOO_LATE, NOT_FOUND for another channel's slot
   */
  reschedule(
    person: PersonPrincipal,
    bookingId: string,
    slotId: string,
    idempotency: IdempotencyContext,
  ): Promise<Booking> {
    return this.unitOfWork.run(
      async (tx) => {
        const moving = await this.ownInTurn(tx, person, bookingId);
        if (moving.status !== 'booked' || moving.caseId !== null) throw conflict(moving);
        if (!mayReschedule(moving, tx.now)) {
          const rescheduleUntil = moving.rescheduleUntil.toISOString();
          throw new DomainError('BOOKING_TOO_LATE', { rescheduleUntil });
        }
        const request = { principal: person, slotId, companions: moving.companions, note: null, moving };
        const [outcome] = await this.desk.bookMany(tx, [request]);
        const moved = orThrow(outcome);
        if (moved.channelId !== moving.channelId) throw new DomainError('NOT_FOUND');
        return this.views.booking(tx.manager, moved, tx.now);
      },
      { idempotency },
    );
  }

  /** One page of the caller's bookings: those to come by time, past ones the latest first. */
  async mine(person: PersonPrincipal, query: BookingQuery): Promise<Page<Booking>> {
    const { manager } = this.database;
    const now = this.clock.now();
    const { when = 'upcoming', limit = 20, cursor } = query;
    const page = await this.bookings.mine(manager, person.personId, {
      when,
      now,
      cursor,
      limit: Number(limit),
    });
    return { items: await this.views.bookings(manager, page.items, now), nextCursor: page.nextCursor };
  }

  /** @throws DomainError NOT_FOUND also for somebody else's */
  async one(person: PersonPrincipal, bookingId: string): Promise<Booking> {
    const { manager } = this.database;
    const booking = await this.existing(manager, bookingId);
    if (booking.personId !== person.personId) throw new DomainError('NOT_FOUND');
    return this.views.booking(manager, booking, this.clock.now());
  }

  /** What somebody has at a venue on a day, or the booking of a number there, whatever its day; in the order of time. */
  async findForCheckIn(
    manager: EntityManager,
    { venueId, day, personId, number }: CheckInSearch,
  ): Promise<BookingRow[]> {
    if (number !== undefined) {
      const booking = await this.bookings.findByNumber(manager, number);
      return booking?.venueId === venueId ? [booking] : [];
    }
    return personId === undefined ? [] : this.bookings.ofDay(manager, personId, venueId, day);
  }

  /** Closes a slot and cancels its bookings; how many. See `BookingMoves.closeSlot`. */
  closeSlot(
    tx: Tx,
    principal: Principal,
    slot: { readonly slotId: string; readonly poolId: string },
    reason: string,
  ): Promise<number> {
    return this.moves.closeSlot(tx, principal, slot, reason);
  }

  confirmHeld(tx: Tx, bookingId: string): Promise<void> {
    return this.moves.confirmHeld(tx, system('bookings.review'), bookingId);
  }

  releaseHeld(tx: Tx, bookingId: string, reason: string | null): Promise<void> {
    return this.moves.releaseHeld(tx, system('bookings.review'), bookingId, reason);
  }

  private async ownInTurn(tx: Tx, person: PersonPrincipal, bookingId: string): Promise<BookingRow> {
    await this.bookings.takeTurns(tx, [person.personId]);
    const booking = await this.existing(tx.manager, bookingId);
    if (booking.personId !== person.personId) throw new DomainError('NOT_FOUND');
    return booking;
  }

  private async existing(manager: EntityManager, bookingId: string): Promise<BookingRow> {
    const booking = await this.bookings.find(manager, bookingId);
    if (!booking) throw new DomainError('NOT_FOUND');
    return booking;
  }
}

const conflict = ({ status }: BookingRow): DomainError =>
  new DomainError('BOOKING_STATE_CONFLICT', { status });
