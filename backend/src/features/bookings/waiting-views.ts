import { Injectable } from '@nestjs/common';
import type { Waiting } from '@talent-card/shared/bookings/schema';
import type { EntityManager } from 'typeorm';
import { Capacity } from '../../core/capacity/capacity.service.js';
import type { Waiter } from '../../core/capacity/capacity.types.js';
import { channelNamed, PlaceNames, venueNamed } from '../channels/place-names.js';
import type { WaitingRow } from './booking.entity.js';

/** Places in line as their holder reads them. */
@Injectable()
export class WaitingViews {
  constructor(
    private readonly names: PlaceNames,
    private readonly capacity: Capacity,
  ) {}

  async describe(manager: EntityManager, rows: readonly WaitingRow[]): Promise<Waiting[]> {
    const places = await this.names.of(manager, rows);
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
        channel: channelNamed(places, row.channelId),
        venue: venueNamed(places, row.venueId),
        slotId: row.slotId,
        startsAt: row.startsAt.toISOString(),
        endsAt: row.endsAt.toISOString(),
        companions: row.companions,
        ahead: ahead.get(row.id) ?? 0,
        kept: waiter?.kept ?? 0,
        inOrderUntil: inTurn(row, waiter) ? (waiter?.keepUntil?.toISOString() ?? null) : null,
        offeredUntil: row.status === 'offered' ? (row.offeredUntil?.toISOString() ?? null) : null,
        reason: row.status === 'waiting' || row.status === 'lapsed' ? row.reason : null,
        bookingId: row.bookingId,
        createdAt: row.createdAt.toISOString(),
      };
    });
  }
}

/** Whether places are put aside for them, as far as there is time: alone one needs no second. */
const inTurn = ({ companions }: WaitingRow, waiter: Waiter | undefined): boolean =>
  companions > 0 && waiter?.passedOver === false;
