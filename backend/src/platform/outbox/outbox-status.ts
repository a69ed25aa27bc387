import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
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
    const rows = await this.read.manager
      .createQueryBuilder(OutboxMessage, 'message')
      .select('message.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .groupBy('message.state')
      .getRawMany<{ state: OutboxState; count: number | string }>();
    const counted = new Map(rows.map((row) => [row.state, Number(row.count)]));
    return Object.fromEntries(OUTBOX_STATES.map((state) => [state, counted.get(state) ?? 0])) as Record<
      OutboxState,
      number
    >;
  }

  /** Seconds for which the oldest message has been due; 0 when none is. One that waits for its next try is not. */
  async oldestDueSeconds(): Promise<number> {
    const now = this.clock.now();
    const [oldest] = await this.read.manager.find(OutboxMessage, {
      where: [
        { state: 'pending', availableAt: LessThanOrEqual(now) },
        { state: 'sending', availableAt: LessThanOrEqual(now) },
      ],
      order: { availableAt: 'ASC' },
      take: 1,
    });
    return oldest ? (now.getTime() - oldest.availableAt.getTime()) / 1000 : 0;
  }
}
