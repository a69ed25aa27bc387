import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import { Between, type EntityManager, In } from 'typeorm';
import { queryList } from '../../platform/database/many-rows.js';
import type { Tx } from '../../platform/database/tx.js';
import { ExceptionRow, ScheduleRow } from './schedule.entity.js';
import { VenueRow } from './venue.entity.js';

const NAMES = ['id', 'nameZh', 'nameEn', 'addressZh', 'addressEn', 'phone'] as const;
export type VenueNames = Pick<VenueRow, (typeof NAMES)[number]>;

/** The only SQL of venues, their templates and their exceptions. */
@Injectable()
export class VenuesRepository {
  find(manager: EntityManager, venueId: string): Promise<VenueRow | null> {
    return manager.findOneBy(VenueRow, { id: venueId });
  }

  async findMany(manager: EntityManager, venueIds: readonly string[]): Promise<VenueRow[]> {
    if (venueIds.length === 0) return [];
    return manager.findBy(VenueRow, { id: In([...new Set(venueIds)]) });
  }

  /** Written out, since every batch of bookings names its venues. */
  names(manager: EntityManager, venueIds: readonly string[]): Promise<VenueNames[]> {
    const sql = `SELECT ${NAMES.join(', ')} FROM venues WHERE id IN (:list)`;
    return queryList<VenueNames>(manager, sql, [], venueIds);
  }

  /** In the order of making. */
  list(manager: EntityManager, venueIds: readonly string[] | 'all'): Promise<VenueRow[]> {
    const order = { id: 'ASC' } as const;
    if (venueIds === 'all') return manager.find(VenueRow, { order });
    if (venueIds.length === 0) return Promise.resolve([]);
    return manager.find(VenueRow, { where: { id: In([...venueIds]) }, order });
  }

  async idsInZones(manager: EntityManager, zones: readonly ZoneCode[]): Promise<string[]> {
    const rows = await manager.find(VenueRow, {
      select: { id: true },
      where: { zoneCode: In([...zones]) },
    });
    return rows.map((row) => row.id);
  }

  async insert(tx: Tx, venue: VenueRow): Promise<void> {
    await tx.manager.insert(VenueRow, venue);
  }

  /** False when it was changed since. */
  async change(tx: Tx, venueId: string, version: number, change: Partial<VenueRow>): Promise<boolean> {
    const { affected } = await tx.manager.update(
      VenueRow,
      { id: venueId, version },
      { ...change, version: version + 1 },
    );
    return affected === 1;
  }

  /** Whoever changes or shapes the slots of a venue waits here for the one before, on every engine. */
  async takeTurn(tx: Tx, venueId: string): Promise<void> {
    await tx.manager.update(VenueRow, { id: venueId }, { shapings: () => 'shapings + 1' });
  }

  exceptionsBetween(
    manager: EntityManager,
    venueIds: readonly string[],
    from: string,
    to: string,
  ): Promise<ExceptionRow[]> {
    if (venueIds.length === 0) return Promise.resolve([]);
    return manager.find(ExceptionRow, {
      where: { venueId: In([...venueIds]), date: Between(from, to) },
      order: { date: 'ASC' },
    });
  }

  findException(manager: EntityManager, venueId: string, date: string): Promise<ExceptionRow | null> {
    return manager.findOneBy(ExceptionRow, { venueId, date });
  }

  findExceptionById(
    manager: EntityManager,
    venueId: string,
    exceptionId: string,
  ): Promise<ExceptionRow | null> {
    return manager.findOneBy(ExceptionRow, { id: exceptionId, venueId });
  }

  async saveException(tx: Tx, exception: ExceptionRow): Promise<void> {
    await this.removeException(tx, exception.venueId, exception.date);
    await tx.manager.insert(ExceptionRow, exception);
  }

  async removeException(tx: Tx, venueId: string, date: string): Promise<void> {
    await tx.manager.delete(ExceptionRow, { venueId, date });
  }

  schedules(manager: EntityManager, venueId: string): Promise<ScheduleRow[]> {
    return manager.find(ScheduleRow, {
      where: { venueId },
      order: { weekday: 'ASC', fromTime: 'ASC', id: 'ASC' },
    });
  }

  async insertSchedule(tx: Tx, schedule: ScheduleRow): Promise<void> {
    await tx.manager.insert(ScheduleRow, schedule);
  }

  /** False when it was changed since. */
  async changeSchedule(
    tx: Tx,
    scheduleId: string,
    version: number,
    change: Partial<ScheduleRow>,
  ): Promise<boolean> {
    const { affected } = await tx.manager.update(
      ScheduleRow,
      { id: scheduleId, version },
      { ...change, version: version + 1 },
    );
    return affected === 1;
  }
}
