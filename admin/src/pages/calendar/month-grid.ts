import type { CalendarDay } from '@talent-card/shared/calendar/schema';

export interface Month {
  /** 1 to 12. */
  month: number;
  /** Empty cells before the first, weeks beginning on Monday. */
  blanks: number;
  days: CalendarDay[];
  workingDays: number;
}

/** Days of the week of a date as text, Monday 0. Dates have no zone, so UTC is as good as any. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function monthsOf(days: readonly CalendarDay[]): Month[] {
  return Array.from({ length: 12 }, (_, i) => {
    const prefix = `-${String(i + 1).padStart(2, '0')}-`;
    const own = days.filter((day) => day.date.slice(4, 8) === prefix);
    return {
      month: i + 1,
      blanks: own[0] ? weekdayOf(own[0].date) : 0,
      days: own,
      workingDays: own.filter((day) => day.working).length,
    };
  });
}
