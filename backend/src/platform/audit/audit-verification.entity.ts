import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Outcome of one look over the whole trail. */
@Entity('audit_verifications')
export class AuditVerification {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('datetime', { precision: 3 })
  at: Date;

  @Column('boolean')
  ok: boolean;

  @Column('int')
  entries: number;

  @Column('int')
  problems: number;
}
