import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { ReadDatabase } from '../database/database.module.js';
import { OUTBOX_STATES, OutboxMessage, type OutboxState } from './outbox-message.entity.js';

/** What the outbox looks like from outside, for metrics. */
@Injectable()
export class OutboxStatus {
  constructor(
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** Messages of each state; sent ones of the last 30 days. */
  async counts(): Promise<Record<OutboxState, number>> {
    const counted = await Promise.all(
      OUTBOX_STATES.map(async (state) => [state, await this.read.manager.countBy(OutboxMessage, { state })]),
    );
    return Object.fromEntries(counted) as Record<OutboxState, number>;
  }

  /** Seconds since the oldest message that still waits was published; 0 when none waits. */
  async oldestPendingSeconds(): Promise<number> {
    const [oldest] = await this.read.manager.find(OutboxMessage, {
      select: { id: true, createdAt: true },
      where: [{ state: 'pending' }, { state: 'sending' }],
      order: { id: 'ASC' },
      take: 1,
    });
    return oldest ? (this.clock.now().getTime() - oldest.createdAt.getTime()) / 1000 : 0;
  }
}
