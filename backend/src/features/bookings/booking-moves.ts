import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { CapacityHandlers } from '../../core/capacity/capacity-handlers.js';
import { Quota } from '../../core/quota/quota.service.js';
import { type Principal, system } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { SlotToClose } from '../venues/slot-bookings.js';
import type { BookingRow } from './booking.entity.js';
import { bookingCause } from './booking-desk.js';
import { BookingReviews } from './booking-reviews.js';
import { BookingsRepository, type NewBooking } from './bookings.repository.js';
import { VisitRecords } from './visit-records.js';
import { WaitingEvents } from './waiting-events.js';

export interface Ending {
  readonly to: 'cancelled' | 'lapsed';
  readonly by: NonNullable<BookingRow['cancelledBy']>;
  readonly reason: string | null;
  /** The office has decided already: its case needs no closing. */
  readonly decided?: boolean;
}

/** Leads bookings from state to state. What one keeps, place and quota, goes with it, in the same transaction. */
@Injectable()
export class BookingMoves implements OnModuleInit {
  constructor(
    private readonly bookings: BookingsRepository,
    private readonly capacity: Capacity,
    private readonly handlers: CapacityHandlers,
    private readonly quota: Quota,
    private readonly reviews: BookingReviews,
    private readonly visits: VisitRecords,
    private readonly waiting: WaitingEvents,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.handlers.register('booking', {
      offered: (tx, waiters) => this.waiting.offered(tx, waiters),
      waitEnded: (tx, waiters, why) => this.waiting.ended(tx, waiters, why),
      holdLapsed: (tx, causes) =>
        this.lapsed(
          tx,
          causes.map(({ id }) => id),
        ),
    });
  }

  /** The booking in its person's turn: nobody else books, moves or cancels for them now. @throws DomainError NOT_FOUND */
  async inTurn(tx: Tx, bookingId: string): Promise<BookingRow> {
    const seen = await this.bookings.find(tx.manager, bookingId);
    if (!seen) throw new DomainError('NOT_FOUND');
    await this.bookings.takeTurns(tx, [seen.personId]);
    const booking = await this.bookings.find(tx.manager, bookingId);
    if (!booking) throw new DomainError('NOT_FOUND');
    return booking;
  }

  /** Ends bookings that keep a place; place and quota are given back, and the place is offered to the line. */
  async end(tx: Tx, principal: Principal, rows: readonly BookingRow[], ending: Ending): Promise<void> {
    const causes = rows.map(({ id }) => bookingCause(id));
    const places = await this.capacity.load(tx, [], { causes });
    for (const cause of causes) places.release(cause);
    await this.capacity.write(tx, places);
    await this.endRows(tx, principal, rows, ending);
  }

  /** As `closeSlots`, for one. */
  closeSlot(tx: Tx, principal: Principal, slot: SlotToClose, reason: string): Promise<number> {
    return this.closeSlots(tx, principal, [slot], reason);
  }

  /**
   * Closes slots: nobody books them, their lines are sent home, and each booking is cancelled by the venue with this
   * reason. The people of all come before the pools of all.
   * @returns how many bookings were cancelled
   */
  async closeSlots(
    tx: Tx,
    principal: Principal,
    slots: readonly SlotToClose[],
    reason: string,
  ): Promise<number> {
    const seen = await this.liveOf(tx, slots);
    const people = seen.map(({ personId }) => personId);
    if (people.length > 0) await this.bookings.takeTurns(tx, people);
    const poolIds = slots.map(({ poolId }) => poolId).sort();
    for (const poolId of poolIds) await this.capacity.close(tx, poolId);
    // Who booked while the pools were waited for is among them now.
    const rows = await this.liveOf(tx, slots);
    if (rows.length > 0) await this.end(tx, principal, rows, { to: 'cancelled', by: 'venue', reason });
    return rows.length;
  }

  private async liveOf(tx: Tx, slots: readonly SlotToClose[]): Promise<BookingRow[]> {
    const rows: BookingRow[] = [];
    for (const { slotId } of slots) rows.push(...(await this.bookings.liveOfSlot(tx.manager, slotId)));
    return rows;
  }

  /** The office agreed: a held booking becomes sure. @throws DomainError NOT_FOUND, BOOKING_STATE_CONFLICT */
  async confirmHeld(tx: Tx, principal: Principal, bookingId: string): Promise<void> {
    const booking = await this.inTurn(tx, bookingId);
    if (booking.status !== 'held') throw conflict(booking);
    const cause = bookingCause(bookingId);
    const places = await this.capacity.load(tx, [booking.poolId], { causes: [cause] });
    places.confirm(cause);
    await this.capacity.write(tx, places);
    await this.change(tx, booking, { status: 'booked', heldUntil: null });
    await this.note(tx, principal, [booking], 'confirm', 'booked');
  }

