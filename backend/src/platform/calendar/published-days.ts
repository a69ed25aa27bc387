import type { CalendarDay } from '@talent-card/shared/calendar/schema';
import { requireFromBackend } from '../paths.js';

interface PublishedTable {
  /** `YYYY-MM-DD` → `National Day,国庆节,3`. */
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
}

/**
 * The State Council's yearly arrangement as chinese-days packs it. Only its table is used: the package's own functions
 * read `YYYY-MM-DD` in the machine's time zone and are a day off west of Greenwich.
 */
const table = requireFromBackend('chinese-days/dist/chinese-days.json') as PublishedTable;

const publishedYears = new Set(Object.keys(table.holidays).map((date) => date.slice(0, 4)));

/** `National Day,国庆节,3` → `国庆节`. */
const chineseName = (entry: string): string => entry.split(',')[1] ?? entry;

/** 0 is Sunday. Arithmetic in UTC on a calendar date, so no time zone enters. */
const weekday = (date: string): number => new Date(`${date}T00:00:00.000Z`).getUTCDay();

/** Whether the year's holidays are known; otherwise only weekends are. */
export function isPublished(year: number): boolean {
  return publishedYears.has(String(year));
}

/** What the published table says of a day, before any override. */
export function publishedDay(date: string): Pick<CalendarDay, 'kind' | 'working' | 'name'> {
  const holiday = table.holidays[date];
  if (holiday !== undefined) return { kind: 'holiday', working: false, name: chineseName(holiday) };
  const makeUp = table.workdays[date];
  if (makeUp !== undefined) return { kind: 'make-up-workday', working: true, name: chineseName(makeUp) };
  const weekend = weekday(date) === 0 || weekday(date) === 6;
  return { kind: weekend ? 'weekend' : 'workday', working: !weekend, name: null };
}
