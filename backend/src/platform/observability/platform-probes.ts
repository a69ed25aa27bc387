import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.js';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { DatabaseHealth } from '../database/database-health.js';
import { TransactionalUnitOfWork } from '../database/transactional-unit-of-work.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Jobs } from '../jobs/jobs.js';
import { OutboxStatus } from '../outbox/outbox-status.js';
import { Health } from './health.js';
import { Metrics } from './metrics.js';

/** What the platform itself must show: the database answers, the disk takes a file, messages leave, seals follow. */
@Injectable()
export class PlatformProbes implements OnModuleInit {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly database: DatabaseHealth,
    private readonly outbox: OutboxStatus,
    private readonly audit: AuditLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.health.register('database', () => this.database.probe());
    this.health.register('disk', () => this.writeAndRemove());
    this.metrics.gaugeBy('outbox_messages', 'Messages in the outbox by state', 'state', () =>
      this.outbox.counts(),
    );
    this.metrics.gauge(
      'outbox_oldest_pending_seconds',
      'Age of the oldest message that waits and may be sent',
      () => this.outbox.oldestDueSeconds(),
    );
    this.metrics.gauge('audit_oldest_unsealed_seconds', 'Age of the oldest audit entry not yet sealed', () =>
      this.audit.oldestUnsealedSeconds(),
    );
    this.metrics.gaugeBy(
      'job_last_success_timestamp_seconds',
      'When a job last ended well on this node',
      'job',
      async () =>
        Object.fromEntries([...this.jobs.lastSuccesses()].map(([name, at]) => [name, at.getTime() / 1000])),
    );
    const { unitOfWork } = this;
    if (!(unitOfWork instanceof TransactionalUnitOfWork)) return;
    this.metrics.gauge(
      'unit_of_work_queued',
      'Units that wait for or hold the one write connection of SQLite; 0 on other engines',
      () => unitOfWork.queued,
    );
    this.metrics.gauge('unit_of_work_retries', 'Attempts repeated since the start', () => unitOfWork.retries);
  }

  private async writeAndRemove(): Promise<void> {
    await mkdir(this.config.filesDir, { recursive: true, mode: 0o700 });
    const path = join(this.config.filesDir, `.probe-${randomBytes(6).toString('hex')}`);
    await writeFile(path, 'probe', { mode: 0o600 });
    await rm(path);
  }
}
