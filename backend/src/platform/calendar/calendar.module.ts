import { Global, Module } from '@nestjs/common';
import { CalendarController } from './calendar.controller.js';
import { CalendarOverrides } from './calendar-overrides.js';
import { WorkingCalendar } from './working-calendar.js';

@Global()
@Module({
  controllers: [CalendarController],
  providers: [WorkingCalendar, CalendarOverrides],
  exports: [WorkingCalendar],
})
export class CalendarModule {}
