import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { insertRows, momentOf, queryList, queryPairs } from '../../platform/database/many-rows.js';
import { earliestFirst, latestFirst } from '../../platform/database/moment-cursor.js';
import type { RowPage } from '../../platform/database/page.js';
import type { Tx } from '../../platform/database/tx.js';
import { BookingPersonRow, BookingRow, WaitingRow } from './booking.entity.js';
import type { OwnTime } from './booking.rules.js';

export type NewBooking = Omit<BookingRow, 'activePersonId'>;
export type NewWaiting = Omit<WaitingRow, 'livePersonId'>;

export interface OwnBookings {
  readonly when: 'upcoming' | 'past';
  readonly now: Date;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What a new booking says; how it ends, and what is said about it then, begins as NULL. */
const COLUMNS = [
  'id',
  'number',
  'personId',
  'cardId',
  'cardClass',
  'channelId',
  'venueId',
  'slotId',
  'poolId',
  'serviceDate',
  'startsAt',
  'endsAt',
  'companions',
  'note',
  'status',
  'heldUntil',
  'cancelUntil',
  'rescheduleUntil',
  'arriveUntil',
  'caseId',
  'createdAt',
  'version',
] as const satisfies readonly (keyof NewBooking)[];

const TURN_PIECE = 25;

/** The SQL of bookings, of the people who book, and of those who wait. */
@Injectable()
export class BookingsRepository {
  /**
   * Gives each person their turn, by ascending id, and answers until when those are paused who are. The row is made where missing
   * and written, not only locked, because on Galera a lock is not seen on another node and a write is.
   */
  async takeTurns(tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> {
    const ids = [...new Set(personIds)].sort();
    const piece = tx.dialect === 'mysql' ? ids.length : TURN_PIECE;
    const action =
      tx.dialect === 'mysql'
        ? 'ON DUPLICATE KEY UPDATE turns = turns + 1'
        : 'ON CONFLICT (personId) DO UPDATE SET turns = turns + 1';
    const turns: Promise<unknown>[] = [];
    for (let at = 0; at < ids.length; at += piece) {
      const some = ids.slice(at, at + piece);
      turns.push(
        tx.manager.query(
          `INSERT INTO booking_people (personId, turns, pausedUntil) VALUES ${some.map(() => '(?, 1, NULL)').join(', ')} ${action}`,
          some,
        ),
      );
    }
    const paused = queryList<{ personId: string; pausedUntil: string }>(
      tx.manager,
      'SELECT personId, pausedUntil FROM booking_people WHERE pausedUntil IS NOT NULL AND personId IN (:list)',
      [],
      ids,
    );
    const [rows] = await Promise.all([paused, ...turns]);
    return new Map(rows.map((row) => [row.personId, row.pausedUntil]));
  }

  /**
   * Takes back the turns that this unit was the first to take of these people: whoever waited while an erasure ended has
   * made their row anew.
   */
  async forgetFirstTurns(tx: Tx, personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    const first = { turns: 1, pausedUntil: IsNull() };
    await tx.manager.delete(BookingPersonRow, { personId: In([...new Set(personIds)]), ...first });
  }

  /** Sets until which day a person books nothing; take their turn first. */
  async pause(tx: Tx, personId: string, pausedUntil: string | null): Promise<void> {
    await tx.manager.update(BookingPersonRow, { personId }, { pausedUntil });
  }

  async pausedUntil(manager: EntityManager, personId: string): Promise<string | null> {
    return (await manager.findOneBy(BookingPersonRow, { personId }))?.pausedUntil ?? null;
  }

  /** Times that these people have from now on. */
  async ownTimes(
    manager: EntityManager,
    personIds: readonly string[],
    now: Date,
  ): Promise<Map<string, OwnTime[]>> {
    const rows = await queryList<{
      id: string;
      activePersonId: string;
      slotId: string;
      startsAt: Date | string;
      endsAt: Date | string;
    }>(
      manager,
      'SELECT id, activePersonId, slotId, startsAt, endsAt FROM bookings WHERE endsAt > ? AND activePersonId IN (:list)',
      [now],
      [...new Set(personIds)],
    );
    const times = new Map<string, OwnTime[]>();
    for (const { id, activePersonId, slotId, startsAt, endsAt } of rows) {
      const own = times.get(activePersonId) ?? [];
      own.push({ bookingId: id, slotId, startsAt: momentOf(startsAt), endsAt: momentOf(endsAt) });
      times.set(activePersonId, own);
    }
    return times;
  }

  /** Which of these numbers are taken. */
  async takenNumbers(manager: EntityManager, numbers: readonly string[]): Promise<Set<string>> {
    const sql = 'SELECT number FROM bookings WHERE number IN (:list)';
    const rows = await queryList<{ number: string }>(manager, sql, [], numbers);
    return new Set(rows.map((row) => row.number));
  }

  async insert(tx: Tx, bookings: readonly NewBooking[]): Promise<void> {
    await insertRows(tx, 'bookings', COLUMNS, bookings);
  }

  find(manager: EntityManager, bookingId: string): Promise<BookingRow | null> {
    return manager.findOneBy(BookingRow, { id: bookingId });
  }

  async findMany(manager: EntityManager, bookingIds: readonly string[]): Promise<BookingRow[]> {
    return bookingIds.length === 0 ? [] : manager.findBy(BookingRow, { id: In([...bookingIds]) });
  }

  findByNumber(manager: EntityManager, number: string): Promise<BookingRow | null> {
    return manager.findOneBy(BookingRow, { number });
  }

  /** What a person has at a venue on a day, in the order of time. */
  ofDay(
    manager: EntityManager,
    personId: string,
    venueId: string,
    serviceDate: string,
  ): Promise<BookingRow[]> {
    return (
      manager
        .createQueryBuilder(BookingRow, 'booking')
        // The plus keeps SQLite from the index on the venue: all that was ever booked there.
        .where('booking.personId = :personId AND +(booking.venueId) = :venueId', { personId, venueId })
        .andWhere('booking.serviceDate = :serviceDate', { serviceDate })
        .orderBy('booking.startsAt', 'ASC')
        .addOrderBy('booking.id', 'ASC')
        .getMany()
    );
  }

  ofPerson(manager: EntityManager, personId: string): Promise<BookingRow[]> {
    return manager.find(BookingRow, { where: { personId }, order: { id: 'DESC' } });
  }

  liveOfSlot(manager: EntityManager, slotId: string): Promise<BookingRow[]> {
    return manager.find(BookingRow, {
      where: { slotId, status: In(['held', 'booked']) },
      order: { id: 'ASC' },
    });
  }

  /** One page of a person's bookings: those to come by their time, those that are over the latest first. */
  mine(
    manager: EntityManager,
    personId: string,
    { when, now, ...query }: OwnBookings,
  ): Promise<RowPage<BookingRow>> {
    const found = manager
      .createQueryBuilder(BookingRow, 'booking')
      .where('booking.personId = :personId', { personId });
    if (when === 'upcoming') {
      found.andWhere("booking.endsAt > :now AND booking.status IN ('held', 'booked', 'arrived')", { now });
      return earliestFirst(found, 'startsAt', query);
    }
    found.andWhere("(booking.endsAt <= :now OR booking.status NOT IN ('held', 'booked', 'arrived'))", {
      now,
    });
    return latestFirst(found, 'startsAt', query);
  }

  /** Changes a booking only if it still stands as it was read; false when somebody was faster. */
  async change(tx: Tx, seen: BookingRow, change: Partial<NewBooking>): Promise<boolean> {
    const { affected } = await tx.manager.update(
      BookingRow,
      { id: seen.id, version: seen.version, status: seen.status },
      { ...change, version: seen.version + 1 },
    );
    return affected === 1;
  }

  // ---- the line

  async insertWaiting(tx: Tx, waiting: NewWaiting): Promise<void> {
    await tx.manager.insert(WaitingRow, waiting);
  }

  findWaiting(manager: EntityManager, waitingId: string): Promise<WaitingRow | null> {
    return manager.findOneBy(WaitingRow, { id: waitingId });
  }

  async findManyWaiting(manager: EntityManager, waitingIds: readonly string[]): Promise<WaitingRow[]> {
    return waitingIds.length === 0 ? [] : manager.findBy(WaitingRow, { id: In([...waitingIds]) });
  }

  /** Live waits of these people for these slots. */
  liveWaitsFor(
    manager: EntityManager,
    wanted: readonly { readonly personId: string; readonly slotId: string }[],
  ): Promise<Pick<WaitingRow, 'id' | 'personId' | 'slotId' | 'status'>[]> {
    return queryPairs(
      manager,
      'SELECT id, personId, slotId, status FROM waiting WHERE :pairs',
      ['slotId', 'livePersonId'],
      wanted.map(({ personId, slotId }) => [slotId, personId] as const),
    );
  }

  /** Whether a person was offered all they needed of a slot before and let it pass. */
  hasLetPass(manager: EntityManager, personId: string, slotId: string): Promise<boolean> {
    const passed = { status: In(['declined', 'lapsed']), offeredUntil: Not(IsNull()) };
    return manager.existsBy(WaitingRow, { personId, slotId, ...passed });
  }

  /** Live waits of these people, in the order in which they joined. */
  async liveWaitsOf(manager: EntityManager, personIds: readonly string[]): Promise<WaitingRow[]> {
    if (personIds.length === 0) return [];
    const live = { personId: In([...new Set(personIds)]), status: In(['waiting', 'offered']) };
    return manager.find(WaitingRow, { where: live, order: { id: 'ASC' } });
  }

  waitingOf(manager: EntityManager, personId: string, limit: number): Promise<WaitingRow[]> {
    return manager.find(WaitingRow, { where: { personId }, order: { id: 'DESC' }, take: limit });
  }

  async changeWaiting(
    tx: Tx,
    seen: Pick<WaitingRow, 'id' | 'status'>,
    change: Partial<NewWaiting>,
  ): Promise<boolean> {
    const { affected } = await tx.manager.update(WaitingRow, { id: seen.id, status: seen.status }, change);
    return affected === 1;
  }

  /**
   * Takes the words from what is over, which stays as the venue's record, and forgets the rest. Each counts as changed, so
   * that nobody writes of it what they had in hand before.
   */
  async erase(tx: Tx, personId: string): Promise<void> {
    const words = { note: null, reason: null, appealReason: null, appealAnswer: null };
    await tx.manager.update(BookingRow, { personId }, { ...words, version: () => 'version + 1' });
    await tx.manager.delete(WaitingRow, { personId });
    await tx.manager.delete(BookingPersonRow, { personId });
  }
}
