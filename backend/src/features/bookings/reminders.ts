import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { addDays, serviceDate, startOfServiceDay } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { BookingsAdminRepository } from './bookings-admin.repository.js';

export const REMINDERS_JOB = 'bookings.remind';
/** After midnight: at six in the evening of the day before, when people look at tomorrow. */
const REMINDED_AT_MS = 18 * 3_600_000;
const UNIT = 200;
const KEEP_DAYS = 30;

/** Reminds holders of tomorrow's bookings, each once. Who booked after the hour of reminding needs none. */
@Injectable()
export class Reminders implements OnModuleInit {
  constructor(
    private readonly repository: BookingsAdminRepository,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: REMINDERS_JOB, everySeconds: 300, run: (lease) => this.run(lease) });
  }

  private async run(lease: Lease): Promise<void> {
    const now = this.clock.now();
    const today = serviceDate(now);
    const hour = new Date(startOfServiceDay(today).getTime() + REMINDED_AT_MS);
    if (now < hour) return;
    const tomorrow = addDays(today, 1);
    for (;;) {
      const bookings = await this.repository.unreminded(this.database.manager, tomorrow, hour, UNIT);
      if (bookings.length === 0 || lease.signal.aborted) break;
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        await this.repository.noteReminded(tx, bookings);
        await this.outbox.publishMany(
          tx,
          bookings.map(({ id, personId }) => ({
            topic: 'booking.reminder',
            payload: { personId, bookingId: id },
          })),
        );
      });
    }
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      await this.repository.forgetReminders(tx, addDays(today, -KEEP_DAYS));
    });
  }
}
