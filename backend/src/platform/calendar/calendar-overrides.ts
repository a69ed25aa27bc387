import { Injectable } from '@nestjs/common';
import type { CalendarDay, overrideDaySchema } from '@talent-card/shared/calendar/schema';
import type * as z from 'zod';
import type { StaffPrincipal } from '../accounts/principal.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { serviceDate } from '../clock/shanghai.js';
import { type IdempotencyContext, UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { CalendarOverride } from './calendar-override.entity.js';
import { publishedDay } from './published-days.js';
import { WorkingCalendar } from './working-calendar.js';

@Injectable()
export class CalendarOverrides {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendar: WorkingCalendar,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Sets a day by hand, or gives it back to the published table. Due dates already told to people stay as they are.
   * @throws DomainError CALENDAR_DAY_IN_PAST
   */
  async set(
    staff: StaffPrincipal,
    date: string,
    change: z.infer<typeof overrideDaySchema>,
    options: { idempotency: IdempotencyContext; requestId: string },
  ): Promise<CalendarDay> {
    const day = await this.unitOfWork.run(
      async (tx): Promise<CalendarDay> => {
        const today = serviceDate(tx.now);
        if (date < today) throw new DomainError('CALENDAR_DAY_IN_PAST', { date, today });
        await tx.manager.delete(CalendarOverride, { date });
        const { kind, name = null } = change;
        if (kind !== null) {
          await tx.manager.insert(CalendarOverride, {
            date,
            kind,
            name,
            overriddenBy: staff.staffId,
            overriddenAt: tx.now,
          });
        }
        await this.audit.record(tx, staff, {
          action: kind === null ? 'calendar.take-back' : 'calendar.override',
          objectType: 'calendar-day',
          objectId: date,
          fields: ['kind', 'name'],
          requestId: options.requestId,
        });
        return kind === null
          ? { date, ...publishedDay(date), overridden: false, overriddenAt: null }
          : {
              date,
              kind,
              name,
              working: kind !== 'holiday',
              overridden: true,
              overriddenAt: tx.now.toISOString(),
            };
      },
      { idempotency: options.idempotency },
    );
    await this.calendar.reload();
    return day;
  }
}
