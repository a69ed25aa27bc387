import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { BookingDesk } from './booking-desk.js';
import { BookingsRepository } from './bookings.repository.js';

export const KEPT_JOB = 'bookings.kept-places';
/** So many each time, for their people and pools are locked together. */
const UNIT = 25;

/**
 * Asks anew of those in line who have places put aside whether they could still accept. For whom card, quota, another
 * booking or a pause stands against it nothing is put aside any more; they may wait on, behind whoever fits.
 */
@Injectable()
export class KeptPlaces implements OnModuleInit {
  /** The last one asked of: the next run goes on behind them. */
  private after = '';

  constructor(
    private readonly jobs: Jobs,
    private readonly capacity: Capacity,
    private readonly bookings: BookingsRepository,
    private readonly desk: BookingDesk,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: KEPT_JOB, everySeconds: 10, run: (lease) => this.run(lease) });
  }

  private async run(lease: Lease): Promise<void> {
    const ids = await this.capacity.aside(this.database.manager, 'booking', this.after, UNIT);
    this.after = ids.length < UNIT ? '' : (ids.at(-1) ?? '');
    if (ids.length === 0) return;
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      const waits = await this.bookings.findManyWaiting(tx.manager, ids);
      const { unable, places } = await this.desk.askInLine(tx, waits);
      if (unable.length === 0) return;
      for (const id of unable) places.keepNoMore(id);
      await this.capacity.write(tx, places);
    });
  }
}
