import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  AdminBooking,
  Booking,
  decideAppealSchema,
  Standing,
} from '@talent-card/shared/bookings/schema';
import type * as z from 'zod';
import { Quota } from '../../core/quota/quota.service.js';
import {
  type PersonPrincipal,
  type Principal,
  type StaffPrincipal,
  system,
} from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { BookingRow } from './booking.entity.js';
import { bookingCause } from './booking-desk.js';
import { BookingViews } from './booking-views.js';
import { BookingsRepository, type NewBooking } from './bookings.repository.js';
import { BookingsAdminRepository } from './bookings-admin.repository.js';
import { BookingsAdminViews } from './bookings-admin.views.js';
import { type PointRules, pausedUntil, pointUntil } from './no-shows.rules.js';

export const NO_SHOWS_JOB = 'bookings.no-shows';
const UNIT = 50;

/** Who did not come: points that go one by one, a pause at the limit, and the appeal against a point. */
@Injectable()
export class NoShows implements OnModuleInit {
  private readonly rules: PointRules;

  constructor(
    private readonly bookings: BookingsRepository,
    private readonly repository: BookingsAdminRepository,
    private readonly views: BookingViews,
    private readonly adminViews: BookingsAdminViews,
    private readonly quota: Quota,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    this.rules = { limit: config.NO_SHOW_LIMIT, days: config.NO_SHOW_DAYS };
  }

  onModuleInit(): void {
    this.jobs.register({ name: NO_SHOWS_JOB, everySeconds: 60, run: (lease) => this.run(lease) });
  }

  async standing(person: PersonPrincipal): Promise<Standing> {
    const { manager } = this.database;
    const now = this.clock.now();
    const today = serviceDate(now);
    const rows = await this.repository.withPoints(manager, [person.personId], today);
    const bookings = await this.views.bookings(manager, rows, now);
    const points = rows.flatMap((row) => row.pointsUntil ?? []);
    return {
      points: points.length,
      limit: this.rules.limit,
      pausedUntil: pausedUntil(points, today, this.rules),
      items: bookings.map((booking, i) => ({
        booking,
        pointsUntil: points[i] ?? today,
        mayAppeal: booking.appeal === null,
      })),
    };
  }

  /**
   * Contradicts a point, once, while it counts.
   * @throws DomainError NOT_FOUND also for somebody else's booking, APPEAL_NOT_POSSIBLE
   */
  async appeal(tx: Tx, person: PersonPrincipal, bookingId: string, reason: string): Promise<Booking> {
    await this.bookings.takeTurns(tx, [person.personId]);
    const booking = await this.bookings.find(tx.manager, bookingId);
    if (booking?.personId !== person.personId) throw new DomainError('NOT_FOUND');
    const counts = booking.status === 'no-show' && (booking.pointsUntil ?? '') > serviceDate(tx.now);
    if (!counts || booking.appealStatus !== null) {
      throw new DomainError('APPEAL_NOT_POSSIBLE', { status: booking.status, appeal: booking.appealStatus });
    }
    const appealed = await this.change(tx, booking, { appealStatus: 'open', appealReason: reason });
    await this.note(tx, person, 'bookings.appeal', bookingId);
    return this.views.booking(tx.manager, appealed, tx.now);
  }

  /**
   * Answers an appeal. Granted, the point is gone and what the booking spent is given back: it was not the holder's
   * fault.
   * @throws DomainError NOT_FOUND, STALE_VERSION, APPEAL_NOT_POSSIBLE when there is none to decide
   */
  async decideAppeal(
    tx: Tx,
    staff: StaffPrincipal,
    bookingId: string,
    { version, grant, answer }: z.output<typeof decideAppealSchema>,
  ): Promise<AdminBooking> {
    const { personId } = await this.adminViews.visible(tx.manager, staff, bookingId);
    await this.bookings.takeTurns(tx, [personId]);
    const booking = await this.adminViews.visible(tx.manager, staff, bookingId);
    if (booking.version !== version) throw new DomainError('STALE_VERSION', { version: booking.version });
    if (booking.appealStatus !== 'open' || booking.status !== 'no-show') {
      throw new DomainError('APPEAL_NOT_POSSIBLE', { status: booking.status, appeal: booking.appealStatus });
    }
    const decided = await this.change(tx, booking, {
      appealStatus: grant ? 'granted' : 'refused',
      appealAnswer: answer,
      ...(grant ? { status: 'excused', pointsUntil: null } : {}),
    });
    if (grant) {
      await this.quota.giveBack(tx, bookingCause(bookingId));
      await this.recount(tx, [personId]);
    }
    await this.note(tx, staff, 'bookings.decide-appeal', bookingId);
    await this.outbox.publish(tx, 'booking.appeal-answered', { personId, bookingId });
    return this.adminViews.one(tx.manager, decided);
  }

