import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { Clock } from '../clock/clock.js';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { ReadDatabase } from '../database/database.module.js';
import { OUTBOX_STATES, OutboxMessage } from '../outbox/outbox-message.entity.js';
import { Health } from './health.js';
import { Metrics } from './metrics.js';

interface StateCount {
  readonly state: string;
  readonly count: number | string;
}

/** What the platform itself must show: the database answers, the disk takes a file, messages leave, seals follow. */
@Injectable()
export class PlatformProbes implements OnModuleInit {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.health.register('database', async () => {
      await this.database.manager.query('SELECT 1');
    });
    this.health.register('disk', () => this.writeAndRemove());
    this.metrics.gaugeBy('outbox_messages', 'Messages in the outbox by state', 'state', () =>
      this.outboxStates(),
    );
    this.metrics.gauge(
      'outbox_oldest_pending_seconds',
      'Age of the oldest message that waits and may be sent',
      () => this.oldestPendingSeconds(),
    );
    this.metrics.gauge('audit_oldest_unsealed_seconds', 'Age of the oldest audit entry not yet sealed', () =>
      this.oldestUnsealedSeconds(),
    );
  }

  private async writeAndRemove(): Promise<void> {
    await mkdir(this.config.filesDir, { recursive: true, mode: 0o700 });
    const path = join(this.config.filesDir, `.probe-${randomBytes(6).toString('hex')}`);
    await writeFile(path, 'probe', { mode: 0o600 });
    await rm(path);
  }

  private async outboxStates(): Promise<Record<string, number>> {
    const rows = await this.database.manager
      .createQueryBuilder(OutboxMessage, 'message')
      .select('message.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .groupBy('message.state')
      .getRawMany<StateCount>();
    const counted = Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
    return Object.fromEntries(OUTBOX_STATES.map((state) => [state, counted[state] ?? 0]));
  }

  private async oldestPendingSeconds(): Promise<number> {
    const [oldest] = await this.database.manager.find(OutboxMessage, {
      where: { state: 'pending' },
      order: { availableAt: 'ASC' },
      take: 1,
    });
    return oldest ? this.secondsSince(oldest.availableAt) : 0;
  }

  private async oldestUnsealedSeconds(): Promise<number> {
    const oldest = await this.database.manager
      .createQueryBuilder(AuditEntry, 'entry')
      .where('entry.sealId IS NULL')
      .orderBy('entry.id', 'ASC')
      .limit(1)
      .getOne();
    return oldest ? this.secondsSince(oldest.at) : 0;
  }

  private secondsSince(moment: Date): number {
    return Math.max(0, (this.clock.now().getTime() - moment.getTime()) / 1000);
  }
}
