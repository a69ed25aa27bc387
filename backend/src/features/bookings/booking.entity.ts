import type { BookingState, WaitingReason, WaitingState } from '@talent-card/shared/bookings/booking-state';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Changed first by whoever books, moves or waits for a person, so that two of their bookings never overlap. */
@Entity('booking_people')
export class BookingPersonRow {
  @PrimaryColumn('varchar', { length: 26 })
  personId: string;

  /** Grows with each turn: a write is seen by every engine where a lock is not. */
  @Column('int')
  turns: number;

  /** Until this day the person books nothing, having not come too often; written with the points. */
  @Column('varchar', { length: 10, nullable: true })
  pausedUntil: string | null;
}

/** A place that somebody has at a time. Its quota and its places hang on `{ type: 'booking', id }`. */
@Entity('bookings')
export class BookingRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  /** Eight random digits. */
  @Column('varchar', { length: 8 })
  number: string;

  @Column('varchar', { length: 26 })
  personId: string;

  /** The card that gives it. */
  @Column('varchar', { length: 26 })
  cardId: string;

  @Column('varchar', { length: 10, nullable: true })
  cardClass: string | null;

  @Column('varchar', { length: 26 })
  channelId: string;

  @Column('varchar', { length: 26 })
  venueId: string;

  @Column('varchar', { length: 26 })
  slotId: string;

  @Column('varchar', { length: 26 })
  poolId: string;

  @Column('varchar', { length: 10 })
  serviceDate: string;

  @Column('datetime', { precision: 3 })
  startsAt: Date;

  @Column('datetime', { precision: 3 })
  endsAt: Date;

  /** Beside the holder; each takes a place. */
  @Column('int')
  companions: number;

  /** For the office; encrypted, since it may speak of anything. */
  @Column('text', { nullable: true })
  note: string | null;

  @Column('varchar', { length: 10 })
  status: BookingState;

  /** Until when a held one is kept; null once it is sure. */
  @Column('datetime', { precision: 3, nullable: true })
  heldUntil: Date | null;

  /** The promises of the channel when it was booked; later rules do not change them. */
  @Column('datetime', { precision: 3 })
  cancelUntil: Date;

  @Column('datetime', { precision: 3 })
  rescheduleUntil: Date;

  /** Who comes later has not come. */
  @Column('datetime', { precision: 3 })
  arriveUntil: Date;

  @Column('varchar', { length: 10, nullable: true })
  cancelledBy: 'holder' | 'venue' | 'system' | null;

  /** Words of staff, read by the holder. */
  @Column('text', { nullable: true })
  reason: string | null;

  /** The review that a held one waits for. */
  @Column('varchar', { length: 26, nullable: true })
  caseId: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  arrivedAt: Date | null;

  /** Who really came along. */
  @Column('int', { nullable: true })
  arrivedCompanions: number | null;

  /** Day on which the point for not coming is gone; null without a point. */
  @Column('varchar', { length: 10, nullable: true })
  pointsUntil: string | null;

  @Column('varchar', { length: 10, nullable: true })
  appealStatus: 'open' | 'granted' | 'refused' | null;

  @Column('text', { nullable: true })
  appealReason: string | null;

  @Column('text', { nullable: true })
  appealAnswer: string | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('int')
  version: number;

  /** Made by the database: the holder while the booking keeps a time of theirs. Unique with the slot. */
  @Column({
    type: 'varchar',
    length: 26,
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: "CASE WHEN status IN ('held', 'booked', 'arrived') THEN personId END",
  })
  activePersonId: string | null;
}

/** Somebody's wish for a place in a full slot. Its place in line is the waiter of `core/capacity` with the same id. */
@Entity('waiting')
export class WaitingRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  personId: string;

  @Column('varchar', { length: 26 })
  channelId: string;

  @Column('varchar', { length: 26 })
  venueId: string;

  @Column('varchar', { length: 26 })
  slotId: string;

  @Column('datetime', { precision: 3 })
  startsAt: Date;

  @Column('datetime', { precision: 3 })
  endsAt: Date;

  @Column('int')
  companions: number;

  @Column('varchar', { length: 10 })
  status: WaitingState;

  /** Until when all they need is held for them; stays once they let it pass, whatever else ended the wait has null. */
  @Column('datetime', { precision: 3, nullable: true })
  offeredUntil: Date | null;

  /** In line: why they are passed over. Lapsed: why, where it was not time. */
  @Column('varchar', { length: 10, nullable: true })
  reason: WaitingReason | null;

  @Column('varchar', { length: 26, nullable: true })
  bookingId: string | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  /** Made by the database: the person while they wait or decide. Unique with the slot. */
  @Column({
    type: 'varchar',
    length: 26,
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: "CASE WHEN status IN ('waiting', 'offered') THEN personId END",
  })
  livePersonId: string | null;
}
