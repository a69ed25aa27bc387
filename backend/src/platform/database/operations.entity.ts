import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row for each committed unit of work without idempotency key: proof that its COMMIT went through. Kept a day. */
@Entity('operations')
export class Operation {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('datetime', { precision: 3 })
  committedAt: Date;
}
