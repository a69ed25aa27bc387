import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SlotEntity } from './slot.entity.js';
import { SlotsRepository } from './slots.repository.js';

/** What booking needs of a slot. */
export interface SlotRow {
  readonly slotId: string;
  readonly channelId: string;
  readonly venueId: string;
  /** Day in Asia/Shanghai. */
  readonly serviceDate: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly poolId: string;
  readonly status: 'open' | 'closed';
  readonly closedReason: string | null;
}

export const slotOf = (row: SlotEntity): SlotRow => ({
  slotId: row.id,
  channelId: row.channelId,
  venueId: row.venueId,
  serviceDate: row.serviceDate,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  poolId: row.poolId,
  status: row.status,
  closedReason: row.closedReason,
});

/** Bookable times. How many places are left is asked of `core/capacity` by `poolId`. */
@Injectable()
export class Slots {
  constructor(private readonly slots: SlotsRepository) {}

  /** One statement however many; ids of no slot are left out. */
  async byIds(manager: EntityManager, slotIds: readonly string[]): Promise<Map<string, SlotRow>> {
    const rows = await this.slots.findMany(manager, slotIds);
    return new Map(rows.map((row) => [row.id, slotOf(row)]));
  }

  /** Slots of a venue between two days, both included, by their start. One statement. */
  async week(
    manager: EntityManager,
    venueId: string,
    from: string,
    to: string,
    channelId?: string,
  ): Promise<SlotRow[]> {
    return (await this.slots.ofVenue(manager, venueId, from, to, channelId)).map(slotOf);
  }
}
