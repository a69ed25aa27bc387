import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The first answer to a call with an `Idempotency-Key`, written in the transaction of the call itself. Kept 7 days. */
@Entity('idempotency_records')
export class IdempotencyRecord {
  @PrimaryColumn('varchar', { length: 40 })
  owner: string;

  @PrimaryColumn('varchar', { length: 64 })
  key: string;

  @Column('varchar', { length: 120 })
  route: string;

  /** Keyed digest of the request. Empty for one of before there was a key: it equals none. */
  @Column('varchar', { length: 64 })
  requestHash: string;

  @Column('varchar', { length: 10 })
  outcome: 'done' | 'refused';

  /** The answer as JSON, encrypted: it may hold personal data. A refusal is `{ code, details }`. */
  @Column('text')
  answer: string;

  @Column('datetime', { precision: 3 })
  createdAt: Date;
}
