import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Slot, setAlertSchema, VacancyAlert } from '@talent-card/shared/bookings/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { type PersonPrincipal, system } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { addDays, serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { EntitlementDecision } from '../channels/entitlement.rules.js';
import { Entitlements } from '../channels/entitlements.js';
import { channelNamed, PlaceNames, venueNamed } from '../channels/place-names.js';
import type { VacancyAlertRow } from './alerts.entity.js';
import { AlertsRepository } from './alerts.repository.js';
import { type OwnTime, overlap } from './booking.rules.js';
import { BookingsRepository } from './bookings.repository.js';
import { SlotViews } from './slot-views.js';

export const VACANCIES_JOB = 'bookings.tell-vacancies';
const UNIT = 200;
/** Days ahead that somebody may ask for; slots open at most 90 days ahead. */
const FARTHEST_DAYS = 90;
/** Days that one look covers. */
const LOOK_DAYS = 14;
/** How long an alert is shown after its last day. */
const KEEP_DAYS = 30;

const notBefore = (today: string, day: string): string => [today, day].sort().at(-1) ?? day;

/** Whether somebody has booked for this time, the slot itself or another. */
const isElsewhere = (own: readonly OwnTime[], { startsAt, endsAt }: Slot): boolean =>
  own.some((one) => overlap(one, { startsAt: new Date(startsAt), endsAt: new Date(endsAt) }));

type Wish = z.output<typeof setAlertSchema>;
/** An alert, or one that somebody is about to set. */
type Asked = Pick<VacancyAlertRow, 'id' | 'personId' | 'channelId' | 'venueId' | 'fromDay' | 'toDay'>;

/**
 * Tells somebody, once, of a place that became free at a venue between two days and that they could have. It holds
 * nothing.
 */
