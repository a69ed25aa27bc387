import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { addDays, serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { QuotaRepository } from './quota.repository.js';

export const FORGET_QUOTA_JOB = 'quota.forget';
/** The longest window, a year, and a month for corrections. A counter needed again is made from the ledger. */
const KEEP_COUNTERS_DAYS = 366 + 31;
/** Long enough to answer a holder who asks why something was given back. */
const KEEP_RETURNED_DAYS = 366;
const DAY_MS = 86_400_000;
const ROWS = 500;

/**
 * Drops counters of windows long over and entries given back a year ago. What was really used stays for as long as
 * the person is known: "once in a lifetime" is counted from it.
 */
@Injectable()
export class ForgetQuota implements OnModuleInit {
  constructor(
    private readonly repository: QuotaRepository,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: FORGET_QUOTA_JOB, everySeconds: 6 * 3600, run: (lease) => this.run(lease) });
  }

  private async run(lease: Lease): Promise<void> {
    const now = this.clock.now();
    const counters = addDays(serviceDate(now), -KEEP_COUNTERS_DAYS);
    const returned = new Date(now.getTime() - KEEP_RETURNED_DAYS * DAY_MS);
    await this.inPieces(lease, (tx) => this.repository.forgetCounters(tx, counters, ROWS));
    await this.inPieces(lease, (tx) => this.repository.forgetReturned(tx, returned, ROWS));
  }

  private async inPieces(lease: Lease, forget: (tx: Tx) => Promise<number>): Promise<void> {
    for (let removed = ROWS; removed === ROWS && !lease.signal.aborted; ) {
      removed = await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        return forget(tx);
      });
    }
  }
}
