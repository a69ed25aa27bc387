import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { CasesRepository } from './cases.repository.js';
import { Casework } from './casework.service.js';

export const OVERDUE_JOB = 'casework.overdue';
const UNIT = 200;

/** Notes in each case's timeline that its due date has passed, once per due date. */
@Injectable()
export class OverdueCases implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly cases: CasesRepository,
    private readonly casework: Casework,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: OVERDUE_JOB, everySeconds: 900, run: (lease) => this.mark(lease) });
  }

  private async mark(lease: Lease): Promise<void> {
    const today = serviceDate(this.clock.now());
    for (;;) {
      const rows = await this.cases.newlyOverdue(this.database.manager, today, UNIT);
      if (rows.length === 0) return;
      const marked = await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        let count = 0;
        for (const row of rows) if (await this.casework.markOverdue(tx, row)) count += 1;
        return count;
      });
      // All of them moved on meanwhile: what is left comes with the next run.
      if (marked === 0 || rows.length < UNIT) return;
    }
  }
}
