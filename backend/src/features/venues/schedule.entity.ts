import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Weekly template of slots of one channel at a venue. */
@Entity('venue_schedules')
export class ScheduleRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  venueId: string;

  @Column('varchar', { length: 26 })
  channelId: string;

  /** Monday 1 to Sunday 7. */
  @Column('int')
  weekday: number;

  /** `HH:mm` in Asia/Shanghai. */
  @Column('varchar', { length: 5 })
  fromTime: string;

  @Column('varchar', { length: 5 })
  toTime: string;

  @Column('int')
  slotMinutes: number;

  @Column('int')
  capacity: number;

  /** JSON: class to its most places. */
  @Column('text')
  classCapacities: string;

  @Column('varchar', { length: 10 })
  effectiveFrom: string;

  /** Last day; null: until further notice. */
  @Column('varchar', { length: 10, nullable: true })
  effectiveTo: string | null;

  @Column('int')
  version: number;
}

/** One day of a venue that differs from its week. */
@Entity('venue_exceptions')
export class ExceptionRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  venueId: string;

  @Column('varchar', { length: 10 })
  date: string;

  /** JSON of the stretches it is open; an empty list: closed. */
  @Column('text')
  open: string;

  @Column('varchar', { length: 100 })
  noteZh: string;

  @Column('varchar', { length: 200 })
  noteEn: string;
}
