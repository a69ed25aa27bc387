import type { CalendarDay } from '@talent-card/shared/calendar/schema';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { OpeningHours, VenueDay } from '@talent-card/shared/venues/schema';

/** What decides how a venue is open. */
export interface OpeningRules {
  readonly openingHours: readonly OpeningHours[];
  readonly closedOnHolidays: boolean;
  readonly status: 'open' | 'closed';
}
export interface DayException {
  readonly open: readonly Stretch[];
  readonly note: LocalizedText;
}
/** Times of day in Asia/Shanghai, `HH:mm`. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** Monday 1 to Sunday 7, of a calendar date: no time zone enters. */
export function weekdayOf(date: string): number {
  const sundayFirst = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  return sundayFirst === 0 ? 7 : sundayFirst;
}

/**
 * The weekday whose hours and templates hold on a day. On a make-up workday an office that keeps holidays, and is
 * closed on that day of the week otherwise, works as on the workday next to it: a Saturday as on Friday, a Sunday as
 * on Monday.
 */
export function ruledWeekday(rules: OpeningRules, date: string, kind: CalendarDay['kind']): number {
  const weekday = weekdayOf(date);
  const opens = rules.openingHours.some((hours) => hours.weekday === weekday);
  if (kind !== 'make-up-workday' || !rules.closedOnHolidays || opens) return weekday;
  if (weekday === 6) return 5;
  return weekday === 7 ? 1 : weekday;
}

const byStart = (a: Stretch, b: Stretch): number => (a.from < b.from ? -1 : 1);

/** How a venue is open on a day: an exception stands above the holiday, the holiday above the week. */
export function venueDay(
  rules: OpeningRules,
  date: string,
  kind: CalendarDay['kind'],
  exception: DayException | undefined,
): VenueDay {
  if (rules.status === 'closed') return { date, open: [], closedBecause: 'exception', note: null };
  if (exception) {
    const open = [...exception.open].sort(byStart);
    return { date, open, closedBecause: open.length === 0 ? 'exception' : null, note: exception.note };
  }
  if (kind === 'holiday' && rules.closedOnHolidays) {
    return { date, open: [], closedBecause: 'holiday', note: null };
  }
  const weekday = ruledWeekday(rules, date, kind);
  const open = rules.openingHours
    .filter((hours) => hours.weekday === weekday)
    .map(({ from, to }) => ({ from, to }))
    .sort(byStart);
  return { date, open, closedBecause: open.length === 0 ? 'weekly' : null, note: null };
}
