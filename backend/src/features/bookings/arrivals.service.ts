import { Injectable } from '@nestjs/common';
import type {
  AdminBooking,
  Arrivals as ArrivalList,
  checkInByNumberSchema,
} from '@talent-card/shared/bookings/schema';
import type { staffReasonSchema } from '@talent-card/shared/common/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { Capacity } from '../../core/capacity/capacity.service.js';
import type { Principal, StaffPrincipal } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Channels } from '../channels/channels.service.js';
import { channelNamed } from '../channels/place-names.js';
import { Slots } from '../venues/slots.service.js';
import { VenuesAdministration } from '../venues/venues-administration.js';
import type { BookingRow } from './booking.entity.js';
import { BookingMoves } from './booking-moves.js';
import { BookingsRepository } from './bookings.repository.js';
import { Bookings } from './bookings.service.js';
import { BookingsAdminRepository } from './bookings-admin.repository.js';
import { BookingsAdminViews } from './bookings-admin.views.js';
import { checkInEnds, mayCheckIn, mayHavePoint } from './check-in.rules.js';
import { NoShows } from './no-shows.service.js';

type CheckIn = z.output<typeof checkInByNumberSchema>;
type StaffReason = z.output<typeof staffReasonSchema>;

/** Who comes to a venue, and what its staff do about it. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly bookings: BookingsRepository,
    private readonly repository: BookingsAdminRepository,
    private readonly service: Bookings,
    private readonly moves: BookingMoves,
    private readonly views: BookingsAdminViews,
    private readonly noShows: NoShows,
    private readonly slots: Slots,
    private readonly venues: VenuesAdministration,
    private readonly channels: Channels,
    private readonly capacity: Capacity,
    private readonly clock: Clock,
  ) {}

  /**
   * The slots of a venue on a day, today by default, with whom it expects and who came.
   * @throws DomainError NOT_FOUND also for a venue that is not the caller's
   */
  async ofDay(
    manager: EntityManager,
    staff: StaffPrincipal,
    { venueId, date = serviceDate(this.clock.now()) }: { venueId: string; date?: string | undefined },
  ): Promise<ArrivalList> {
    await this.venues.visible(manager, staff, venueId);
    const rows = await this.repository.expected(manager, venueId, date);
    const bookings = await this.views.describe(manager, rows);
    const booked = new Set(bookings.map((booking) => booking.slotId));
    const slots = (await this.slots.week(manager, venueId, date, date)).filter(
      (slot) => slot.status === 'open' || booked.has(slot.slotId),
    );
    const names = await this.channels.names(manager, [...new Set(slots.map((slot) => slot.channelId))]);
    const counts = await this.capacity.counts(
      manager,
      slots.map((slot) => slot.poolId),
    );
    return {
      venueId,
      date,
      slots: slots.map((slot) => ({
        slotId: slot.slotId,
        channel: channelNamed({ names }, slot.channelId),
        startsAt: slot.startsAt.toISOString(),
        endsAt: slot.endsAt.toISOString(),
        capacity: counts.get(slot.poolId)?.capacity ?? 0,
        bookings: bookings.filter((booking) => booking.slotId === slot.slotId),
      })),
    };
  }

  /**
   * Checks somebody in by the number of the booking: at this venue, on its day, until the slot and the grace are over.
   *
   * @throws DomainError NOT_FOUND also for a number of another venue, BOOKING_OTHER_DAY, BOOKING_TOO_LATE,
   *   BOOKING_STATE_CONFLICT, COMPANIONS_TOO_MANY
   */
  async checkIn(
    tx: Tx,
    staff: StaffPrincipal,
    { venueId, number, companions }: CheckIn,
  ): Promise<AdminBooking> {
    await this.venues.visible(tx.manager, staff, venueId);
    const day = serviceDate(tx.now);
    const [booking] = await this.service.findForCheckIn(tx.manager, { venueId, number, day });
    if (!booking) throw new DomainError('NOT_FOUND');
    if (booking.serviceDate !== day) {
      throw new DomainError('BOOKING_OTHER_DAY', { serviceDate: booking.serviceDate });
    }
    if (!mayCheckIn(booking, tx.now)) {
      throw new DomainError('BOOKING_TOO_LATE', { arriveUntil: checkInEnds(booking).toISOString() });
    }
    return this.views.one(tx.manager, await this.markArrived(tx, staff, booking, { companions }));
  }

  /**
   * Checks a booking in that is in time. Who was counted as not having come has come after all: the point goes, and they
   * may book again at once.
   * @throws DomainError as `BookingMoves.markArrived`
   */
  async markArrived(
    tx: Tx,
    principal: Principal,
    seen: Pick<BookingRow, 'id' | 'arriveUntil'> & { readonly status: string },
    came: { readonly companions?: number | undefined; readonly at?: Date },
  ): Promise<BookingRow> {
    const arrived = await this.moves.markArrived(tx, principal, seen.id, came.companions, came.at);
    if (mayHavePoint(seen, tx.now)) await this.noShows.recount(tx, [arrived.personId]);
    return arrived;
  }

  /** @throws DomainError NOT_FOUND, STALE_VERSION, BOOKING_STATE_CONFLICT */
  async undoCheckIn(
    tx: Tx,
    staff: StaffPrincipal,
    bookingId: string,
    { version, reason }: StaffReason,
  ): Promise<AdminBooking> {
    await this.seen(tx, staff, bookingId, version);
    return this.views.one(tx.manager, await this.moves.undoArrived(tx, staff, bookingId, reason));
  }

  /** For whoever decides over a visit: see `BookingMoves.inTurn`. */
  inTurn(tx: Tx, bookingId: string): Promise<BookingRow> {
    return this.moves.inTurn(tx, bookingId);
  }

  /**
   * Takes a visit back that is given back as a whole, such as one that was recorded by mistake. While the holder could
   * still come the booking is expected again and keeps what it costs; afterwards it is cancelled by the venue with this
   * reason and what it costs is given back, so that nobody counts as not having come.
   * @throws DomainError NOT_FOUND, BOOKING_STATE_CONFLICT where it is not checked in (any more)
   */
  async giveBack(tx: Tx, staff: StaffPrincipal, bookingId: string, reason: string): Promise<void> {
    const expected = await this.moves.undoArrived(tx, staff, bookingId, reason);
    if (mayCheckIn(expected, tx.now)) return;
    await this.moves.end(tx, staff, [expected], { to: 'cancelled', by: 'venue', reason });
  }

  /**
   * Cancels for the venue: place and quota are given back, and the holder reads the reason.
   * @throws DomainError NOT_FOUND, STALE_VERSION, BOOKING_STATE_CONFLICT
   */
  async cancel(
    tx: Tx,
    staff: StaffPrincipal,
    bookingId: string,
    { version, reason }: StaffReason,
  ): Promise<AdminBooking> {
    const booking = await this.seen(tx, staff, bookingId, version);
    if (booking.status !== 'held' && booking.status !== 'booked') {
      throw new DomainError('BOOKING_STATE_CONFLICT', { status: booking.status });
    }
    await this.moves.end(tx, staff, [booking], { to: 'cancelled', by: 'venue', reason });
    return this.views.detail(tx.manager, staff, bookingId);
  }

  /** The booking as it was looked at, its person having their turn. */
  private async seen(tx: Tx, staff: StaffPrincipal, bookingId: string, version: number): Promise<BookingRow> {
    const { personId } = await this.views.visible(tx.manager, staff, bookingId);
    await this.bookings.takeTurns(tx, [personId]);
    const booking = await this.views.visible(tx.manager, staff, bookingId);
    if (booking.version !== version) throw new DomainError('STALE_VERSION', { version: booking.version });
    return booking;
  }
}
