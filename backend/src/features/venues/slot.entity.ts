import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A bookable time of a channel at a venue. How many places are taken is the business of its capacity pool. */
@Entity('slots')
export class SlotEntity {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  channelId: string;

  @Column('varchar', { length: 26 })
  venueId: string;

  /** Day in Asia/Shanghai on which it begins. */
  @Column('varchar', { length: 10 })
  serviceDate: string;

  @Column('datetime', { precision: 3 })
  startsAt: Date;

  @Column('datetime', { precision: 3 })
  endsAt: Date;

  @Column('varchar', { length: 26 })
  poolId: string;

  /** The template that it was made of. */
  @Column('varchar', { length: 26, nullable: true })
  scheduleId: string | null;

  /** Places of its pool: as planned or set by hand, and where more were taken already, as many as these. */
  @Column('int')
  capacity: number;

  /** JSON: class to its most places. */
  @Column('text')
  classCapacities: string;

  @Column('varchar', { length: 10 })
  status: 'open' | 'closed';

  /** `plan` when the week or a day's exception has no room for it any more, else by hand. */
  @Column('varchar', { length: 10, nullable: true })
  closedBy: 'plan' | 'staff' | null;

  @Column('text', { nullable: true })
  closedReason: string | null;

  /** Set by hand: templates leave places and closing alone from then on. */
  @Column('boolean')
  byHand: boolean;

  @Column('datetime', { precision: 3 })
  createdAt: Date;
}
