import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody wants to be told, once, when a place becomes free. One for a person, channel and venue. */
@Entity('vacancy_alerts')
export class VacancyAlertRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  personId: string;

  @Column('varchar', { length: 26 })
  channelId: string;

  @Column('varchar', { length: 26 })
  venueId: string;

  /** First and last service day that would do. */
  @Column('varchar', { length: 10 })
  fromDay: string;

  @Column('varchar', { length: 10 })
  toDay: string;

  @Column('datetime', { precision: 3, nullable: true })
  toldAt: Date | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;
}

/** That the holder of a booking was reminded of a day; a booking that moves is reminded of its new one. */
@Entity('booking_reminders')
export class BookingReminderRow {
  @PrimaryColumn('varchar', { length: 26 })
  bookingId: string;

  @PrimaryColumn('varchar', { length: 10 })
  serviceDate: string;
}
