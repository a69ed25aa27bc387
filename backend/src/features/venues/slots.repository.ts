import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { insertRows, momentOf, queryList } from '../../platform/database/many-rows.js';
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

/** A row as a plain query answers it. */
type Plain = Omit<SlotEntity, 'startsAt' | 'endsAt' | 'createdAt' | 'byHand'> & {
  readonly startsAt: Date | string;
  readonly endsAt: Date | string;
  readonly createdAt: Date | string;
  readonly byHand: number;
};

const slotOf = (row: Plain): SlotEntity => ({
  ...row,
  startsAt: momentOf(row.startsAt),
  endsAt: momentOf(row.endsAt),
  createdAt: momentOf(row.createdAt),
  byHand: Boolean(row.byHand),
});

/** The only SQL of slots. */
@Injectable()
export class SlotsRepository {
  /** Written out, since every batch of bookings reads its slots: hydrating them costs more than finding them. */
  async findMany(manager: EntityManager, slotIds: readonly string[]): Promise<SlotEntity[]> {
    const rows = await queryList<Plain>(
      manager,
      `SELECT ${COLUMNS.join(', ')} FROM slots WHERE id IN (:list)`,
      [],
      [...new Set(slotIds)],
    );
    return rows.map(slotOf);
  }

  find(manager: EntityManager, slotId: string): Promise<SlotEntity | null> {
    return manager.findOneBy(SlotEntity, { id: slotId });
  }

  /** Slots of a venue between two days, both included, by their start; written out for the same reason. */
  async ofVenue(
    manager: EntityManager,
    venueId: string,
    from: string,
    to: string,
    channelId?: string,
  ): Promise<SlotEntity[]> {
    const rows: unknown = await manager.query(
      `SELECT ${COLUMNS.join(', ')} FROM slots WHERE venueId = ? AND serviceDate BETWEEN ? AND ?
       ${channelId ? 'AND channelId = ?' : ''} ORDER BY startsAt, id`,
      [venueId, from, to, ...(channelId ? [channelId] : [])],
    );
    return (rows as Plain[]).map(slotOf);
  }

  /** Those between two days that have not begun. */
  async ahead(
    manager: EntityManager,
    venueId: string,
    from: string,
    to: string,
    now: Date,
  ): Promise<SlotEntity[]> {
    return (await this.ofVenue(manager, venueId, from, to)).filter((slot) => slot.startsAt > now);
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
