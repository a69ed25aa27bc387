import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { DeliveryRow } from './delivery.entity.js';

export const FORGET_JOB = 'messages.forget-deliveries';
/** Six months, as 网络安全法 art. 21 asks of logs; a few days more, so that no short month undercuts it. */
const KEEP_MS = 186 * 86_400_000;
const ROWS = 500;

/** Forgets how messages were delivered once the log need not show it any longer. */
@Injectable()
export class ForgetDeliveries implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: FORGET_JOB, everySeconds: 6 * 3600, run: (lease) => this.run(lease) });
  }

  private async run(lease: Lease): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP_MS);
    for (let removed = ROWS; removed === ROWS && !lease.signal.aborted; ) {
      removed = await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        const old = await tx.manager.find(DeliveryRow, {
          select: { id: true },
          where: { createdAt: LessThan(before), state: In(['sent', 'skipped', 'failed', 'unknown']) },
          order: { createdAt: 'ASC' },
          take: ROWS,
        });
        if (old.length > 0) await tx.manager.delete(DeliveryRow, { id: In(old.map(({ id }) => id)) });
        return old.length;
      });
    }
  }
}
