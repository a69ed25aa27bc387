import { Column, Entity, PrimaryColumn } from 'typeorm';

export type AuditActorType = 'citizen' | 'staff' | 'system' | 'anonymous';

/**
 * Who did what to which thing. Opaque ids and field names only, never values, so that erasing a person and keeping
 * the seal do not quarrel.
 */
@Entity('audit_entries')
export class AuditEntry {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('datetime', { precision: 3 })
  at: Date;

  @Column('varchar', { length: 10 })
  actorType: AuditActorType;

  /** Account id, staff id or the name of the part of the service; null when nobody was signed in. */
  @Column('varchar', { length: 40, nullable: true })
  actorId: string | null;

  @Column('varchar', { length: 60 })
  action: string;

  @Column('varchar', { length: 40 })
  objectType: string;

  @Column('varchar', { length: 40, nullable: true })
  objectId: string | null;

  /** JSON array of field names. */
  @Column('text')
  fields: string;

  @Column('varchar', { length: 40, nullable: true })
  requestId: string | null;

  /** The seal that covers it; null until the sealer has seen it. Outside the sealed content. */
  @Column('varchar', { length: 26, nullable: true })
  sealId: string | null;
}
