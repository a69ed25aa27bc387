import { addDays } from '../../platform/clock/shanghai.js';

export interface PointRules {
  /** Points at which booking pauses. */
  readonly limit: number;
  /** Days after the missed one on which its point is gone. */
  readonly days: number;
}

/**
 * The day on which a new point is gone. Points go one by one: never two on the same day.
 * @param others days on which the other points of the person are gone
 */
export function pointUntil(missedOn: string, others: readonly string[], { days }: PointRules): string {
  let until = addDays(missedOn, days);
  while (others.includes(until)) until = addDays(until, 1);
  return until;
}

/** Those that still count on a day, the next to go first. */
export const standingPoints = (points: readonly string[], today: string): string[] =>
  points.filter((until) => today < until).sort();

/** The day on which booking is possible again: when so many are gone that they are fewer than the limit. */
export function pausedUntil(points: readonly string[], today: string, { limit }: PointRules): string | null {
  const standing = standingPoints(points, today);
  return standing[standing.length - limit] ?? null;
}
