import type { OpeningHours } from '@talent-card/shared/venues/schema';
import { WEEKDAYS, type Weekday } from '../../i18n/venues.js';

export interface Stretch {
  from: string;
  to: string;
}
export type WeekHours = Record<Weekday, Stretch[]>;

export function weekOf(hours: readonly OpeningHours[]): WeekHours {
  const week: WeekHours = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
  for (const { weekday, from, to } of hours) week[weekday as Weekday]?.push({ from, to });
  for (const day of WEEKDAYS) week[day].sort((a, b) => a.from.localeCompare(b.from));
  return week;
}

export const hoursOf = (week: WeekHours): OpeningHours[] =>
  WEEKDAYS.flatMap((weekday) => (week[weekday] ?? []).map(({ from, to }) => ({ weekday, from, to })));

export type HoursProblem = 'hoursOrder' | 'hoursOverlap';

/** What is wrong with one stretch among those of its day; times are `HH:mm`, which compare as text. */
export function problemOf(
  stretches: readonly (Partial<Stretch> | undefined)[],
  at: number,
): HoursProblem | null {
  const own = stretches[at];
  if (!own?.from || !own.to) return null;
  const { from, to } = own;
  if (from >= to) return 'hoursOrder';
  const clash = stretches.some(
    (other, i) => i !== at && other?.from && other.to && other.from < to && other.to > from,
  );
  return clash ? 'hoursOverlap' : null;
}

interface Run {
  first: Weekday;
  last: Weekday;
  words: string;
}

/** Days in a row with the same hours, as a sign at a door has them; closed days are left out. */
export function runsOf(hours: readonly OpeningHours[]): Run[] {
  const week = weekOf(hours);
  const runs: Run[] = [];
  for (const day of WEEKDAYS) {
    const words = week[day].map(({ from, to }) => `${from}–${to}`).join(' ');
    const before = runs.at(-1);
    if (before && before.last === day - 1 && before.words === words) before.last = day;
    else runs.push({ first: day, last: day, words });
  }
  return runs.filter((run) => run.words !== '');
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** How many slots of a length fit between two times. */
export const slotsBetween = (from: string, to: string, slotMinutes: number): number =>
  slotMinutes > 0 ? Math.max(0, Math.floor((minutesOf(to) - minutesOf(from)) / slotMinutes)) : 0;

const DAY = 86_400_000;
const parse = (day: string) => Date.parse(`${day}T00:00:00Z`);
export const addDays = (day: string, count: number): string =>
  new Date(parse(day) + count * DAY).toISOString().slice(0, 10);
/** The Monday of the week of a day. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(parse(day)).getUTCDay() + 6) % 7));
}
