import { Injectable } from '@nestjs/common';
import { insertRows } from '../database/many-rows.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids.js';
import type { OutboxPayload } from './outbox-handlers.js';
import type { OutboxMessage } from './outbox-message.entity.js';

export interface NewMessage {
  readonly topic: string;
  readonly payload: OutboxPayload;
}

const rowOf = (tx: Tx, { topic, payload }: NewMessage): OutboxMessage => ({
  id: newId(tx.now),
  topic,
  payload: JSON.stringify(payload),
  state: 'pending',
  attempts: 0,
  createdAt: tx.now,
  availableAt: tx.now,
  epoch: null,
  finishedAt: null,
  lastError: null,
});
/** How a message ends begins as NULL. */
const COLUMNS = ['id', 'topic', 'payload', 'state', 'attempts', 'createdAt', 'availableAt'] as const;

@Injectable()
export class Outbox {
  private readonly published = new WeakSet<Tx>();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Has `topic` delivered to its handler after this transaction commits, and not if it does not. */
  async publish(tx: Tx, topic: string, payload: OutboxPayload): Promise<void> {
    await this.publishMany(tx, [{ topic, payload }]);
  }

  /** The same for many, by few statements. */
  async publishMany(tx: Tx, messages: readonly NewMessage[]): Promise<void> {
    if (messages.length === 0) return;
    this.published.add(tx);
    const rows = messages.map((message) => rowOf(tx, message));
    await insertRows(tx.atCommit, 'outbox_messages', COLUMNS, rows);
  }

  /** Calls `listener` after each commit that left a message. */
  onPublished(listener: () => void): void {
    this.unitOfWork.afterCommit((tx) => {
      if (this.published.has(tx)) listener();
    });
  }
}
