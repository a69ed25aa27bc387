import type { ImportState } from '@talent-card/shared/people/import-state';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One uploaded roster file on its way through `importStates`. */
@Entity('roster_batches')
export class RosterBatch {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 200 })
  fileName: string;

  /** SHA-256 of the file, hex. */
  @Column('varchar', { length: 64 })
  contentHash: string;

  /**
   * Key of the file in the store and of the checked rows, 32 bytes base64url, encrypted with purpose
   * `roster.content-key`. Null once both are deleted.
   */
  @Column('varchar', { length: 255, nullable: true })
  contentKey: string | null;

  @Column('varchar', { length: 12 })
  status: ImportState;

  @Column('varchar', { length: 26 })
  createdByStaffId: string;

  @Column('varchar', { length: 60 })
  createdByName: string;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  finishedAt: Date | null;

  @Column('int')
  rowsTotal: number;

  @Column('int')
  rowsChecked: number;

  @Column('int')
  rowsFailed: number;

  @Column('int')
  rowsWarned: number;

  @Column('int')
  rowsNew: number;

  @Column('int')
  rowsChanged: number;

  @Column('int')
  rowsUnchanged: number;

  @Column('int')
  rowsApplied: number;

  /** Cards issued because of rows of this batch. The database refuses to undo above 0. */
  @Column('int')
  cardsCaused: number;

  /** Row of the file up to which the running step has come; a new step starts at 0. */
  @Column('int')
  progressRow: number;

  @Column('varchar', { length: 40, nullable: true })
  failureCode: string | null;

  @Column('int')
  version: number;
}
