import type { VenueDay } from '@talent-card/shared/venues/schema';
import { startOfServiceDay } from '../../platform/clock/shanghai.js';

const MINUTE_MS = 60_000;

export type ClassCapacities = Readonly<Record<string, number>>;

/** A weekly template as the plan needs it. */
export interface Template {
  readonly scheduleId: string;
  readonly channelId: string;
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
  readonly slotMinutes: number;
  readonly capacity: number;
  readonly classCapacities: ClassCapacities;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

/** A slot that should be there. */
export interface PlannedSlot {
  readonly channelId: string;
  readonly scheduleId: string;
  readonly serviceDate: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly capacity: number;
  readonly classCapacities: ClassCapacities;
}

/** A slot that is there. */
export interface StandingSlot extends Omit<PlannedSlot, 'scheduleId'> {
  readonly slotId: string;
  readonly poolId: string;
  readonly scheduleId: string | null;
  readonly status: 'open' | 'closed';
  readonly closedBy: 'plan' | 'staff' | null;
  readonly byHand: boolean;
}

/** Who is in a slot: places taken, and how many wait for one. */
export interface SlotUse {
  readonly taken: number;
  readonly waiting: number;
}
export const UNUSED: SlotUse = { taken: 0, waiting: 0 };

const isBusy = ({ taken, waiting }: SlotUse): boolean => taken + waiting > 0;

export interface SlotChange {
  readonly slot: StandingSlot;
  readonly scheduleId: string | null;
  readonly endsAt: Date;
  readonly capacity: number;
  readonly classCapacities: ClassCapacities;
  readonly reopen: boolean;
}

/** What makes the standing slots those of the plan. */
export interface Reshaping {
  readonly open: PlannedSlot[];
  readonly change: SlotChange[];
  readonly close: StandingSlot[];
  /** Out of the plan, and somebody has a place in them: they stay as they are. */
  readonly keep: StandingSlot[];
}

/** Minutes after midnight of a time of day. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * The slots of one day: those of the templates of its weekday that lie within one stretch in which the venue is open.
 *
 * @param weekday whose templates hold, see `ruledWeekday`
 */
export function planDay(weekday: number, day: VenueDay, templates: readonly Template[]): PlannedSlot[] {
  const midnight = startOfServiceDay(day.date).getTime();
  const planned: PlannedSlot[] = [];
  for (const template of templates) {
    const { channelId, scheduleId, slotMinutes, capacity, classCapacities } = template;
    if (template.weekday !== weekday || !holdsOn(template, day.date)) continue;
    const end = minutesOf(template.to);
    for (let from = minutesOf(template.from); from + slotMinutes <= end; from += slotMinutes) {
      const to = from + slotMinutes;
      if (!day.open.some((stretch) => minutesOf(stretch.from) <= from && to <= minutesOf(stretch.to)))
        continue;
      planned.push({
        channelId,
        scheduleId,
        serviceDate: day.date,
        startsAt: new Date(midnight + from * MINUTE_MS),
        endsAt: new Date(midnight + to * MINUTE_MS),
        capacity,
        classCapacities,
      });
    }
  }
  return planned;
}

function holdsOn(
  { effectiveFrom, effectiveTo }: Pick<Template, 'effectiveFrom' | 'effectiveTo'>,
  date: string,
): boolean {
  return effectiveFrom <= date && (effectiveTo === null || date <= effectiveTo);
}

/** Whether two templates would ever make slots of one channel at the same time. */
export function overlap(a: Omit<Template, 'scheduleId'>, b: Omit<Template, 'scheduleId'>): boolean {
  const sameDays =
    (a.effectiveTo === null || b.effectiveFrom <= a.effectiveTo) &&
    (b.effectiveTo === null || a.effectiveFrom <= b.effectiveTo);
  return a.channelId === b.channelId && a.weekday === b.weekday && sameDays && a.from < b.to && b.from < a.to;
}

const keyOf = ({ channelId, startsAt }: { channelId: string; startsAt: Date }): string =>
  `${channelId} ${startsAt.getTime()}`;

const sameClasses = (a: ClassCapacities, b: ClassCapacities): boolean => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
};

/**
 * Compares the plan with what stands. Nobody loses a booking by it: a slot with a place taken or somebody in line
 * keeps its time, and while it stands no new one of its channel opens across it, whether the plan still begins one at
 * its start or not. Where the plan has fewer places than are taken, its pool shrinks as they are given back. What staff
 * set by hand stays.
 */
export function reshape(
  planned: readonly PlannedSlot[],
  standing: readonly StandingSlot[],
  useOf: (slot: StandingSlot) => SlotUse,
): Reshaping {
  const plans = new Map(planned.map((plan) => [keyOf(plan), plan]));
  const reshaping: Reshaping = { open: [], change: [], close: [], keep: [] };
  for (const slot of standing) {
    const plan = plans.get(keyOf(slot));
    if (plan || slot.status === 'closed') continue;
    (isBusy(useOf(slot)) ? reshaping.keep : reshaping.close).push(slot);
  }
  // Slots whose time stays, whatever the plan says.
  const fixed = standing.filter(
    (slot) => slot.status === 'open' && plans.has(keyOf(slot)) && (slot.byHand || isBusy(useOf(slot))),
  );
  const free = (plan: PlannedSlot): boolean =>
    ![...reshaping.keep, ...fixed].some(
      (kept) =>
        keyOf(kept) !== keyOf(plan) &&
        kept.channelId === plan.channelId &&
        kept.startsAt < plan.endsAt &&
        plan.startsAt < kept.endsAt,
    );
  for (const slot of standing) {
    const plan = plans.get(keyOf(slot));
    if (!plan) continue;
    plans.delete(keyOf(slot));
    const change = changeOf(slot, plan, useOf(slot));
    if (change && free(plan)) reshaping.change.push(change);
  }
  reshaping.open.push(...[...plans.values()].filter(free));
  return reshaping;
}

function changeOf(slot: StandingSlot, plan: PlannedSlot, use: SlotUse): SlotChange | null {
  if (slot.closedBy === 'staff') return null;
  const reopen = slot.closedBy === 'plan';
  if (slot.byHand) {
    const { scheduleId, endsAt, capacity, classCapacities } = slot;
    return reopen ? { slot, scheduleId, endsAt, capacity, classCapacities, reopen } : null;
  }
  const endsAt = isBusy(use) ? slot.endsAt : plan.endsAt;
  const same =
    !reopen &&
    slot.endsAt.getTime() === endsAt.getTime() &&
    slot.capacity === plan.capacity &&
    slot.scheduleId === plan.scheduleId &&
    sameClasses(slot.classCapacities, plan.classCapacities);
  if (same) return null;
  const { scheduleId, capacity, classCapacities } = plan;
  return { slot, scheduleId, endsAt, capacity, classCapacities, reopen };
}