@Injectable()
export class VacancyAlerts implements OnModuleInit {
  constructor(
    private readonly alerts: AlertsRepository,
    private readonly bookings: BookingsRepository,
    private readonly slots: SlotViews,
    private readonly entitlements: Entitlements,
    private readonly names: PlaceNames,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly personalData: PersonalData,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: VACANCIES_JOB, everySeconds: 30, run: (lease) => this.run(lease) });
    this.personalData.register({
      section: 'vacancy-alerts',
      layer: 'feature',
      export: async (personId) => {
        if (personId === null) return [];
        return (await this.mine(personId)).map((alert) => ({ ...alert }));
      },
      erase: async (tx, personId) => {
        if (personId !== null) await this.alerts.removeAll(tx, personId);
      },
    });
  }

  async mine(personId: string): Promise<VacancyAlert[]> {
    const { manager } = this.database;
    return this.describe(manager, await this.alerts.ofPerson(manager, personId));
  }

  /**
   * Asks to be told; an earlier wish for the same channel and venue is replaced. Places are looked for beforehand, on the
   * read side: up to three months of slots would keep everybody else from writing.
   * @throws DomainError NOT_FOUND, WAITING_NOT_NEEDED where they could have a place now, VALIDATION_FAILED at `to`
   */
  async set(person: PersonPrincipal, wish: Wish, idempotency: IdempotencyContext): Promise<VacancyAlert> {
    const now = await this.placeNow(person, wish);
    return this.units.run(
      person,
      async (tx) => {
        const { channelId, venueId, from, to } = wish;
        const today = serviceDate(tx.now);
        if (to < today) throw fieldError({ path: 'to', code: 'DATE_ORDER' });
        if (to > addDays(today, FARTHEST_DAYS)) throw fieldError({ path: 'to', code: 'TOO_BIG' });
        if (!(await this.slots.isOffered(tx.manager, channelId, venueId))) throw new DomainError('NOT_FOUND');
        if (now)
          throw new DomainError('WAITING_NOT_NEEDED', { serviceDate: now.serviceDate, slotId: now.slotId });
        const { personId } = person;
        const created = { id: newId(tx.now), createdAt: tx.now };
        const alert = { ...created, personId, channelId, venueId, fromDay: from, toDay: to, toldAt: null };
        await this.alerts.set(tx, alert);
        await this.note(tx, person, 'bookings.set-alert', alert.id);
        const [described] = await this.describe(tx.manager, [alert]);
        if (!described) throw new Error('an alert without a view');
        return described;
      },
      { idempotency },
    );
  }

  /** @throws DomainError NOT_FOUND also for somebody else's */
  async remove(tx: Tx, person: PersonPrincipal, alertId: string): Promise<void> {
    if (!(await this.alerts.remove(tx, person.personId, alertId))) throw new DomainError('NOT_FOUND');
    await this.note(tx, person, 'bookings.remove-alert', alertId);
  }

  private async run(lease: Lease): Promise<void> {
    const { manager } = this.database;
    const today = serviceDate(this.clock.now());
    for (const wanted of await this.alerts.wanted(manager, today)) {
      if (lease.signal.aborted) return;
      // Withdrawn meanwhile: should it come back before the last day, they are told then.
      if (!(await this.slots.isOffered(manager, wanted.channelId, wanted.venueId))) continue;
      const from = notBefore(today, wanted.from);
      await this.tell(lease, wanted, await this.freeSlots(manager, { ...wanted, from }));
    }
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      await this.alerts.forget(tx, addDays(today, -KEEP_DAYS));
    });
  }

  private async tell(
    lease: Lease,
    wanted: { channelId: string; venueId: string },
    free: readonly Slot[],
  ): Promise<void> {
    const { manager } = this.database;
    const days = [...new Set(free.map((slot) => slot.serviceDate))];
    for (let after = ''; ; ) {
      const waiting = await this.alerts.waitingFor(manager, wanted, days, { after, limit: UNIT });
      if (waiting.length === 0 || lease.signal.aborted) return;
      after = waiting.at(-1)?.id ?? after;
      const first = await this.firstSlots(manager, waiting, free);
      const slots = new Map(first.map(({ alertId, slot }) => [alertId, slot.slotId]));
      if (slots.size === 0) continue;
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        const told = await this.alerts.markTold(tx, [...slots.keys()]);
        await this.outbox.publishMany(
          tx,
          told.map(({ id, personId }) => ({
            topic: 'vacancy.told',
            payload: { personId, slotId: slots.get(id) ?? '' },
          })),
        );
        await this.audit.recordMany(
          tx,
          told.map(({ id }) => ({
            principal: system(VACANCIES_JOB),
            action: 'bookings.tell-vacancy',
            objectType: 'vacancy-alert',
            objectId: id,
          })),
        );
      });
    }
  }

  /** The first slot that somebody could have now instead of being told of one later; null where there is none. */
  private async placeNow({ personId }: PersonPrincipal, wish: Wish): Promise<Slot | null> {
    const { manager } = this.database;
    const { channelId, venueId } = wish;
    if (!(await this.slots.isOffered(manager, channelId, venueId))) return null;
    const today = serviceDate(this.clock.now());
    const [to = today] = [wish.to, addDays(today, FARTHEST_DAYS)].sort();
    const free = await this.freeSlots(manager, { ...wish, from: notBefore(today, wish.from), to });
    const asked = { id: personId, personId, channelId, venueId, fromDay: wish.from, toDay: wish.to };
    const [first] = await this.firstSlots(manager, [asked], free);
    return first?.slot ?? null;
  }

  /**
   * Slots with places for anybody now, the earliest first.
   * @throws DomainError NOT_FOUND where the channel is not open there
   */
  private async freeSlots(manager: EntityManager, { channelId, venueId, from, to }: Wish): Promise<Slot[]> {
    const free: Slot[] = [];
    for (let start = from; start <= to; start = addDays(start, LOOK_DAYS)) {
      const week = await this.slots.ofChannel(manager, channelId, { venueId, from: start, days: LOOK_DAYS });
      for (const { date, slots } of week.days) {
        if (date <= to) free.push(...slots.filter((slot) => slot.state === 'open'));
      }
    }
    return free;
  }

  /**
   * For each alert the first of these slots that its person could have: on a day that was asked for, at a time for which
   * they have booked nothing, with a card that the channel serves there then, and a place left for its class. Who could
   * have none is left out.
   */
  private async firstSlots(
    manager: EntityManager,
    alerts: readonly Asked[],
    free: readonly Slot[],
  ): Promise<{ alertId: string; slot: Slot }[]> {
    const [any] = free;
    if (!any) return [];
    const wishOf = ({ personId, channelId, venueId }: Asked, on: string) => ({
      personId,
      channelId,
      venueId,
      on,
    });
    const book = await this.entitlements.load(
      manager,
      alerts.map((alert) => wishOf(alert, any.serviceDate)),
    );
    const own = await this.bookings.ownTimes(
      manager,
      alerts.map(({ personId }) => personId),
      this.clock.now(),
    );
    return alerts.flatMap((alert) => {
      const onDay = new Map<string, EntitlementDecision>();
      const slot = free.find((one) => {
        const { serviceDate: day, left, classLeft } = one;
        if (day < alert.fromDay || alert.toDay < day) return false;
        if (isElsewhere(own.get(alert.personId) ?? [], one)) return false;
        const decision = onDay.get(day) ?? book.decide(wishOf(alert, day));
        onDay.set(day, decision);
        if (!decision.ok) return false;
        return ((decision.cardClass === null ? undefined : classLeft[decision.cardClass]) ?? left) > 0;
      });
      return slot ? [{ alertId: alert.id, slot }] : [];
    });
  }

  private async describe(manager: EntityManager, rows: readonly VacancyAlertRow[]): Promise<VacancyAlert[]> {
    const places = await this.names.of(manager, rows);
    return rows.map((row) => ({
      alertId: row.id,
      channel: channelNamed(places, row.channelId),
      venue: venueNamed(places, row.venueId),
      from: row.fromDay,
      to: row.toDay,
      toldAt: row.toldAt?.toISOString() ?? null,
    }));
  }

  private note(tx: Tx, person: PersonPrincipal, action: string, alertId: string): Promise<void> {
    return this.audit.record(tx, person, { action, objectType: 'vacancy-alert', objectId: alertId });
  }
}
