import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One recovery code, for whoever lost their authenticator. */
@Entity('staff_recovery_codes')
export class RecoveryCode {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  staffId: string;

  /** Keyed digest: a code has only 40 bits, which a plain digest would give away. */
  @Column('varchar', { length: 64 })
  codeHash: string;

  @Column('datetime', { precision: 3, nullable: true })
  usedAt: Date | null;
}

/** Between the password and the second step of one sign-in. */
@Entity('staff_challenges')
export class StaffChallengeRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  staffId: string;

  /** Codes tried; the sixth is not looked at. */
  @Column('int')
  tries: number;

  /** Secret offered for enrolment, encrypted; null when an authenticator is enrolled already. */
  @Column('text', { nullable: true })
  enrolmentSealed: string | null;

  @Column('datetime', { precision: 3 })
  expiresAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  doneAt: Date | null;
}

/** A browser in which a member of staff has completed a sign-in: others' wrong tries do not slow it down. */
@Entity('staff_devices')
export class StaffDevice {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  staffId: string;

  @Column('varchar', { length: 64 })
  tokenHash: string;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('datetime', { precision: 3 })
  expiresAt: Date;
}

/** Wrong tries counted against one subject (a user name from an address, a user name, an authenticator). */
@Entity('sign_in_throttles')
export class SignInThrottle {
  /** Kind and keyed digest; names and addresses are not stored. */
  @PrimaryColumn('varchar', { length: 64 })
  subject: string;

  /** Keyed digest of the user name, so that an administrator can lift all that holds somebody up. */
  @Column('varchar', { length: 64 })
  usernameIndex: string;

  @Column('int')
  failures: number;

  /** Tries are forgotten then. */
  @Column('datetime', { precision: 3 })
  windowEndsAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  blockedUntil: Date | null;
}

/** Why somebody's access was reset: the way in for whoever can talk an administrator into it, so it is kept. */
@Entity('staff_access_resets')
export class StaffAccessReset {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  staffId: string;

  @Column('varchar', { length: 26 })
  byStaffId: string;

  @Column('text')
  reason: string;

  @Column('datetime', { precision: 3 })
  at: Date;
}
