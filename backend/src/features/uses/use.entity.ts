import type { SETTLE_REASONS } from '@talent-card/shared/uses/schema';
import type { UseState } from '@talent-card/shared/uses/use-state';
import type { Verdict } from '@talent-card/shared/uses/verdicts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type SettleReason = (typeof SETTLE_REASONS)[number];

/** A code that a window has seen and may take within two minutes. */
@Entity('window_looks')
export class LookRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 40 })
  codeId: string;

  @Column('varchar', { length: 26 })
  cardId: string;

  @Column('varchar', { length: 26 })
  personId: string;

  @Column('varchar', { length: 26 })
  venueId: string;

  @Column('varchar', { length: 26 })
  staffId: string;

  /** The holder's phone that made the code; null for one that was made online. */
  @Column('varchar', { length: 26, nullable: true })
  deviceId: string | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('datetime', { precision: 3 })
  expiresAt: Date;
}

/** One use of a channel at a window. Its quota hangs on `{ type: 'use', id }`. */
@Entity('uses')
export class UseRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  personId: string;

  /** The card whose code was shown. */
  @Column('varchar', { length: 26 })
  cardId: string;

  @Column('varchar', { length: 10, nullable: true })
  cardClass: string | null;

  @Column('varchar', { length: 26 })
  channelId: string;

  @Column('varchar', { length: 26 })
  venueId: string;

  /** Day of `at` in Asia/Shanghai, on which it counts. */
  @Column('varchar', { length: 10 })
  serviceDate: string;

  /** When somebody was let in; by the clerk's device where there was no network. */
  @Column('datetime', { precision: 3 })
  at: Date;

  @Column('int')
  companions: number;

  @Column('varchar', { length: 10 })
  status: UseState;

  @Column('boolean')
  offline: boolean;

  /** The booking that it checked in, whose quota it took over. */
  @Column('varchar', { length: 26, nullable: true })
  bookingId: string | null;

  /** What was left after it; null without a limit, and where it was recorded offline. */
  @Column('int', { nullable: true })
  leftAfter: number | null;

  @Column('varchar', { length: 26 })
  staffId: string;

  /** As it was then. */
  @Column('varchar', { length: 60 })
  staffName: string;

  /** Null for a desk in the console. */
  @Column('varchar', { length: 26, nullable: true })
  clerkDeviceId: string | null;

  /** Made by the clerk's device; unique. */
  @Column('varchar', { length: 26, nullable: true })
  clientUseId: string | null;

  @Column('varchar', { length: 40 })
  codeId: string;

  /** The same, but null where another use has taken the code. Unique. */
  @Column('varchar', { length: 40, nullable: true })
  codeKey: string | null;

  /** What the device was told at its sync, and is told again. */
  @Column('varchar', { length: 20, nullable: true })
  syncVerdict: Verdict | null;

  /** Why it needs, or needed, a decision. */
  @Column('varchar', { length: 20, nullable: true })
  settleReason: SettleReason | null;

  @Column('text', { nullable: true })
  settledNote: string | null;

  @Column('varchar', { length: 26, nullable: true })
  settledByStaffId: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  settledAt: Date | null;

  /** Words of staff, read by the holder. */
  @Column('text', { nullable: true })
  refundReason: string | null;

  @Column('text', { nullable: true })
  disputeReason: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  disputeOpenedAt: Date | null;

  @Column('text', { nullable: true })
  disputeAnswer: string | null;

  /** When the service came to know of it. */
  @Column('datetime', { precision: 3 })
  recordedAt: Date;

  @Column('int')
  version: number;
}
