import { Injectable } from '@nestjs/common';
import { mayBecome } from '@talent-card/shared/common/state-table';
import { callBackStates } from '@talent-card/shared/feedback/call-back-state';
import type { CallBackState, Rating, rateSchema } from '@talent-card/shared/feedback/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import type { PersonPrincipal, StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { WorkingCalendar } from '../../platform/calendar/working-calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Uses } from '../uses/uses.service.js';
import { Venues } from '../venues/venues.service.js';
import type { RatingRow } from './rating.entity.js';
import { asksForCallBack, CALL_BACK_WORKING_DAYS, mayAppeal, mayRate } from './rating.rules.js';
import { RatingViews } from './rating-views.js';
import { type RatingPeriod, RatingsRepository } from './ratings.repository.js';

/** Average grades of a period; null where nobody rated. */
export interface AverageGrades {
  readonly average: number | null;
  readonly byChannel: ReadonlyMap<string, number>;
}

/** 好差评: a grade for each use, a call back after a bad one, and an appeal against how it was dealt with. */
@Injectable()
export class Ratings {
  constructor(
    private readonly ratings: RatingsRepository,
    private readonly views: RatingViews,
    private readonly uses: Uses,
    private readonly venues: Venues,
    private readonly calendar: WorkingCalendar,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /**
   * Rates a use of one's own, once. A bad grade opens a call back.
   * @throws DomainError NOT_FOUND also for somebody else's, RATING_NOT_POSSIBLE, RATING_EXISTS
   */
  rate(
    person: PersonPrincipal,
    useId: string,
    rate: z.output<typeof rateSchema>,
    idempotency: IdempotencyContext,
  ): Promise<Rating> {
    return this.units.run(
      person,
      async (tx) => {
        const use = await this.uses.byId(tx.manager, useId);
        if (use?.personId !== person.personId) throw new DomainError('NOT_FOUND');
        if (!mayRate(use, tx.now)) throw new DomainError('RATING_NOT_POSSIBLE', { status: use.status });
        const venue = (await this.venues.byIds(tx.manager, [use.venueId])).get(use.venueId);
        if (!venue) throw new DomainError('NOT_FOUND');
        const row: RatingRow = {
          ...this.newRow(tx, rate),
          useId,
          personId: person.personId,
          channelId: use.channelId,
          venueId: use.venueId,
          zoneCode: venue.zoneCode,
          usedOn: serviceDate(use.at),
        };
        if (!(await this.ratings.insert(tx, row))) throw new DomainError('RATING_EXISTS');
        await this.audit.record(tx, person, {
          action: 'feedback.rate',
          objectType: 'rating',
          objectId: row.id,
        });
        return this.views.rating(tx.manager, row, tx.now);
      },
      { idempotency },
    );
  }

  /** @throws DomainError NOT_FOUND also for somebody else's */
  async one(person: PersonPrincipal, ratingId: string): Promise<Rating> {
    const { manager } = this.database;
    const row = await this.ratings.findOwn(manager, ratingId, person.personId);
    if (!row) throw new DomainError('NOT_FOUND');
    return this.views.rating(manager, row, this.clock.now());
  }

  /** @throws DomainError NOT_FOUND, APPEAL_NOT_POSSIBLE before an answer, a second time, or after thirty days */
  appeal(
    person: PersonPrincipal,
    ratingId: string,
    reason: string,
    idempotency: IdempotencyContext,
  ): Promise<Rating> {
    return this.units.run(
      person,
      async (tx) => {
        const row = await this.ratings.findOwn(tx.manager, ratingId, person.personId);
        if (!row) throw new DomainError('NOT_FOUND');
        if (!mayAppeal(row, tx.now)) throw new DomainError('APPEAL_NOT_POSSIBLE', { status: row.callBack });
        const appealed = await this.change(tx, row, {
          callBack: 'appealed',
          appeal: reason,
          dueOn: this.dueAfter(tx),
          overdueSince: null,
        });
        await this.audit.record(tx, person, {
          action: 'feedback.appeal',
          objectType: 'rating',
          objectId: ratingId,
        });
        return this.views.rating(tx.manager, appealed, tx.now);
      },
      { idempotency },
    );
  }

  /** Ends the call back with an answer that the holder reads. @throws DomainError STALE_VERSION */
  async answer(
    tx: Tx,
    staff: StaffPrincipal,
    row: RatingRow,
    version: number,
    answer: string,
  ): Promise<RatingRow> {
    this.assertStands(row, version, 'done');
    const answered = await this.change(tx, row, {
      callBack: 'done',
      answer,
      answeredAt: tx.now,
      answeredByStaffId: staff.staffId,
    });
    await this.tell(tx, staff, answered, 'feedback.answer');
    return answered;
  }

  /**
   * The city's last word on an appeal, by somebody other than who is appealed against.
   * @throws DomainError STALE_VERSION, CASE_FOUR_EYES
   */
  async decideAppeal(
    tx: Tx,
    staff: StaffPrincipal,
    row: RatingRow,
    version: number,
    appealAnswer: string,
  ): Promise<RatingRow> {
    if (row.callBack !== 'appealed') throw new DomainError('STALE_VERSION', { version: row.version });
    this.assertStands(row, version, 'closed');
    if (row.answeredByStaffId === staff.staffId) throw new DomainError('CASE_FOUR_EYES');
    const decided = await this.change(tx, row, { callBack: 'closed', appealAnswer });
    await this.tell(tx, staff, decided, 'feedback.decide-appeal');
    return decided;
  }

  /** What uses show of their ratings, by use id; one statement. */
  async ofUses(
    manager: EntityManager,
    useIds: readonly string[],
  ): Promise<Map<string, { ratingId: string; grade: number }>> {
    const rows = await this.ratings.ofUses(manager, useIds);
    return new Map([...rows].map(([useId, { id, grade }]) => [useId, { ratingId: id, grade }]));
  }

  /** Average grades of uses between two days, overall and by channel; one statement. */
  async averages(manager: EntityManager, period: RatingPeriod): Promise<AverageGrades> {
    const sums = await this.ratings.sums(manager, period);
    const count = sums.reduce((total, one) => total + one.count, 0);
    const sum = sums.reduce((total, one) => total + one.sum, 0);
    return {
      average: count === 0 ? null : sum / count,
      byChannel: new Map(sums.map((one) => [one.channelId, one.sum / one.count])),
    };
  }

  private newRow(tx: Tx, { grade, tags, comment }: z.output<typeof rateSchema>) {
    const isBad = asksForCallBack(grade);
    return {
      id: newId(tx.now),
      grade,
      tags: JSON.stringify([...new Set(tags)]),
      comment: comment || null,
      createdAt: tx.now,
      callBack: isBad ? ('open' as const) : null,
      dueOn: isBad ? this.dueAfter(tx) : null,
      answer: null,
      answeredAt: null,
      answeredByStaffId: null,
      appeal: null,
      appealAnswer: null,
      overdueSince: null,
      version: 1,
    };
  }

  private dueAfter(tx: Tx): string {
    return this.calendar.addWorkingDays(serviceDate(tx.now), CALL_BACK_WORKING_DAYS);
  }

  private assertStands(row: RatingRow, version: number, to: CallBackState): void {
    const allowed = row.callBack !== null && mayBecome(callBackStates, row.callBack, to);
    if (row.version !== version || !allowed) throw new DomainError('STALE_VERSION', { version: row.version });
  }

  private async change(tx: Tx, row: RatingRow, change: Partial<RatingRow>): Promise<RatingRow> {
    if (!(await this.ratings.change(tx, row, change))) throw new DomainError('STALE_VERSION');
    return { ...row, ...change, version: row.version + 1 };
  }

  private async tell(tx: Tx, staff: StaffPrincipal, row: RatingRow, action: string): Promise<void> {
    await this.audit.record(tx, staff, { action, objectType: 'rating', objectId: row.id });
    if (row.personId === null) return;
    await this.outbox.publish(tx, 'rating.answered', { personId: row.personId, ratingId: row.id });
  }
}
