import type { FactKind, FactSource } from '@talent-card/shared/people/schema';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a source said of a person. A newer word of the same source on the same thing supersedes the row, never changes it. */
@Entity('person_facts')
export class PersonFact {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  personId: string;

  @Column('varchar', { length: 20 })
  kind: FactKind;

  /** JSON, shape by kind: `factValueSchemas`. */
  @Column('text')
  value: string;

  @Column('varchar', { length: 20 })
  source: FactSource;

  /** When the source said so. */
  @Column('datetime', { precision: 3 })
  observedAt: Date;

  @Column('varchar', { length: 26, nullable: true })
  proofFileId: string | null;

  /** Digest of kind, source and what the fact is about (the school and level, the employer, …). */
  @Column('varchar', { length: 43 })
  factKey: string;

  @Column('datetime', { precision: 3, nullable: true })
  supersededAt: Date | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  /** Made by the database: `factKey` while the fact is current. Unique for each person. */
  @Column({
    type: 'varchar',
    length: 43,
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: 'CASE WHEN supersededAt IS NULL THEN factKey END',
  })
  currentKey: string | null;
}
