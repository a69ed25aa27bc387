import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { StaffRole } from '@talent-card/shared/accounts/permissions';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type StaffStatus = 'active' | 'disabled';

/** Somebody who works with the console. Never deleted: decisions keep pointing at who took them. */
@Entity('staff_members')
export class StaffRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  /** Lower case, unique, never changed. */
  @Column('varchar', { length: 50 })
  username: string;

  @Column('varchar', { length: 50 })
  displayName: string;

  @Column('varchar', { length: 30 })
  role: StaffRole;

  @Column('varchar', { length: 20 })
  zoneCode: ZoneCode;

  @Column('varchar', { length: 10 })
  status: StaffStatus;

  /** argon2id in PHC form. */
  @Column('varchar', { length: 200 })
  passwordHash: string;

  /** The password was given by somebody else: only changing it is allowed. */
  @Column('boolean')
  mustChangePassword: boolean;

  /** Until when a one-time password opens; null for a password of one's own. */
  @Column('datetime', { precision: 3, nullable: true })
  passwordExpiresAt: Date | null;

  /** Secret of the authenticator, base32, encrypted; null until it is enrolled. */
  @Column('text', { nullable: true })
  totpSealed: string | null;

  /** The 30-second step of the last code taken: a code is used once. */
  @Column('int', { nullable: true })
  totpLastStep: number | null;

  @Column('datetime', { precision: 3, nullable: true })
  lastSignInAt: Date | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  /** Grows with each change by an administrator; the compare of their compare-and-set. */
  @Column('int')
  version: number;
}
