import type { Locale } from '@talent-card/shared/common/locale';
import { useSettings } from '../settings.js';

const ZONE = 'Asia/Shanghai';

function parts(instant: string): Record<string, string> {
  const formatter = new Intl.DateTimeFormat('en-CA', {
    timeZone: ZONE,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return Object.fromEntries(
    formatter.formatToParts(new Date(instant)).map((part) => [part.type, part.value]),
  );
}

/** A moment as the office reads it, whatever the clock of the browser: `2026-11-24 09:12`. */
export function formatInstant(instant: string | null | undefined): string {
  if (!instant) return '—';
  const p = parts(instant);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`;
}

/** The day in Asia/Shanghai of a moment, `YYYY-MM-DD`. */
export function dayOf(instant: string): string {
  return formatInstant(instant).slice(0, 10);
}

/** The time of the day in Asia/Shanghai of a moment, `HH:mm`. */
export function timeOf(instant: string): string {
  return formatInstant(instant).slice(11);
}

/** Today in Asia/Shanghai by the clock of this browser: to propose and to show, never to decide. */
export function today(): string {
  return dayOf(new Date().toISOString());
}

/** `2026-11-24` with its day of the week, as the reader says it. */
function formatDay(day: string, locale: Locale): string {
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
  return `${day} ${weekday}`;
}

export function useDay(): (day: string) => string {
  const locale = useSettings((settings) => settings.locale);
  return (day) => formatDay(day, locale);
}

export function formatNumber(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(value);
}

export function useNumber(): (value: number) => string {
  const locale = useSettings((settings) => settings.locale);
  return (value) => formatNumber(value, locale);
}

/** `2026-09` under a bar: the month, with its year where a chart or a year begins. */
function formatMonth(month: string, locale: Locale, first: boolean): string {
  const withYear = first || month.endsWith('-01');
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    timeZone: 'UTC',
    // A short year beside an English month would read as a day.
    ...(withYear ? { year: locale === 'en' ? 'numeric' : '2-digit' } : {}),
  }).format(Date.parse(`${month}-01T00:00:00Z`));
}

export function useMonthLabel(): (month: string, first: boolean) => string {
  const locale = useSettings((settings) => settings.locale);
  return (month, first) => formatMonth(month, locale, first);
}
