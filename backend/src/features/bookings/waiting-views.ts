import { Injectable } from '@nestjs/common';
import type { Waiting } from '@talent-card/shared/bookings/schema';
import type { EntityManager } from 'typeorm';
import { Capacity } from '../../core/capacity/capacity.service.js';
import type { WaitingRow } from './booking.entity.js';
import { BookingViews } from './booking-views.js';

const UNNAMED = { zh: '', en: '' };

/** Places in line as their holder reads them. */
@Injectable()
export class WaitingViews {
  constructor(
    private readonly views: BookingViews,
    private readonly capacity: Capacity,
  ) {}

  async describe(manager: EntityManager, rows: readonly WaitingRow[]): Promise<Waiting[]> {
    const { names, venues } = await this.views.places(manager, rows);
    const live = rows.filter(({ status }) => status === 'waiting' || status === 'offered');
    const inLine = await this.capacity.waiters(
      manager,
      live.map((row) => row.id),
    );
    const waiting = [...inLine.values()].filter(({ offeredUntil }) => offeredUntil === null);
    const ahead = await this.capacity.ahead(manager, waiting);
    return rows.map((row): Waiting => {
      const waiter = inLine.get(row.id);
      return {
        waitingId: row.id,
        status: row.status,
        channel: { channelId: row.channelId, name: names.get(row.channelId) ?? UNNAMED },
        venue: { venueId: row.venueId, name: venues.get(row.venueId)?.name ?? UNNAMED },
        slotId: row.slotId,
        startsAt: row.startsAt.toISOString(),
        endsAt: row.endsAt.toISOString(),
        companions: row.companions,
        ahead: ahead.get(row.id) ?? 0,
        kept: waiter?.kept ?? 0,
        inOrderUntil: row.companions > 0 ? (waiter?.keepUntil?.toISOString() ?? null) : null,
        offeredUntil: row.status === 'offered' ? (row.offeredUntil?.toISOString() ?? null) : null,
        bookingId: row.bookingId,
        createdAt: row.createdAt.toISOString(),
      };
    });
  }
}
