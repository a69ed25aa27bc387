import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { WorkingCalendar } from '../../platform/calendar/working-calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { addDays, serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import type { ScheduleRow } from './schedule.entity.js';
import type { SlotEntity } from './slot.entity.js';
import { SlotHorizons } from './slot-horizons.js';
import {
  type ClassCapacities,
  type PlannedSlot,
  planDay,
  type Reshaping,
  reshape,
  type SlotChange,
  type SlotUse,
  type StandingSlot,
  type Template,
  UNUSED,
} from './slot-plan.js';
import { SlotsRepository } from './slots.repository.js';
import type { VenueRow } from './venue.entity.js';
import { ruledWeekday, venueDay } from './venue-days.js';
import { VenuesRepository } from './venues.repository.js';
import { exceptionOf, rulesOf } from './venues.service.js';

export const SLOTS_JOB = 'venues.make-slots';
/** Slots are there so many days before they open, so that a job that fails is noticed before citizens notice. */
const MARGIN_DAYS = 7;
/** Each slot is two rows, its pool and itself. */
const SLOTS_A_UNIT = 200;

/** Service days, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

export interface Survey extends Reshaping {
  readonly planned: readonly PlannedSlot[];
}

export const templateOf = (row: ScheduleRow): Template => ({
  scheduleId: row.id,
  channelId: row.channelId,
  weekday: row.weekday,
  from: row.fromTime,
  to: row.toTime,
  slotMinutes: row.slotMinutes,
  capacity: row.capacity,
  classCapacities: JSON.parse(row.classCapacities) as ClassCapacities,
  effectiveFrom: row.effectiveFrom,
  effectiveTo: row.effectiveTo,
});

const standingOf = (row: SlotEntity): StandingSlot => ({
  slotId: row.id,
  poolId: row.poolId,
  channelId: row.channelId,
  scheduleId: row.scheduleId,
  serviceDate: row.serviceDate,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  capacity: row.capacity,
  classCapacities: JSON.parse(row.classCapacities) as ClassCapacities,
  status: row.status,
  closedBy: row.closedBy,
  byHand: row.byHand,
});

/**
 * Makes slots of templates, ahead of the day on which they open, and reshapes those ahead when a template, an
 * exception, a holiday or the hours of the venue change. Running it again changes nothing.
 */
