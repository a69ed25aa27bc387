import { Injectable } from '@nestjs/common';
import { Between, type EntityManager, In, MoreThan } from 'typeorm';
import { insertRows } from '../../platform/database/many-rows.js';
import type { Tx } from '../../platform/database/tx.js';
import { SlotEntity } from './slot.entity.js';

const COLUMNS = [
  'id',
  'channelId',
  'venueId',
  'serviceDate',
  'startsAt',
  'endsAt',
  'poolId',
  'scheduleId',
  'capacity',
  'classCapacities',
  'status',
  'closedBy',
  'closedReason',
  'byHand',
  'createdAt',
] as const satisfies readonly (keyof SlotEntity)[];

/** The only SQL of slots. */
@Injectable()
export class SlotsRepository {
  findMany(manager: EntityManager, slotIds: readonly string[]): Promise<SlotEntity[]> {
    if (slotIds.length === 0) return Promise.resolve([]);
    return manager.findBy(SlotEntity, { id: In([...new Set(slotIds)]) });
  }

  find(manager: EntityManager, slotId: string): Promise<SlotEntity | null> {
    return manager.findOneBy(SlotEntity, { id: slotId });
  }

  /** Slots of a venue between two days, both included, by their start. */
  ofVenue(
    manager: EntityManager,
    venueId: string,
    from: string,
    to: string,
    channelId?: string,
  ): Promise<SlotEntity[]> {
    return manager.find(SlotEntity, {
      where: { venueId, serviceDate: Between(from, to), ...(channelId ? { channelId } : {}) },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
  }

  /** Those between two days that have not begun. */
  async ahead(
    manager: EntityManager,
    venueId: string,
    from: string,
    to: string,
    now: Date,
  ): Promise<SlotEntity[]> {
    return manager.find(SlotEntity, {
      where: { venueId, serviceDate: Between(from, to), startsAt: MoreThan(now) },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
  }

  async insertMany(tx: Tx, slots: readonly SlotEntity[]): Promise<void> {
    await insertRows(tx, 'slots', COLUMNS, slots);
  }

  async change(tx: Tx, slotId: string, change: Partial<SlotEntity>): Promise<void> {
    await tx.manager.update(SlotEntity, { id: slotId }, change);
  }

  async closeMany(tx: Tx, slotIds: readonly string[]): Promise<void> {
    if (slotIds.length === 0) return;
    await tx.manager.update(
      SlotEntity,
      { id: In([...slotIds]) },
      { status: 'closed', closedBy: 'plan', closedReason: null },
    );
  }
}
