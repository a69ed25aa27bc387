import type { CODE_PLATFORMS } from '@talent-card/shared/card-code/schema';
import type { CardState } from '@talent-card/shared/cards/card-state';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key of the issuer. The newest signs; older ones verify until their end. */
@Entity('issuer_keys')
export class IssuerKeyRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('int')
  version: number;

  /** Eight bytes of the key's SHA-256, base64url. */
  @Column('varchar', { length: 11 })
  kid: string;

  /** 32 bytes, base64url. */
  @Column('varchar', { length: 43 })
  publicKey: string;

  /** Seed of the key, sealed; null once the next one signs. */
  @Column('text', { nullable: true })
  privateKeySealed: string | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  /** Nothing that it signed is good any more; null for the one that signs. */
  @Column('datetime', { precision: 3, nullable: true })
  notAfter: Date | null;
}

/** What codes need to know of a card: the reference that stands for it, and its state as the status list says it. */
@Entity('code_cards')
export class CodeCardRow {
  @PrimaryColumn('varchar', { length: 26 })
  cardId: string;

  /** Twelve random bytes, base64url. */
  @Column('varchar', { length: 16 })
  cardRef: string;

  @Column('varchar', { length: 10 })
  status: CardState;
}

/** A phone or browser that shows the code of a card. One active a card, held by the database. */
@Entity('code_devices')
export class CodeDeviceRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  cardId: string;

  /** Null once the person was erased; the row stays for the status list. */
  @Column('varchar', { length: 26, nullable: true })
  personId: string | null;

  @Column('varchar', { length: 26, nullable: true })
  accountId: string | null;

  /** The sign-in in which it was enrolled. */
  @Column('varchar', { length: 26, nullable: true })
  sessionId: string | null;

  /** Ed25519, 32 bytes, base64url. */
  @Column('varchar', { length: 43 })
  publicKey: string;

  @Column('varchar', { length: 10 })
  platform: (typeof CODE_PLATFORMS)[number];

  @Column('varchar', { length: 40 })
  label: string;

  /** Its place in the status list, never given twice. */
  @Column('int')
  statusIndex: number;

  @Column('varchar', { length: 10 })
  status: 'active' | 'revoked';

  @Column('datetime', { precision: 3 })
  enrolledAt: Date;

  @Column('datetime', { precision: 3 })
  lastRenewedAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  revokedAt: Date | null;

  /** `replaced` by another phone of the holder. */
  @Column('varchar', { length: 10, nullable: true })
  revokedBy: 'holder' | 'staff' | 'replaced' | 'erasure' | null;

  /** In the words of staff. */
  @Column('text', { nullable: true })
  revokeReason: string | null;

  /** Made by the database: the card while the device is active. Unique. */
  @Column({
    type: 'varchar',
    length: 26,
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: "CASE WHEN status = 'active' THEN cardId END",
  })
  activeCardId: string | null;
}

/** One row: which version the status list has and which place is free next. */
@Entity('code_status_list')
export class StatusListRow {
  @PrimaryColumn('varchar', { length: 10 })
  id: string;

  /** Grows with every change of any status, in the same transaction. */
  @Column('int')
  version: number;

  @Column('int')
  nextIndex: number;

  @Column('datetime', { precision: 3 })
  changedAt: Date;
}

/** A phone of a clerk. Invited by an administrator, enrolled with a code, active until revoked. */
@Entity('clerk_devices')
export class ClerkDeviceRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  staffId: string;

  /** As it was when the device was invited. */
  @Column('varchar', { length: 60 })
  staffName: string;

  /** WeChat account that enrolled it; null while invited. */
  @Column('varchar', { length: 26, nullable: true })
  accountId: string | null;

  /** Its last session at the window, ended when the device is revoked. */
  @Column('varchar', { length: 26, nullable: true })
  sessionId: string | null;

  @Column('varchar', { length: 40 })
  label: string;

  @Column('varchar', { length: 43, nullable: true })
  publicKey: string | null;

  @Column('varchar', { length: 10 })
  status: 'invited' | 'active' | 'revoked';

  /** Blind index of the enrolment code; null once used or withdrawn. */
  @Column('varchar', { length: 43, nullable: true })
  enrolmentIndex: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  enrolmentUntil: Date | null;

  @Column('varchar', { length: 26 })
  invitedByStaffId: string;

  @Column('datetime', { precision: 3 })
  invitedAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  enrolledAt: Date | null;

  /** Time inside its last signed sign-in; an older signature opens nothing again. */
  @Column('datetime', { precision: 3, nullable: true })
  lastSignedAt: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  lastSeenAt: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  revokedAt: Date | null;

  @Column('text', { nullable: true })
  revokeReason: string | null;
}
