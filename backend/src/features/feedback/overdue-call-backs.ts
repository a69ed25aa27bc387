import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { system } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { RatingsRepository } from './ratings.repository.js';

export const OVERDUE_JOB = 'feedback.overdue';
const UNIT = 100;

/** Notes in the audit trail, once each, that a call back or an appeal is past its last day. */
@Injectable()
export class OverdueCallBacks implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly ratings: RatingsRepository,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: OVERDUE_JOB, everySeconds: 3600, run: (lease) => this.run(lease) });
  }

  private async run(lease: Lease): Promise<void> {
    const today = serviceDate(this.clock.now());
    for (let noted = UNIT; noted === UNIT && !lease.signal.aborted; ) {
      noted = await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        const late = await this.ratings.newlyOverdue(tx.manager, today, UNIT);
        if (late.length === 0) return 0;
        await this.ratings.noteOverdue(
          tx,
          late.map(({ id }) => id),
        );
        await this.audit.recordMany(
          tx,
          late.map(({ id }) => ({
            principal: system(OVERDUE_JOB),
            action: 'feedback.overdue',
            objectType: 'rating',
            objectId: id,
          })),
        );
        return late.length;
      });
      if (noted > 0) this.logger.warn({ count: noted }, 'call backs are past their last day');
    }
  }
}
