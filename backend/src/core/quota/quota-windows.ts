import type { QuotaWindow } from '@talent-card/shared/channels/channel-groups';
import { addDays } from '../../platform/clock/shanghai.js';

/** Windows in which uses are counted; `use` holds within one use and counts nothing. */
export type CountedWindow = Exclude<QuotaWindow, 'use'>;
export const COUNTED_WINDOWS = ['day', 'week', 'month', 'year', 'lifetime'] as const;

/** A lifetime began before any day that is ever asked for. */
const BEFORE_ALL = '0000-01-01';

/** Monday 0 to Sunday 6. */
const weekday = (day: string): number => (new Date(`${day}T00:00:00.000Z`).getUTCDay() + 6) % 7;

/**
 * First day of the window that a service day lies in. Days are Shanghai's already, so this is calendar arithmetic; a
 * week begins on Monday and may lie in two years.
 */
export function windowStart(window: CountedWindow, day: string): string {
  switch (window) {
    case 'day':
      return day;
    case 'week':
      return addDays(day, -weekday(day));
    case 'month':
      return `${day.slice(0, 7)}-01`;
    case 'year':
      return `${day.slice(0, 4)}-01-01`;
    case 'lifetime':
      return BEFORE_ALL;
  }
}

/** First day of the window after; null where none follows. */
export function nextWindow(window: QuotaWindow, day: string): string | null {
  switch (window) {
    case 'day':
      return addDays(day, 1);
    case 'week':
      return addDays(windowStart('week', day), 7);
    case 'month':
      // No month has more than 31 days, and the 32nd day after a first always lies in the next.
      return windowStart('month', addDays(windowStart('month', day), 31));
    case 'year':
      return windowStart('year', addDays(windowStart('year', day), 366));
    default:
      return null;
  }
}
