import type { VenueDay } from '@talent-card/shared/venues/schema';
import { inShanghai, serviceDay } from '@/platform/clock';

export interface NextOpening {
  date: string;
  from: string;
}
export type Opening =
  | { state: 'open'; until: string }
  /** Opens later today. */
  | { state: 'later'; from: string }
  | { state: 'closed'; because: NonNullable<VenueDay['closedBecause']> | null; next: NextOpening | null };

/** `HH:mm` in Asia/Shanghai. */
function clockTime(now: Date): string {
  const { hour, minute } = inShanghai(now);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** How a venue stands at a moment, by its days from today on; null where today is not among them. */
export function openingAt(days: readonly VenueDay[], now: Date): Opening | null {
  const today = serviceDay(now);
  const day = days.find(({ date }) => date === today);
  if (!day) return null;
  const time = clockTime(now);
  const stretches = [...day.open].sort((a, b) => (a.from < b.from ? -1 : 1));
  const within = stretches.find(({ from, to }) => from <= time && time < to);
  if (within) return { state: 'open', until: within.to };
  const later = stretches.find(({ from }) => from > time);
  if (later) return { state: 'later', from: later.from };
  const nextDay = days
    .filter(({ date, open }) => date > today && open.length > 0)
    .sort((a, b) => (a.date < b.date ? -1 : 1))[0];
  const from = nextDay ? nextDay.open.map((stretch) => stretch.from).sort()[0] : undefined;
  return {
    state: 'closed',
    because: day.closedBecause,
    next: nextDay && from ? { date: nextDay.date, from } : null,
  };
}

/** Days after today on which the venue is closed out of its usual week: worth saying before somebody goes there. */
export function unusualClosings(days: readonly VenueDay[], now: Date): VenueDay[] {
  const today = serviceDay(now);
  return days.filter(
    ({ date, open, closedBecause }) =>
      date > today && open.length === 0 && (closedBecause === 'holiday' || closedBecause === 'exception'),
  );
}
