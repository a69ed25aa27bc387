import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids.js';
import type { OutboxPayload } from './outbox-handlers.js';
import { OutboxMessage } from './outbox-message.entity.js';

@Injectable()
export class Outbox {
  private readonly published = new WeakSet<Tx>();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Has `topic` delivered to its handler after this transaction commits, and not if it does not. */
  async publish(tx: Tx, topic: string, payload: OutboxPayload): Promise<void> {
    this.published.add(tx);
    await tx.manager.insert(OutboxMessage, {
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
  }

  /** Calls `listener` after each commit that left a message. */
  onPublished(listener: () => void): void {
    this.unitOfWork.afterCommit((tx) => {
      if (this.published.has(tx)) listener();
    });
  }
}
