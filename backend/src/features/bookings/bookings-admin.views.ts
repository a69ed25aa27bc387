import { Injectable } from '@nestjs/common';
import type { AdminBooking, adminBookingQuerySchema } from '@talent-card/shared/bookings/schema';
import type { Page } from '@talent-card/shared/common/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { People } from '../../core/people/people.service.js';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { latestFirst } from '../../platform/database/moment-cursor.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { CardHoldings } from '../cards/card-holdings.js';
import { VenueAccess } from '../venues/venue-access.js';
import { VenuesAdministration } from '../venues/venues-administration.js';
import type { BookingRow } from './booking.entity.js';
import { BookingViews } from './booking-views.js';
import { BookingsRepository } from './bookings.repository.js';
import { type BookingFilter, BookingsAdminRepository } from './bookings-admin.repository.js';

export type AdminQuery = z.output<typeof adminBookingQuerySchema>;

/** Bookings as staff of venues and offices read them. */
@Injectable()
export class BookingsAdminViews {
  constructor(
    private readonly bookings: BookingsRepository,
    private readonly repository: BookingsAdminRepository,
    private readonly views: BookingViews,
    private readonly people: People,
    private readonly cards: CardHoldings,
    private readonly access: VenueAccess,
    private readonly venues: VenuesAdministration,
    private readonly clock: Clock,
  ) {}

  /** The latest first. `q` is a booking number, or its beginning, or a name. */
  async list(manager: EntityManager, staff: StaffPrincipal, query: AdminQuery): Promise<Page<AdminBooking>> {
    const filter = await this.filterOf(manager, staff, query);
    const found = this.repository.filtered(manager, filter);
    if (!found) return { items: [], nextCursor: null, total: 0 };
    const total = await found.getCount();
    const { items, nextCursor } = await latestFirst(found, 'startsAt', query);
    return { items: await this.describe(manager, items), nextCursor, total };
  }

  /** @throws DomainError NOT_FOUND also for a booking of a venue that is not the caller's */
  async detail(manager: EntityManager, staff: StaffPrincipal, bookingId: string): Promise<AdminBooking> {
    return this.one(manager, await this.visible(manager, staff, bookingId));
  }

  /** @throws DomainError NOT_FOUND also for a booking of a venue that is not the caller's */
  async visible(manager: EntityManager, staff: StaffPrincipal, bookingId: string): Promise<BookingRow> {
    const booking = await this.bookings.find(manager, bookingId);
    if (!booking) throw new DomainError('NOT_FOUND');
    await this.venues.visible(manager, staff, booking.venueId);
    return booking;
  }

  async one(manager: EntityManager, row: BookingRow): Promise<AdminBooking> {
    const [booking] = await this.describe(manager, [row]);
    if (!booking) throw new DomainError('NOT_FOUND');
    return booking;
  }

  /** In their order, by a constant number of statements; those whose holder was erased are left out. */
  async describe(manager: EntityManager, rows: readonly BookingRow[]): Promise<AdminBooking[]> {
    if (rows.length === 0) return [];
    const holders = await this.people.summary(manager, [...new Set(rows.map((row) => row.personId))]);
    const byId = new Map(holders.map((holder) => [holder.personId, holder]));
    const numbers = await this.cards.numbersOf(
      manager,
      rows.map((row) => row.cardId),
    );
    const bookings = await this.views.bookings(manager, rows, this.clock.now());
    return rows.flatMap((row, i): AdminBooking[] => {
      const booking = bookings[i];
      const holder = byId.get(row.personId);
      if (!booking || !holder) return [];
      return [{ ...booking, holder, cardNumber: numbers.get(row.cardId) ?? '', cardClass: row.cardClass }];
    });
  }

  private async filterOf(
    manager: EntityManager,
    staff: StaffPrincipal,
    query: AdminQuery,
  ): Promise<BookingFilter> {
    const { venueId, channelId, status, appeal, from, to, q } = query;
    const visible = await this.access.visibleVenueIds(manager, staff);
    const seen = venueId === undefined || visible === 'all' || visible.includes(venueId);
    const wanted = venueId === undefined ? visible : [venueId];
    return {
      venueIds: seen ? wanted : [],
      channelId,
      status,
      appeal,
      from,
      to,
      search: q
        ? {
            numberPrefix: /^\d{2,8}$/.test(q) ? q : null,
            holders: await this.people.search(manager, q),
          }
        : undefined,
    };
  }
}
