import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A place where the card is used. Never deleted: bookings and uses keep pointing at it. */
@Entity('venues')
export class VenueRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 60 })
  nameZh: string;

  @Column('varchar', { length: 120 })
  nameEn: string;

  @Column('varchar', { length: 20 })
  zoneCode: ZoneCode;

  @Column('varchar', { length: 120 })
  addressZh: string;

  @Column('varchar', { length: 200 })
  addressEn: string;

  /** GCJ-02. */
  @Column('double', { nullable: true })
  latitude: number | null;

  @Column('double', { nullable: true })
  longitude: number | null;

  @Column('varchar', { length: 30 })
  phone: string;

  /** JSON of the contract's `openingHours`. */
  @Column('text')
  openingHours: string;

  @Column('boolean')
  closedOnHolidays: boolean;

  @Column('text', { nullable: true })
  noticeZh: string | null;

  @Column('text', { nullable: true })
  noticeEn: string | null;

  @Column('varchar', { length: 10 })
  status: 'open' | 'closed';

  @Column('boolean')
  demo: boolean;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('int')
  version: number;

  /** Grows with each shaping of its slots: changing it first makes those who shape come one after the other. */
  @Column('int')
  shapings: number;
}
