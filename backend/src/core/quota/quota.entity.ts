import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { QuotaCause } from './quota.types.js';
import type { CountedWindow } from './quota-windows.js';

/**
 * How much of one limit a person has used within one window, and what is locked while more is spent. It can be made
 * anew from the ledger at any time, so that rows of windows long over are dropped.
 */
@Entity('quota_counters')
export class QuotaCounterRow {
  /** Digest of person, key, window and start: known without reading, and the order in which rows are locked. */
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  personId: string;

  /** `owner` or `owner:part`; of a funding row the group. */
  @Column('varchar', { length: 60 })
  quotaKey: string;

  /** `funding` rows say who pays for a group in a year. */
  @Column('varchar', { length: 10 })
  countedIn: CountedWindow | 'funding';

  @Column('varchar', { length: 10 })
  startsOn: string;

  /** Between 0 and `cap`, held by a CHECK. */
  @Column('int')
  used: number;

  /** The limit when somebody last spent; never below `used`, so that a lowered limit takes nothing back. */
  @Column('int')
  cap: number;

  /** Uses made offline beyond the limit, until they are settled. */
  @Column('int')
  excess: number;

  /** False until the uses that the ledger held before the row was made are counted in. */
  @Column('boolean')
  counted: boolean;

  /** Of a funding row: the key that pays, while anything is paid. */
  @Column('varchar', { length: 60, nullable: true })
  fundedBy: string | null;
}

/** The ledger: one use of a person under one key on one day. */
@Entity('quota_entries')
export class QuotaEntryRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  personId: string;

  @Column('varchar', { length: 60 })
  quotaKey: string;

  /** The service day that it counts for. */
  @Column('varchar', { length: 10 })
  onDay: string;

  @Column('int')
  party: number;

  @Column('varchar', { length: 10 })
  state: 'spent' | 'excess' | 'returned';

  @Column('varchar', { length: 10 })
  causeType: QuotaCause['type'];

  @Column('varchar', { length: 26 })
  causeId: string;

  @Column('varchar', { length: 40, nullable: true })
  fundingGroup: string | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  returnedAt: Date | null;

  /** Made by the database: the cause while the entry counts. Unique with its type: one cause never spends twice. */
  @Column({
    type: 'varchar',
    length: 26,
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: "CASE WHEN state <> 'returned' THEN causeId END",
  })
  countingCauseId: string | null;
}
