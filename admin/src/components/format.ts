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

export function formatNumber(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(value);
}

export function useNumber(): (value: number) => string {
  const locale = useSettings((settings) => settings.locale);
  return (value) => formatNumber(value, locale);
}
