import type { EXPORT_KINDS, EXPORT_STATES } from '@talent-card/shared/statistics/schema';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A workbook that somebody asked for. The file lies in the store, under a key that is wiped when it expires. */
@Entity('exports')
export class ExportRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  staffId: string;

  @Column('varchar', { length: 20 })
  kind: (typeof EXPORT_KINDS)[number];

  /** JSON of the list's filters, encrypted for `exports.filter`: one may be the name or number of a person. */
  @Column('text')
  filter: string;

  @Column('varchar', { length: 10 })
  state: (typeof EXPORT_STATES)[number];

  @Column('int')
  rowsDone: number;

  @Column('int', { nullable: true })
  rowsTotal: number | null;

  /** Times it was begun. */
  @Column('int')
  tries: number;

  /** Encrypted, purpose `exports.content-key`; null once expired. */
  @Column('text', { nullable: true })
  contentKey: string | null;

  @Column('datetime', { precision: 3 })
  requestedAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  finishedAt: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  expiresAt: Date | null;
}
