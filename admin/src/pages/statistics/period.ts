/** Periods that are asked for most, ending today; anything else stands in the address by its days. */
export const PERIODS = ['month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

export interface Days {
  /** Service days `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
}

/** @param today service day on which the period ends */
export function daysOf(period: Period, today: string): Days {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const first = { month, quarter: month - 2, year: 1 }[period];
  // Two months before January lie in the year before.
  const from = new Date(Date.UTC(year, first - 1, 1)).toISOString().slice(0, 10);
  return { from, to: today };
}

const isDay = (text: string | undefined): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '');

/** What the address asks for; an own range needs both its days. */
export function chosen(
  filters: { period?: string; from?: string; to?: string },
  today: string,
): { period: Period | 'own'; days: Days } {
  const { from, to } = filters;
  if (isDay(from) && isDay(to)) return { period: 'own', days: { from, to } };
  const period = PERIODS.find((one) => one === filters.period) ?? 'quarter';
  return { period, days: daysOf(period, today) };
}
