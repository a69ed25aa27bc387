import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A column of words whose rows of before are closed now. */
@Entity('closed_columns')
export class ClosedColumn {
  /** `<table>.<column>` */
  @PrimaryColumn('varchar', { length: 120 })
  name: string;

  @Column('datetime', { precision: 3 })
  closedAt: Date;
}