  /** The office did not agree, or nobody decided: nothing happens to a booking that is held no more. */
  async releaseHeld(tx: Tx, principal: Principal, bookingId: string, reason: string | null): Promise<void> {
    const booking = await this.inTurn(tx, bookingId);
    if (booking.status !== 'held') return;
    await this.end(tx, principal, [booking], { to: 'cancelled', by: 'venue', reason, decided: true });
  }

  /**
   * Checks somebody in, also after they were counted as not having come.
   * @param companions who really came; as booked when left out
   * @param at when they came; earlier than now where a window had no network
   * @throws DomainError NOT_FOUND, BOOKING_OTHER_DAY, BOOKING_STATE_CONFLICT, COMPANIONS_TOO_MANY
   */
  async markArrived(
    tx: Tx,
    principal: Principal,
    bookingId: string,
    companions?: number,
    at = tx.now,
  ): Promise<BookingRow> {
    const booking = await this.inTurn(tx, bookingId);
    const { serviceDate: day, status } = booking;
    if (status !== 'booked' && status !== 'no-show') throw conflict(booking);
    if (day !== serviceDate(at)) throw new DomainError('BOOKING_OTHER_DAY', { serviceDate: day });
    const arrivedCompanions = companions ?? booking.companions;
    if (arrivedCompanions > booking.companions) {
      throw new DomainError('COMPANIONS_TOO_MANY', { most: booking.companions });
    }
    const change = {
      status: 'arrived',
      arrivedAt: at,
      arrivedCompanions,
      pointsUntil: null,
      // An appeal that nobody has answered has lost its matter with the point.
      ...(booking.appealStatus === 'open' ? { appealStatus: null, appealReason: null } : {}),
    } as const;
    await this.change(tx, booking, change);
    await this.note(tx, principal, [booking], 'check-in', null);
    return { ...booking, ...change, version: booking.version + 1 };
  }

  /**
   * Takes a check-in by mistake back. What a use at the window had taken over is the booking's again: else whoever comes
   * after all would pay a second time.
   * @throws DomainError NOT_FOUND, BOOKING_STATE_CONFLICT
   */
  async undoArrived(tx: Tx, principal: Principal, bookingId: string, reason: string): Promise<BookingRow> {
    const booking = await this.inTurn(tx, bookingId);
    if (booking.status !== 'arrived') throw conflict(booking);
    const change = { status: 'booked', arrivedAt: null, arrivedCompanions: null } as const;
    await this.change(tx, booking, change);
    const { personId } = booking;
    await this.visits.get()?.undo(tx, principal, { bookingId, personId, reason });
    await this.note(tx, principal, [booking], 'undo-check-in', null);
    return { ...booking, ...change, version: booking.version + 1 };
  }

  /** Compare and set. @throws DomainError BOOKING_STATE_CONFLICT when somebody was faster */
  async change(tx: Tx, booking: BookingRow, change: Partial<NewBooking>): Promise<void> {
    if (!(await this.bookings.change(tx, booking, change))) throw conflict(booking);
  }

  /** Their places are given back by the kernel already. */
  private async lapsed(tx: Tx, bookingIds: readonly string[]): Promise<void> {
    const rows = (await this.bookings.findMany(tx.manager, bookingIds)).filter(
      (row) => row.status === 'held',
    );
    const ending = { to: 'lapsed', by: 'system', reason: null } as const;
    await this.endRows(tx, system('bookings.lapse'), rows, ending);
  }

  private async endRows(
    tx: Tx,
    principal: Principal,
    rows: readonly BookingRow[],
    { to, by, reason, decided = false }: Ending,
  ): Promise<void> {
    const causes = rows.map(({ id }) => bookingCause(id));
    const quota = await this.quota.load(tx, [], causes);
    for (const cause of causes) quota.giveBack(cause);
    await this.quota.write(tx, quota);
    for (const row of rows) {
      const cancelledBy = to === 'cancelled' ? by : null;
      await this.change(tx, row, { status: to, heldUntil: null, cancelledBy, reason });
      if (row.caseId !== null && row.status === 'held' && !decided) {
        await this.reviews.get()?.close(tx, row.caseId);
      }
    }
    await this.note(tx, principal, rows, to === 'lapsed' ? 'lapse' : 'cancel', to);
  }

  private async note(
    tx: Tx,
    principal: Principal,
    rows: readonly BookingRow[],
    verb: string,
    topic: string | null,
  ): Promise<void> {
    await this.audit.recordMany(
      tx,
      rows.map(({ id }) => ({ principal, action: `bookings.${verb}`, objectType: 'booking', objectId: id })),
    );
    if (topic === null) return;
    await this.outbox.publishMany(
      tx,
      rows.map(({ id, personId }) => ({ topic: `booking.${topic}`, payload: { personId, bookingId: id } })),
    );
  }
}

const conflict = ({ status }: BookingRow): DomainError =>
  new DomainError('BOOKING_STATE_CONFLICT', { status });
