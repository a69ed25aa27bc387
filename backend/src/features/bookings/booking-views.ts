import { Injectable } from '@nestjs/common';
import type { Booking } from '@talent-card/shared/bookings/schema';
import type { EntityManager } from 'typeorm';
import { Channels } from '../channels/channels.service.js';
import { Venues } from '../venues/venues.service.js';
import type { BookingRow } from './booking.entity.js';
import { mayCancel, mayReschedule } from './booking.rules.js';

const UNNAMED = { zh: '', en: '' };

/** Bookings as their holder reads them. */
@Injectable()
export class BookingViews {
  constructor(
    private readonly channels: Channels,
    private readonly venues: Venues,
  ) {}

  /** In two statements however many, in their order. */
  async bookings(manager: EntityManager, rows: readonly BookingRow[], now: Date): Promise<Booking[]> {
    const { names, venues } = await this.places(manager, rows);
    return rows.map((row): Booking => {
      const venue = venues.get(row.venueId);
      return {
        bookingId: row.id,
        number: row.number,
        status: row.status,
        channel: { channelId: row.channelId, name: names.get(row.channelId) ?? UNNAMED },
        venue: {
          venueId: row.venueId,
          name: venue?.name ?? UNNAMED,
          address: venue?.address ?? UNNAMED,
          phone: venue?.phone ?? '',
        },
        slotId: row.slotId,
        serviceDate: row.serviceDate,
        startsAt: row.startsAt.toISOString(),
        endsAt: row.endsAt.toISOString(),
        companions: row.companions,
        cancelUntil: row.cancelUntil.toISOString(),
        rescheduleUntil: row.rescheduleUntil.toISOString(),
        mayCancel: mayCancel(row, now),
        mayReschedule: mayReschedule(row, now),
        cancelledBy: row.cancelledBy,
        reason: row.reason,
        caseId: row.caseId,
        appeal:
          row.appealStatus === null
            ? null
            : { status: row.appealStatus, reason: row.appealReason ?? '', answer: row.appealAnswer },
        createdAt: row.createdAt.toISOString(),
        version: row.version,
      };
    });
  }

  async booking(manager: EntityManager, row: BookingRow, now: Date): Promise<Booking> {
    const [booking] = await this.bookings(manager, [row], now);
    if (!booking) throw new Error('a booking without a view');
    return booking;
  }

  private async places(
    manager: EntityManager,
    rows: readonly { readonly channelId: string; readonly venueId: string }[],
  ) {
    const ids = (of: (row: { channelId: string; venueId: string }) => string) => [...new Set(rows.map(of))];
    return {
      names: await this.channels.names(
        manager,
        ids((row) => row.channelId),
      ),
      venues: await this.venues.byIds(
        manager,
        ids((row) => row.venueId),
      ),
    };
  }
}
