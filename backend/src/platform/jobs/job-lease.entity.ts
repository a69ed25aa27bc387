import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which node may run a job now. The row is made with the job's first run and never deleted: its epoch only grows. */
@Entity('job_leases')
export class JobLease {
  @PrimaryColumn('varchar', { length: 60 })
  name: string;

  /** Id that the process drew at its start. */
  @Column('varchar', { length: 26 })
  holder: string;

  /** Grows by one with each change of holder; a write under an older epoch is refused. */
  @Column('int')
  epoch: number;

  @Column('datetime', { precision: 3 })
  expiresAt: Date;
}
