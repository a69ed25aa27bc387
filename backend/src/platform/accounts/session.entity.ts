import { Column, Entity, PrimaryColumn } from 'typeorm';

export type SessionKind = 'citizen' | 'staff';

/** Why a session ended before its time. */
export type SessionEnd =
  | 'signed-out'
  | 'ended-elsewhere'
  | 'refresh-token-reused'
  | 'consent-withdrawn'
  | 'person-unbound'
  | 'account-erased'
  | 'password-changed'
  | 'access-reset'
  | 'staff-changed'
  | 'device-revoked';

/** One sign-in on one device: the family that its refresh tokens belong to. */
@Entity('sessions')
export class SessionRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 10 })
  kind: SessionKind;

  /** Account or member of staff, after `kind`. */
  @Column('varchar', { length: 26 })
  ownerId: string;

  /** Families of device and program only, such as `WeChat · iPhone`. */
  @Column('varchar', { length: 40 })
  deviceLabel: string;

  @Column('datetime', { precision: 3 })
  startedAt: Date;

  /** Moment of the last refresh. */
  @Column('datetime', { precision: 3 })
  lastUsedAt: Date;

  /** Over when nothing was refreshed until then; moves with each refresh, never past `endsAt`. */
  @Column('datetime', { precision: 3 })
  idleUntil: Date;

  /** Over then in any case. */
  @Column('datetime', { precision: 3 })
  endsAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  endedAt: Date | null;

  @Column('varchar', { length: 30, nullable: true })
  endReason: SessionEnd | null;
}
