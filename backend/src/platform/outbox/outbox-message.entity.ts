import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * `pending` waits, `sending` is in a handler's hands, `sent` is done, `failed` was given up after its last try, and
 * `unknown` may or may not have reached the outside: it is shown to people and never sent again by itself.
 */
export const OUTBOX_STATES = ['pending', 'sending', 'sent', 'failed', 'unknown'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/** Something to be told or done after the commit of the transaction that wrote it. */
@Entity('outbox_messages')
export class OutboxMessage {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 80 })
  topic: string;

  /** JSON object of opaque ids, numbers and flags; no personal data. */
  @Column('text')
  payload: string;

  @Column('varchar', { length: 10 })
  state: OutboxState;

  /** Tries begun. */
  @Column('int')
  attempts: number;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  /** Not before this moment; moves on after a failed try. */
  @Column('datetime', { precision: 3 })
  availableAt: Date;

  /** Lease epoch of the worker that took it; null while pending. */
  @Column('int', { nullable: true })
  epoch: number | null;

  /** When it became sent, failed or unknown. */
  @Column('datetime', { precision: 3, nullable: true })
  finishedAt: Date | null;

  /** Name and code of the last fault, never its message: that could hold personal data. */
  @Column('varchar', { length: 200, nullable: true })
  lastError: string | null;
}
