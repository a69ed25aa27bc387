import type { CardCategory } from '@talent-card/shared/cards/categories';
import type { RowProblemCode } from '@talent-card/shared/people/schema';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of a file after its dry run, waiting to be applied. Deleted when the batch is applied or discarded. */
@Entity('roster_rows')
export class RosterRow {
  @PrimaryColumn('varchar', { length: 26 })
  batchId: string;

  /** Row number as the spreadsheet shows it. */
  @PrimaryColumn('int')
  rowNumber: number;

  @Column('varchar', { length: 10 })
  outcome: 'new' | 'changed' | 'unchanged' | 'failed';

  /** JSON sealed with the key of the batch, base64url; null where the row failed. */
  @Column('text', { nullable: true })
  content: string | null;

  @Column('varchar', { length: 43, nullable: true })
  identityIndex: string | null;

  @Column('varchar', { length: 1, nullable: true })
  category: CardCategory | null;

  @Column('varchar', { length: 43, nullable: true })
  contentDigest: string | null;
}

/** What is wrong with a cell, in the order of the file. */
@Entity('roster_problems')
export class RosterProblem {
  @PrimaryColumn('varchar', { length: 26 })
  batchId: string;

  @PrimaryColumn('int')
  ordinal: number;

  @Column('int')
  rowNumber: number;

  /** From 1; 0 where it concerns the whole row. */
  @Column('int')
  columnNumber: number;

  @Column('varchar', { length: 100 })
  columnTitle: string;

  @Column('varchar', { length: 40 })
  code: RowProblemCode;

  @Column('varchar', { length: 10 })
  severity: 'error' | 'warning';

  /** Masked. */
  @Column('varchar', { length: 120, nullable: true })
  hint: string | null;
}
