import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed Merkle root over the entries that carry its id, chained to the seal before. Docs: `merkle.ts`. */
@Entity('audit_seals')
export class AuditSeal {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  /** 1, 2, 3, …: a gap is a removed seal. */
  @Column('int')
  number: number;

  @Column('int')
  entryCount: number;

  /** Root of seal `number - 1`, hex; 64 zeros before the first. */
  @Column('varchar', { length: 64 })
  previousRoot: string;

  /** SHA-256, hex. */
  @Column('varchar', { length: 64 })
  root: string;

  /** SHA-256 of the public key's DER, hex. */
  @Column('varchar', { length: 64 })
  keyId: string;

  /** Ed25519, base64url. */
  @Column('varchar', { length: 128 })
  signature: string;

  @Column('datetime', { precision: 3 })
  sealedAt: Date;
}
