import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { CalendarDay, CalendarYear } from '@talent-card/shared/calendar/schema';
import type { Logger } from 'pino';
import { addDays } from '../clock/shanghai.js';
import { ReadDatabase } from '../database/database.module.js';
import { LOGGER } from '../observability/logger.js';
import { CalendarOverride } from './calendar-override.entity.js';
import { isPublished, publishedDay } from './published-days.js';

/** Another node's change is seen within this time. */
const RELOAD_MS = 15_000;

/**
 * Working days in China: the published table with its make-up workdays, and the operator's overrides on top. All dates
 * are service days (`YYYY-MM-DD`, Asia/Shanghai); a year not yet published counts weekends only. Answers come from
 * memory, so rules may ask as often as they like.
 */
@Injectable()
export class WorkingCalendar implements OnApplicationBootstrap, OnModuleDestroy {
  private overrides = new Map<string, CalendarOverride>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: ReadDatabase,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.reload();
    this.timer = setInterval(() => void this.reloadOrKeep(), RELOAD_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  isWorkingDay(date: string): boolean {
    return this.day(date).working;
  }

  /** The n-th working day after `date` (before it when n is negative); `date` itself when n is 0. */
  addWorkingDays(date: string, n: number): string {
    const step = Math.sign(n);
    let left = Math.abs(n);
    let current = date;
    while (left > 0) {
      current = addDays(current, step);
      if (this.isWorkingDay(current)) left -= 1;
    }
    return current;
  }

  /** Working days after `from` up to and including `to`: the day of the start does not count. Negative when `to` is earlier. */
  workingDaysBetween(from: string, to: string): number {
    if (to < from) return -this.workingDaysBetween(to, from);
    let count = 0;
    for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) {
      if (this.isWorkingDay(date)) count += 1;
    }
    return count;
  }

  day(date: string): CalendarDay {
    const override = this.overrides.get(date);
    if (!override) return { date, ...publishedDay(date), overridden: false, overriddenAt: null };
    return {
      date,
      kind: override.kind,
      working: override.kind !== 'holiday',
      name: override.name,
      overridden: true,
      overriddenAt: override.overriddenAt.toISOString(),
    };
  }

  year(year: number): CalendarYear {
    const days: CalendarDay[] = [];
    for (let date = `${year}-01-01`; date.startsWith(`${year}-`); date = addDays(date, 1)) {
      days.push(this.day(date));
    }
    return { year, published: isPublished(year), days };
  }

  /** Reads the overrides anew; a change made here is in force when this returns. */
  async reload(): Promise<void> {
    const rows = await this.database.manager.find(CalendarOverride);
    this.overrides = new Map(rows.map((row) => [row.date, row]));
  }

  private async reloadOrKeep(): Promise<void> {
    try {
      await this.reload();
    } catch (error) {
      this.logger.warn({ err: error }, 'calendar overrides not reloaded, the last known stay in force');
    }
  }
}
