import type * as z from 'zod';
import { route } from '../common/route.js';
import type { CalendarDay, CalendarYear, overrideDaySchema } from './schema.js';

export const calendarRoutes = {
  year: route<{ response: CalendarYear }>()({
    method: 'GET',
    path: '/admin/calendar/:year',
    access: 'calendar.read',
  }),
  override: route<{ body: z.infer<typeof overrideDaySchema>; response: CalendarDay }>()({
    method: 'PUT',
    path: '/admin/calendar/days/:date',
    access: 'calendar.manage',
    idempotent: true,
  }),
} as const;
