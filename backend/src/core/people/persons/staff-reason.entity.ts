import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Why staff did something to a person that needs a reason. The audit entry of the same moment says that they did. */
@Entity('staff_reasons')
export class StaffReason {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  personId: string;

  @Column('varchar', { length: 20 })
  action: 'reveal-identity' | 'unbind';

  /** In the words of the member of staff. Deleted with the person's data. */
  @Column('text')
  reason: string;

  @Column('varchar', { length: 26 })
  staffId: string;

  @Column('datetime', { precision: 3 })
  createdAt: Date;
}
