const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The phone's time. The service decides everything that matters by its own. */
export const clock = { now: (): Date => new Date() };

export interface ShanghaiTime {
  year: number;
  /** 1–12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** Wall-clock time in Asia/Shanghai, wherever the phone is. No Intl: WeChat's Android has none, and there is no summer time. */
export function inShanghai(instant: Date | string): ShanghaiTime {
  const shifted = new Date(new Date(instant).getTime() + SHANGHAI_OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay(),
  };
}

/** `YYYY-MM-DD` of an instant in Asia/Shanghai. */
export function serviceDay(instant: Date | string): string {
  const { year, month, day } = inShanghai(instant);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Calendar days from `from` to `to`, both `YYYY-MM-DD`; negative when `to` lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