  /** Sets anew until when these people book nothing, by the points they have; take their turns first. */
  async recount(tx: Tx, personIds: readonly string[]): Promise<void> {
    const today = serviceDate(tx.now);
    const points = pointsByPerson(await this.repository.withPoints(tx.manager, personIds, today));
    for (const personId of personIds) {
      await this.bookings.pause(tx, personId, pausedUntil(points.get(personId) ?? [], today, this.rules));
    }
  }

  private async run(lease: Lease): Promise<void> {
    for (;;) {
      const missed = await this.repository.missed(this.database.manager, this.clock.now(), UNIT);
      if (missed.length === 0 || lease.signal.aborted) break;
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        await this.mark(tx, missed);
      });
    }
    await this.endPauses(lease);
  }

  private async mark(tx: Tx, seen: readonly BookingRow[]): Promise<void> {
    const people = [...new Set(seen.map((row) => row.personId))];
    await this.bookings.takeTurns(tx, people);
    const today = serviceDate(tx.now);
    const points = pointsByPerson(await this.repository.withPoints(tx.manager, people, today));
    // Checked in, moved or cancelled since it was read: left alone.
    const rows = (
      await this.repository.again(
        tx.manager,
        seen.map((row) => row.id),
      )
    ).filter((row) => row.status === 'booked' && row.arriveUntil <= tx.now);
    for (const row of rows) {
      const others = points.get(row.personId) ?? [];
      const pointsUntil = pointUntil(row.serviceDate, others, this.rules);
      points.set(row.personId, [...others, pointsUntil]);
      await this.change(tx, row, { status: 'no-show', pointsUntil });
    }
    for (const personId of new Set(rows.map((row) => row.personId))) {
      await this.bookings.pause(tx, personId, pausedUntil(points.get(personId) ?? [], today, this.rules));
    }
    const principal = system(NO_SHOWS_JOB);
    await this.audit.recordMany(
      tx,
      rows.map(({ id }) => ({
        principal,
        action: 'bookings.no-show',
        objectType: 'booking',
        objectId: id,
      })),
    );
    await this.outbox.publishMany(
      tx,
      rows.map(({ id, personId }) => ({ topic: 'booking.no-show', payload: { personId, bookingId: id } })),
    );
  }

  /** The operator may have set the limit or the days anew since a pause was set; every arrival recounts by itself. */
  private async endPauses(lease: Lease): Promise<void> {
    const today = serviceDate(this.clock.now());
    const { manager } = this.database;
    const paused = await this.repository.pausedOn(manager, today);
    const people = paused.map((row) => row.personId);
    const points = pointsByPerson(await this.repository.withPoints(manager, people, today));
    const wrong = paused.filter(
      (row) => row.pausedUntil !== pausedUntil(points.get(row.personId) ?? [], today, this.rules),
    );
    for (const { personId } of wrong) {
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        await this.bookings.takeTurns(tx, [personId]);
        await this.recount(tx, [personId]);
      });
    }
  }

  private async change(tx: Tx, booking: BookingRow, change: Partial<NewBooking>): Promise<BookingRow> {
    if (!(await this.bookings.change(tx, booking, change))) {
      throw new DomainError('BOOKING_STATE_CONFLICT', { status: booking.status });
    }
    return { ...booking, ...change, version: booking.version + 1 };
  }

  private note(tx: Tx, principal: Principal, action: string, bookingId: string): Promise<void> {
    return this.audit.record(tx, principal, { action, objectType: 'booking', objectId: bookingId });
  }
}

function pointsByPerson(rows: readonly BookingRow[]): Map<string, string[]> {
  const points = new Map<string, string[]>();
  for (const { personId, pointsUntil } of rows) {
    if (pointsUntil !== null) points.set(personId, [...(points.get(personId) ?? []), pointsUntil]);
  }
  return points;
}
