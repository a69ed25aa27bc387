import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row for each promise over many rows of staff: whoever could break it changes the row first, one at a time. */
@Entity('staff_guards')
export class StaffGuard {
  @PrimaryColumn('varchar', { length: 30 })
  name: 'administrators';

  @Column('int')
  changes: number;
}
