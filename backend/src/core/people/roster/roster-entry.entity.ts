import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { CardCategory } from '@talent-card/shared/cards/categories';
import type { IdentityType } from '@talent-card/shared/validators/identity-document';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * One version of one row of the talent roster. A later import supersedes it; undoing that import makes it active
 * again. The content never changes. One active version for each identity and category, held by the database.
 */
@Entity('roster_entries')
export class RosterEntryRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 60 })
  name: string;

  @Column('varchar', { length: 20 })
  identityType: IdentityType;

  /** Encrypted, purpose `roster.identity-number`. */
  @Column('varchar', { length: 255 })
  identityNumber: string;

  /** Blind index, purpose `identity:<type>`, shared with persons. */
  @Column('varchar', { length: 43 })
  identityIndex: string;

  @Column('varchar', { length: 1 })
  category: CardCategory;

  @Column('varchar', { length: 100, nullable: true })
  programme: string | null;

  @Column('varchar', { length: 60, nullable: true })
  documentNumber: string | null;

  @Column('varchar', { length: 40, nullable: true })
  provincialCardNumber: string | null;

  @Column('varchar', { length: 100, nullable: true })
  employer: string | null;

  @Column('varchar', { length: 18, nullable: true })
  creditCode: string | null;

  @Column('varchar', { length: 20 })
  zoneCode: ZoneCode;

  @Column('varchar', { length: 10, nullable: true })
  cardClass: string | null;

  /** Encrypted, purpose `roster.mobile`. */
  @Column('varchar', { length: 255, nullable: true })
  mobile: string | null;

  @Column('varchar', { length: 10, nullable: true })
  validUntil: string | null;

  /** Keyed digest over the whole content: equal means that a re-import changes nothing. */
  @Column('varchar', { length: 43 })
  contentDigest: string;

  @Column('varchar', { length: 26 })
  batchId: string;

  /** Row of the file it came from. */
  @Column('int')
  rowNumber: number;

  @Column('varchar', { length: 10 })
  status: 'active' | 'superseded' | 'withdrawn';

  /** The version that this one superseded. */
  @Column('varchar', { length: 26, nullable: true })
  previousId: string | null;

  /** When the first card was issued because of it. */
  @Column('datetime', { precision: 3, nullable: true })
  usedAt: Date | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  endedAt: Date | null;

  /** Made by the database: the blind index while active. Unique with the category. */
  @Column({
    type: 'varchar',
    length: 43,
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: "CASE WHEN status = 'active' THEN identityIndex END",
  })
  activeIndex: string | null;
}
