import { Injectable } from '@nestjs/common';
import type { Booking } from '@talent-card/shared/bookings/schema';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { Venue } from '@talent-card/shared/venues/schema';
import type { EntityManager } from 'typeorm';
import { Channels } from '../channels/channels.service.js';
import { Venues } from '../venues/venues.service.js';
import type { BookingRow } from './booking.entity.js';
import { mayCancel, mayReschedule } from './booking.rules.js';

const UNNAMED = { zh: '', en: '' };

/** Names of channels and venues, by id. */
export interface Places {
  readonly names: ReadonlyMap<string, LocalizedText>;
  readonly venues: ReadonlyMap<string, Pick<Venue, 'name' | 'address' | 'phone'>>;
}

/** Bookings as their holder reads them. */
@Injectable()
export class BookingViews {
  constructor(
    private readonly channels: Channels,
    private readonly venues: Venues,
  ) {}

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
  async places(
    manager: EntityManager,
    rows: readonly { readonly channelId: string; readonly venueId: string }[],
  ): Promise<Places> {
    const [names, venues] = await Promise.all([
      this.channels.names(manager, [...new Set(rows.map((row) => row.channelId))]),
      this.venues.byIds(manager, [...new Set(rows.map((row) => row.venueId))]),
    ]);
    return { names, venues };
  }
}

/** A booking as its holder reads it. */
export function bookingView(row: BookingRow, { names, venues }: Places, now: Date): Booking {
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
}