@Injectable()
export class SlotMaker implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
    private readonly calendar: WorkingCalendar,
    private readonly venues: VenuesRepository,
    private readonly slots: SlotsRepository,
    private readonly horizons: SlotHorizons,
    private readonly capacity: Capacity,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: SLOTS_JOB, everySeconds: 300, run: (lease) => this.makeAll(lease) });
  }

  /** Asks the job to look soon. */
  nudge(): void {
    this.jobs.nudge(SLOTS_JOB);
  }

  /** What the days ahead of a venue, or some of them, would need; nothing is written. */
  survey(manager: EntityManager, venueId: string, now: Date, days?: Days): Promise<Survey> {
    return this.compare(manager, { venueId, now, days }, (slots) => this.uses(manager, slots));
  }

  /** In how many of these slots more places are taken, of a class or of all, than they are to have. */
  async overfull(manager: EntityManager, changes: readonly SlotChange[]): Promise<number> {
    const taken = await this.capacity.takenByClass(
      manager,
      changes.map(({ slot }) => slot.poolId),
    );
    return changes.filter(({ slot, capacity, classCapacities }) => {
      const ofPool = taken.get(slot.poolId) ?? new Map<string | null, number>();
      const all = [...ofPool.values()].reduce((sum, places) => sum + places, 0);
      const classes = Object.entries(classCapacities);
      return all > capacity || classes.some(([name, places]) => (ofPool.get(name) ?? 0) > places);
    }).length;
  }

  private async compare(
    manager: EntityManager,
    { venueId, now, days }: { venueId: string; now: Date; days: Days | undefined },
    usesOf: (slots: readonly StandingSlot[]) => Promise<Map<string, SlotUse>>,
  ): Promise<Survey> {
    const venue = await this.venues.find(manager, venueId);
    if (!venue) return { planned: [], open: [], change: [], close: [], keep: [] };
    const templates = (await this.venues.schedules(manager, venueId)).map(templateOf);
    const lastDays = await this.lastDays(manager, templates, now);
    const from = days?.from ?? serviceDate(now);
    const to = days?.to ?? [...lastDays.values(), from].sort().at(-1) ?? from;
    const planned = await this.plan(manager, venue, templates, lastDays, { from, to, now });
    const standing = (await this.slots.ahead(manager, venueId, from, to, now)).map(standingOf);
    // Who has a place matters only where something would change.
    const first = reshape(planned, standing, () => UNUSED);
    const inQuestion = [...first.close, ...first.change.map(({ slot }) => slot)];
    const fixed = standing.filter((slot) => slot.status === 'open' && !inQuestion.includes(slot));
    const uses = await usesOf(first.open.length > 0 ? [...inQuestion, ...fixed] : inQuestion);
    return { planned, ...reshape(planned, standing, (slot) => uses.get(slot.slotId) ?? UNUSED) };
  }

  /** Brings some days of a venue up to date: those that a transaction has just changed. */
  async shape(tx: Tx, venueId: string, days: Days): Promise<void> {
    await this.venues.takeTurn(tx, venueId);
    const shaped = { venueId, now: tx.now, days };
    // Decided under the locks of the pools: whoever books meanwhile waits, or is seen.
    const { open, change, close } = await this.compare(tx.manager, shaped, (slots) =>
      this.lockedUses(tx, slots),
    );
    // What goes comes first: it may stand in the way of what is to open.
    await this.closeFree(tx, close);
    for (const one of change) await this.apply(tx, one);
    await this.open(tx, venueId, open);
  }

  private async makeAll(lease: Lease): Promise<void> {
    for (const { id } of await this.venues.list(this.database.manager, 'all')) await this.make(lease, id);
  }

  /** The whole horizon is looked at outside, so that a unit holds nobody up but for the days that it writes. */
  private async make(lease: Lease, venueId: string): Promise<void> {
    while (!lease.signal.aborted) {
      const days = firstDays(await this.survey(this.database.manager, venueId, this.clock.now()));
      if (!days) return;
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        await this.shape(tx, venueId, days);
      });
    }
  }

  private async closeFree(tx: Tx, slots: readonly StandingSlot[]): Promise<void> {
    for (const { poolId } of slots) await this.capacity.close(tx, poolId);
    await this.slots.closeMany(
      tx,
      slots.map((slot) => slot.slotId),
    );
  }

  private async apply(tx: Tx, change: SlotChange): Promise<void> {
    const { slot, scheduleId, endsAt, capacity, classCapacities, reopen } = change;
    // Who is in stays in; where they are more than is wanted, nobody more gets in until they are fewer.
    await this.capacity.resize(tx, slot.poolId, { capacity, classCapacities }, 'shrink');
    if (reopen) await this.capacity.reopen(tx, slot.poolId);
    await this.slots.change(tx, slot.slotId, {
      scheduleId,
      endsAt,
      capacity,
      classCapacities: JSON.stringify(classCapacities),
      ...(reopen ? { status: 'open', closedBy: null, closedReason: null } : {}),
    });
  }

  private async open(tx: Tx, venueId: string, plans: readonly PlannedSlot[]): Promise<void> {
    if (plans.length === 0) return;
    const pools = await this.capacity.openPools(tx, plans);
    const rows = plans.map(
      (plan, i): SlotEntity => ({
        id: newId(tx.now),
        channelId: plan.channelId,
        venueId,
        serviceDate: plan.serviceDate,
        startsAt: plan.startsAt,
        endsAt: plan.endsAt,
        poolId: pools[i] ?? '',
        scheduleId: plan.scheduleId,
        capacity: plan.capacity,
        classCapacities: JSON.stringify(plan.classCapacities),
        status: 'open',
        closedBy: null,
        closedReason: null,
        byHand: false,
        createdAt: tx.now,
      }),
    );
    await this.slots.insertMany(tx, rows);
  }

  /** The last day for which each channel needs slots. */
  private async lastDays(
    manager: EntityManager,
    templates: readonly Template[],
    now: Date,
  ): Promise<Map<string, string>> {
    const channelIds = templates.map((template) => template.channelId);
    const horizons = await this.horizons.of(manager, channelIds);
    const today = serviceDate(now);
    return new Map([...horizons].map(([channelId, days]) => [channelId, addDays(today, days + MARGIN_DAYS)]));
  }

  private async plan(
    manager: EntityManager,
    venue: VenueRow,
    templates: readonly Template[],
    lastDays: ReadonlyMap<string, string>,
    { from, to, now }: { from: string; to: string; now: Date },
  ): Promise<PlannedSlot[]> {
    const rows = await this.venues.exceptionsBetween(manager, [venue.id], from, to);
    const exceptions = new Map(rows.map((row) => [row.date, exceptionOf(row)]));
    const rules = rulesOf(venue);
    const planned: PlannedSlot[] = [];
    for (let date = from; date <= to; date = addDays(date, 1)) {
      const { kind } = this.calendar.day(date);
      const needed = templates.filter((template) => date <= (lastDays.get(template.channelId) ?? ''));
      const day = venueDay(rules, date, kind, exceptions.get(date));
      planned.push(...planDay(ruledWeekday(rules, date, kind), day, needed));
    }
    return planned.filter((plan) => plan.startsAt > now);
  }

  private async lockedUses(tx: Tx, slots: readonly StandingSlot[]): Promise<Map<string, SlotUse>> {
    if (slots.length === 0) return new Map();
    await this.capacity.load(
      tx,
      slots.map((slot) => slot.poolId),
    );
    return this.uses(tx.manager, slots);
  }

  private async uses(manager: EntityManager, slots: readonly StandingSlot[]): Promise<Map<string, SlotUse>> {
    const counts = await this.capacity.counts(
      manager,
      slots.map((slot) => slot.poolId),
    );
    return new Map(slots.map(({ slotId, poolId }) => [slotId, counts.get(poolId) ?? UNUSED]));
  }
}

/** The first days that need something, about as many as one unit may write; null when nothing does. */
function firstDays({ open, change, close }: Reshaping): Days | null {
  const slots = [...open, ...change.map(({ slot }) => slot), ...close];
  const days = slots.map((slot) => slot.serviceDate).sort();
  const [from] = days;
  const to = days[Math.min(days.length, SLOTS_A_UNIT) - 1];
  return from === undefined || to === undefined ? null : { from, to };
}
