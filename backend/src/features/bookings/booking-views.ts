import { Injectable } from '@nestjs/common';
import type { Booking } from '@talent-card/shared/bookings/schema';
import type { EntityManager } from 'typeorm';
import { channelNamed, PlaceNames, type Places, UNNAMED, venueNamed } from '../channels/place-names.js';
import type { BookingRow } from './booking.entity.js';
import { mayCancel, mayReschedule } from './booking.rules.js';

/** Bookings as their holder reads them. */
@Injectable()
export class BookingViews {
  constructor(private readonly names: PlaceNames) {}

  /** In two statements however many, in their order. */
  async bookings(manager: EntityManager, rows: readonly BookingRow[], now: Date): Promise<Booking[]> {
    const places = await this.places(manager, rows);
    return rows.map((row) => bookingView(row, places, now));
  }

  async booking(manager: EntityManager, row: BookingRow, now: Date): Promise<Booking> {
    const [booking] = await this.bookings(manager, [row], now);
    if (!booking) throw new Error('a booking without a view');
    return booking;
  }

  /** What views of these rows name. */
  places(
    manager: EntityManager,
    rows: readonly Pick<BookingRow, 'channelId' | 'venueId'>[],
  ): Promise<Places> {
    return this.names.of(manager, rows);
  }
}

/** A booking as its holder reads it. */
export function bookingView(row: BookingRow, places: Places, now: Date): Booking {
  const venue = places.venues.get(row.venueId);
  return {
    bookingId: row.id,
    number: row.number,
    status: row.status,
    channel: channelNamed(places, row.channelId),
    venue: {
      ...venueNamed(places, row.venueId),
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
}
