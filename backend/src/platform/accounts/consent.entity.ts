import type { ConsentPurpose } from '@talent-card/shared/accounts/schema';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One consent given; its history stays when it is withdrawn or replaced by a newer version. */
@Entity('consents')
export class ConsentRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  accountId: string;

  @Column('varchar', { length: 30 })
  purpose: ConsentPurpose;

  @Column('varchar', { length: 20 })
  version: string;

  @Column('datetime', { precision: 3 })
  grantedAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  endedAt: Date | null;

  /** `replaced`: a newer version was agreed to. */
  @Column('varchar', { length: 10, nullable: true })
  endReason: 'withdrawn' | 'replaced' | 'erased' | null;

  /** The purpose while in force, else null: unique with the account, so that one consent of a purpose is in force. */
  @Column({
    type: 'varchar',
    length: 30,
    nullable: true,
    generatedType: 'STORED',
    asExpression: 'CASE WHEN endedAt IS NULL THEN purpose END',
    insert: false,
    update: false,
    select: false,
  })
  activeKey: string | null;
}
