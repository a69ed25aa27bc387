import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Places that run out. Its row is locked before anything of it changes, so it speaks for all its claims. */
@Entity('capacity_pools')
export class PoolRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('int')
  capacity: number;

  /** Fewer places are wanted than are taken: `capacity` follows down to this as they are given back. Else null. */
  @Column('int', { nullable: true })
  shrinkTo: number | null;

  /** Sum of the amounts of its claims; never above `capacity`, by a CHECK. */
  @Column('int')
  taken: number;

  /** Waiters without an offer. */
  @Column('int')
  waiting: number;

  /** Takes no claim and offers nothing. */
  @Column('boolean')
  closed: boolean;

  /** Whether `capacity_class_limits` holds rows of it: spares a look where none are. */
  @Column('boolean')
  hasClasses: boolean;
}

/** Of a pool's places at most so many for one class. */
@Entity('capacity_class_limits')
export class ClassLimitRow {
  @PrimaryColumn('varchar', { length: 26 })
  poolId: string;

  @PrimaryColumn('varchar', { length: 10 })
  cardClass: string;

  @Column('int')
  capacity: number;

  /** As for the pool. */
  @Column('int', { nullable: true })
  shrinkTo: number | null;

  /** Places of the pool claimed by the class. */
  @Column('int')
  taken: number;
}

/** Places of one pool taken by one cause. Gone when they are given back. */
@Entity('capacity_claims')
export class ClaimRow {
  @PrimaryColumn('varchar', { length: 20 })
  causeType: string;

  @PrimaryColumn('varchar', { length: 26 })
  causeId: string;

  @PrimaryColumn('varchar', { length: 26 })
  poolId: string;

  @Column('int')
  amount: number;

  @Column('varchar', { length: 10, nullable: true })
  cardClass: string | null;

  /** Given back at this moment unless confirmed; null: for good. */
  @Column('datetime', { precision: 3, nullable: true })
  heldUntil: Date | null;
}

/** Somebody in line. The order of the ids is the order of the line. Gone once they left, accepted or let an offer pass. */
@Entity('capacity_waiters')
export class WaiterRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  poolId: string;

  @Column('varchar', { length: 20 })
  ownerType: string;

  @Column('int')
  amount: number;

  @Column('varchar', { length: 10, nullable: true })
  cardClass: string | null;

  @Column('int')
  offerMinutes: number;

  @Column('datetime', { precision: 3 })
  waitUntil: Date;

  /** Until then single places are put aside for them until they have all they need; null: none are. */
  @Column('datetime', { precision: 3, nullable: true })
  keepUntil: Date | null;

  /** Places that a claim of the cause `offer` holds for them: some while they are put aside, all once they are offered. */
  @Column('int')
  kept: number;

  /** Until when all places are held for them; null while they wait. */
  @Column('datetime', { precision: 3, nullable: true })
  offeredUntil: Date | null;

  /** Stands in line, and is given nothing until their feature says that they could use it again. */
  @Column('boolean')
  passedOver: boolean;
}
