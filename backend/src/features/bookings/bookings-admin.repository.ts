import { Injectable } from '@nestjs/common';
import type { BookingState } from '@talent-card/shared/bookings/booking-state';
import { Brackets, type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { endOfServiceDay, startOfServiceDay } from '../../platform/clock/shanghai.js';
import { insertMissingRows } from '../../platform/database/many-rows.js';
import type { Tx } from '../../platform/database/tx.js';
import { BookingReminderRow } from './alerts.entity.js';
import { BookingPersonRow, BookingRow } from './booking.entity.js';

export interface BookingFilter {
  readonly venueIds: readonly string[] | 'all';
  readonly channelId?: string | undefined;
  readonly status?: BookingState | undefined;
  readonly appeal?: 'open' | 'granted' | 'refused' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Bookings whose number begins so, or of one of these people. */
  readonly search?: { readonly numberPrefix: string | null; readonly holders: readonly string[] } | undefined;
}

/** States of whom a venue expects on a day, or has seen. */
const EXPECTED: readonly BookingState[] = ['held', 'booked', 'arrived', 'no-show', 'excused'];

/** What venues, and the jobs that work for them, ask of the tables of bookings. */
@Injectable()
export class BookingsAdminRepository {
  /** Of a venue and day, in the order of time and number. */
  expected(manager: EntityManager, venueId: string, serviceDate: string): Promise<BookingRow[]> {
    // By moments, not by the day: the same index serves the day and the order.
    return manager
      .createQueryBuilder(BookingRow, 'booking')
      .where('booking.venueId = :venueId AND booking.status IN (:...states)', { venueId, states: EXPECTED })
      .andWhere('booking.startsAt >= :begin AND booking.startsAt < :end', {
        begin: startOfServiceDay(serviceDate),
        end: endOfServiceDay(serviceDate),
      })
      .orderBy('booking.startsAt', 'ASC')
      .addOrderBy('booking.number', 'ASC')
      .getMany();
  }

  /** Null where nothing can match. */
  filtered(manager: EntityManager, filter: BookingFilter): SelectQueryBuilder<BookingRow> | null {
    const { venueIds, channelId, status, appeal, from, to, search } = filter;
    if (venueIds !== 'all' && venueIds.length === 0) return null;
    if (search && search.numberPrefix === null && search.holders.length === 0) return null;
    const query = manager.createQueryBuilder(BookingRow, 'booking').where('1 = 1');
    if (venueIds !== 'all') query.andWhere('booking.venueId IN (:...venueIds)', { venueIds });
    if (channelId) query.andWhere('booking.channelId = :channelId', { channelId });
    if (status) query.andWhere('booking.status = :status', { status });
    if (appeal) query.andWhere('booking.appealStatus = :appeal', { appeal });
    if (from) query.andWhere('booking.serviceDate >= :from', { from });
    if (to) query.andWhere('booking.serviceDate <= :to', { to });
    if (search) {
      query.andWhere(
        new Brackets((any) => {
          // A range, since neither engine looks a LIKE up in the index whatever its collation.
          const first = search.numberPrefix?.padEnd(8, '0');
          const last = search.numberPrefix?.padEnd(8, '9');
          any.where(first ? 'booking.number BETWEEN :first AND :last' : '1 = 0', { first, last });
          if (search.holders.length > 0) {
            any.orWhere('booking.personId IN (:...holders)', { holders: search.holders });
          }
        }),
      );
    }
    return query;
  }

  /** Sure ones whose holders can no longer come in time. */
  missed(manager: EntityManager, now: Date, limit: number): Promise<BookingRow[]> {
    return manager
      .createQueryBuilder(BookingRow, 'booking')
      .where("booking.status = 'booked' AND booking.arriveUntil <= :now", { now })
      .orderBy('booking.arriveUntil', 'ASC')
      .limit(limit)
      .getMany();
  }

  again(manager: EntityManager, bookingIds: readonly string[]): Promise<BookingRow[]> {
    if (bookingIds.length === 0) return Promise.resolve([]);
    return manager.find(BookingRow, { where: { id: In([...bookingIds]) }, order: { id: 'ASC' } });
  }

  /** Those not come to whose points still count, the next to go first. */
  async withPoints(
    manager: EntityManager,
    personIds: readonly string[],
    today: string,
  ): Promise<BookingRow[]> {
    if (personIds.length === 0) return [];
    return (
      manager
        .createQueryBuilder(BookingRow, 'booking')
        // The plus keeps SQLite from the index on the status: everybody who ever did not come.
        .where("booking.personId IN (:...personIds) AND +(booking.status) = 'no-show'", { personIds })
        .andWhere('booking.pointsUntil > :today', { today })
        .orderBy('booking.pointsUntil', 'ASC')
        .getMany()
    );
  }

  /** People who book nothing on a day. */
  async pausedOn(manager: EntityManager, today: string): Promise<BookingPersonRow[]> {
    return manager
      .createQueryBuilder(BookingPersonRow, 'person')
      .where('person.pausedUntil > :today', { today })
      .getMany();
  }

  countLive(manager: EntityManager, slotIds: readonly string[]): Promise<number> {
    return manager.countBy(BookingRow, { slotId: In([...slotIds]), status: In(['held', 'booked']) });
  }

  /** Sure ones of a day, made before a moment, whose holders were not reminded yet. */
  async unreminded(
    manager: EntityManager,
    serviceDate: string,
    madeBefore: Date,
    limit: number,
  ): Promise<BookingRow[]> {
    return manager
      .createQueryBuilder(BookingRow, 'booking')
      .leftJoin(
        BookingReminderRow,
        'reminder',
        'reminder.bookingId = booking.id AND reminder.serviceDate = booking.serviceDate',
      )
      .where("booking.serviceDate = :serviceDate AND booking.status = 'booked'", { serviceDate })
      .andWhere('booking.createdAt < :madeBefore AND reminder.bookingId IS NULL', { madeBefore })
      .orderBy('booking.id', 'ASC')
      .limit(limit)
      .getMany();
  }

  async noteReminded(tx: Tx, bookings: readonly BookingRow[]): Promise<void> {
    const rows = bookings.map(({ id, serviceDate }) => ({ bookingId: id, serviceDate }));
    const keys = ['bookingId', 'serviceDate'] as const;
    await insertMissingRows(tx, 'booking_reminders', keys, keys, rows);
  }

  async forgetReminders(tx: Tx, before: string): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .delete()
      .from(BookingReminderRow)
      .where('serviceDate < :before', { before })
      .execute();
  }
}
