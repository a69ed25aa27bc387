import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { CallBackState } from '@talent-card/shared/feedback/schema';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody thought of one use, and the call back that a bad grade asks for. */
@Entity('ratings')
export class RatingRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  /** Unique. */
  @Column('varchar', { length: 26 })
  useId: string;

  /** Null once they had their data erased: the grade stays, without anybody's words. */
  @Column('varchar', { length: 26, nullable: true })
  personId: string | null;

  @Column('varchar', { length: 26 })
  channelId: string;

  @Column('varchar', { length: 26 })
  venueId: string;

  /** Of the venue when it was used. */
  @Column('varchar', { length: 20 })
  zoneCode: ZoneCode;

  /** Day of the use; statistics count by it. */
  @Column('varchar', { length: 10 })
  usedOn: string;

  /** 5 very satisfied to 1 very dissatisfied. */
  @Column('int')
  grade: number;

  /** JSON array of RATING_TAGS. */
  @Column('varchar', { length: 200 })
  tags: string;

  @Column('text', { nullable: true })
  comment: string | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  /** Null where the grade asks for none. */
  @Column('varchar', { length: 10, nullable: true })
  callBack: CallBackState | null;

  /** Last day of the call back, or of the decision on the appeal. */
  @Column('varchar', { length: 10, nullable: true })
  dueOn: string | null;

  /** Read by the holder. */
  @Column('text', { nullable: true })
  answer: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  answeredAt: Date | null;

  @Column('varchar', { length: 26, nullable: true })
  answeredByStaffId: string | null;

  @Column('text', { nullable: true })
  appeal: string | null;

  @Column('text', { nullable: true })
  appealAnswer: string | null;

  /** When the job found it past its last day; null while it is not. */
  @Column('datetime', { precision: 3, nullable: true })
  overdueSince: Date | null;

  @Column('int')
  version: number;
}
