import { Body, Controller, Param, Req } from '@nestjs/common';
import { calendarRoutes } from '@talent-card/shared/calendar/routes';
import {
  type CalendarDay,
  type CalendarYear,
  calendarDaySchema,
  calendarYearSchema,
  overrideDaySchema,
} from '@talent-card/shared/calendar/schema';
import { serviceDateSchema } from '@talent-card/shared/common/schema';
import * as z from 'zod';
import type { StaffPrincipal } from '../accounts/principal.js';
import type { IdempotencyContext } from '../database/unit-of-work.js';
import { Endpoint } from '../http/endpoint.decorator.js';
import { Idempotency, Staff } from '../http/parameters.js';
import type { AppRequest } from '../http/request.js';
import { CalendarOverrides } from './calendar-overrides.js';
import { WorkingCalendar } from './working-calendar.js';

const yearSchema = z.coerce.number().int().min(2004).max(2100);

@Controller()
export class CalendarController {
  constructor(
    private readonly calendar: WorkingCalendar,
    private readonly overrides: CalendarOverrides,
  ) {}

  @Endpoint(calendarRoutes.year, { summary: 'Every day of a year', response: calendarYearSchema })
  year(@Param('year', { schema: yearSchema }) year: number): CalendarYear {
    return this.calendar.year(year);
  }

  @Endpoint(calendarRoutes.override, {
    summary: 'Set a day by hand, or give it back to the published table',
    response: calendarDaySchema,
  })
  override(
    @Staff() staff: StaffPrincipal,
    @Param('date', { schema: serviceDateSchema }) date: string,
    @Body({ schema: overrideDaySchema }) change: z.infer<typeof overrideDaySchema>,
    @Idempotency() idempotency: IdempotencyContext,
    @Req() request: AppRequest,
  ): Promise<CalendarDay> {
    return this.overrides.set(staff, date, change, { idempotency, requestId: request.id });
  }
}
