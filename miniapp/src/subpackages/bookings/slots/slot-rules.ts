import type { Slot, SlotWeek } from '@talent-card/shared/bookings/schema';
import { daysBetween } from '@/platform/clock';

export const WEEK = 7;
const DAY_MS = 86_400_000;

/** `YYYY-MM-DD` some days later, or earlier. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** First day of the stretch of seven, counted from today, in which a day lies; today for days gone by. */
export function weekOf(date: string, today: string): string {
  const ahead = daysBetween(today, date);
  return ahead < 0 || Number.isNaN(ahead) ? today : addDays(today, Math.floor(ahead / WEEK) * WEEK);
}

/** Places that a holder of a class may still take: of all, and of the class where it has a limit of its own. */
export function placesFor(slot: Slot, cardClass: string | null): number {
  const ofClass = cardClass === null ? undefined : slot.classLeft[cardClass];
  return Math.max(0, Math.min(slot.left, ofClass ?? slot.left));
}

/** Whether so many people can book a slot now. */
function isFree(slot: Slot, need: number, cardClass: string | null): boolean {
  return slot.state === 'open' && placesFor(slot, cardClass) >= need;
}

/** Open, and yet without a place for so many: one may stand in line. */
export function isWaitable(slot: Slot, need: number, cardClass: string | null): boolean {
  return slot.state === 'full' || (slot.state === 'open' && placesFor(slot, cardClass) < need);
}

type Day = SlotWeek['days'][number];
export type DayState =
  | { kind: 'free'; left: number }
  | { kind: 'full' }
  | { kind: 'later' }
  | { kind: 'closed' }
  | { kind: 'none' };

/** What a day says under its number. */
export function stateOfDay(day: Day, cardClass: string | null): DayState {
  const left = day.slots
    .filter(({ state }) => state === 'open')
    .reduce((sum, slot) => sum + placesFor(slot, cardClass), 0);
  if (left > 0) return { kind: 'free', left };
  if (day.slots.some((slot) => isWaitable(slot, 1, cardClass))) return { kind: 'full' };
  if (day.slots.some(({ state }) => state === 'not-yet-open')) return { kind: 'later' };
  if (day.closedBecause !== null) return { kind: 'closed' };
  return { kind: 'none' };
}

/** The day to begin with: the first with a place, else the first with a line to stand in, else the first with slots. */
export function dayToShow(week: SlotWeek, cardClass: string | null): string | null {
  const days = week.days.map((day) => ({ date: day.date, kind: stateOfDay(day, cardClass).kind }));
  const first = (kind: DayState['kind']) => days.find((day) => day.kind === kind)?.date;
  return first('free') ?? first('full') ?? first('later') ?? week.days[0]?.date ?? null;
}

/** Slots with room for so many, nearest in time to the one that was wanted. */
export function nearestFree(
  week: SlotWeek,
  wanted: Slot,
  need: number,
  cardClass: string | null,
  most = 3,
): Slot[] {
  const distance = (slot: Slot) => Math.abs(Date.parse(slot.startsAt) - Date.parse(wanted.startsAt));
  return week.days
    .flatMap(({ slots }) => slots)
    .filter((slot) => slot.slotId !== wanted.slotId && isFree(slot, need, cardClass))
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, most)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}
