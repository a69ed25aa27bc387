import { Injectable } from '@nestjs/common';
import type {
  KeptBookings,
  Schedule,
  ScheduleException,
  writeExceptionSchema,
  writeScheduleSchema,
} from '@talent-card/shared/venues/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import type { ExceptionRow, ScheduleRow } from './schedule.entity.js';
import { SlotBookings } from './slot-bookings.js';
import { SlotHorizons } from './slot-horizons.js';
import { SlotMaker, templateOf } from './slot-maker.js';
import { minutesOf, overlap, type StandingSlot, type Template } from './slot-plan.js';
import { SlotsRepository } from './slots.repository.js';
import { assertStretches } from './stretches.js';
import { VenuesRepository } from './venues.repository.js';
import { exceptionOf } from './venues.service.js';
import { VenuesAdministration } from './venues-administration.js';

type WriteSchedule = z.output<typeof writeScheduleSchema>;
type WriteException = z.output<typeof writeExceptionSchema>;
type Cancel = WriteSchedule['cancel'];

/** The weekly templates of venues and the days that differ from them, as staff change them. */
@Injectable()
export class VenueWeeks {
  constructor(
    private readonly venues: VenuesRepository,
    private readonly administration: VenuesAdministration,
    private readonly slots: SlotsRepository,
    private readonly maker: SlotMaker,
    private readonly horizons: SlotHorizons,
    private readonly slotBookings: SlotBookings,
    private readonly audit: AuditTrail,
  ) {}

  async schedules(manager: EntityManager, staff: StaffPrincipal, venueId: string): Promise<Schedule[]> {
    await this.administration.visible(manager, staff, venueId);
    return (await this.venues.schedules(manager, venueId)).map(scheduleOf);
  }

  /** @throws DomainError NOT_FOUND, SCHEDULE_OVERLAP, VALIDATION_FAILED */
  async createSchedule(
    tx: Tx,
    staff: StaffPrincipal,
    venueId: string,
    body: WriteSchedule,
  ): Promise<Schedule> {
    await this.administration.visible(tx.manager, staff, venueId);
    await this.venues.takeTurn(tx, venueId);
    const schedule: ScheduleRow = { ...weekOf(body), id: newId(tx.now), venueId, version: 1 };
    await this.assertFits(tx, schedule);
    await this.venues.insertSchedule(tx, schedule);
    await this.note(tx, staff, 'venues.create-schedule', venueId);
    return scheduleOf(schedule);
  }

  /**
   * Changes a template. Slots ahead follow it; those with bookings that it has no room for stay, unless `cancel` names
   * how many bookings go. Where it has fewer places than are taken, what is taken stays and nobody more gets in.
   * @throws DomainError NOT_FOUND, STALE_VERSION also when another number of bookings is concerned, SCHEDULE_OVERLAP,
   *   VALIDATION_FAILED
   */
  async updateSchedule(
    tx: Tx,
    staff: StaffPrincipal,
    { venueId, scheduleId }: { venueId: string; scheduleId: string },
    body: WriteSchedule,
  ): Promise<Schedule> {
    await this.administration.visible(tx.manager, staff, venueId);
    await this.venues.takeTurn(tx, venueId);
    const before = (await this.venues.schedules(tx.manager, venueId)).find((row) => row.id === scheduleId);
    if (!before) throw new DomainError('NOT_FOUND');
    const version = body.version ?? 0;
    const schedule: ScheduleRow = { ...weekOf(body), id: scheduleId, venueId, version: version + 1 };
    await this.assertFits(tx, schedule);
    if (!(await this.venues.changeSchedule(tx, scheduleId, version, weekOf(body)))) {
      throw new DomainError('STALE_VERSION', { version: before.version });
    }
    await this.note(tx, staff, 'venues.update-schedule', venueId, Object.keys(weekOf(body)));
    const { keep, change } = await this.maker.survey(tx.manager, venueId, tx.now);
    const kept = await this.settle(
      tx,
      staff,
      keep.filter((slot) => slot.scheduleId === scheduleId),
      body.cancel,
    );
    const overfull = await this.maker.overfull(
      tx.manager,
      change.filter((one) => one.scheduleId === scheduleId),
    );
    return { ...scheduleOf(schedule), kept, overfull };
  }

  /** Those of today and the days ahead. */
  async exceptions(
    manager: EntityManager,
    staff: StaffPrincipal,
    venueId: string,
    today: string,
  ): Promise<ScheduleException[]> {
    await this.administration.visible(manager, staff, venueId);
    const rows = await this.venues.exceptionsBetween(manager, [venueId], today, '9999-12-31');
    return rows.map(scheduleExceptionOf);
  }

  /**
   * Sets how the venue is open on one day and shapes its slots at once. Bookings without room stay, unless `cancel`
   * names how many go.
   * @throws DomainError NOT_FOUND, STALE_VERSION when another number of bookings is concerned, VALIDATION_FAILED
   */
  async writeException(
    tx: Tx,
    staff: StaffPrincipal,
    venueId: string,
    body: WriteException,
  ): Promise<ScheduleException> {
    await this.administration.visible(tx.manager, staff, venueId);
    if (body.date < serviceDate(tx.now)) throw fieldError({ path: 'date', code: 'NOT_ALLOWED' });
    assertStretches(body.open, 'open');
    await this.venues.takeTurn(tx, venueId);
    const exception: ExceptionRow = {
      id: newId(tx.now),
      venueId,
      date: body.date,
      open: JSON.stringify(body.open),
      noteZh: body.note.zh,
      noteEn: body.note.en,
    };
    await this.venues.saveException(tx, exception);
    await this.note(tx, staff, 'venues.write-exception', venueId, [body.date]);
    const day = { from: body.date, to: body.date };
    const { keep } = await this.maker.survey(tx.manager, venueId, tx.now, day);
    const kept = await this.settle(tx, staff, keep, body.cancel);
    await this.maker.shape(tx, venueId, day);
    return { ...scheduleExceptionOf(exception), kept };
  }

  /** Gives the day back to the week. @throws DomainError NOT_FOUND */
  async removeException(tx: Tx, staff: StaffPrincipal, venueId: string, exceptionId: string): Promise<void> {
    await this.administration.visible(tx.manager, staff, venueId);
    const exception = await this.venues.findExceptionById(tx.manager, venueId, exceptionId);
    if (!exception) throw new DomainError('NOT_FOUND');
    await this.venues.removeException(tx, venueId, exception.date);
    await this.note(tx, staff, 'venues.remove-exception', venueId, [exception.date]);
    await this.maker.shape(tx, venueId, { from: exception.date, to: exception.date });
  }

  /** Counts the bookings of slots out of the plan, and cancels them where the office named just that number. */
  private async settle(
    tx: Tx,
    staff: StaffPrincipal,
    keep: readonly StandingSlot[],
    cancel: Cancel,
  ): Promise<KeptBookings> {
    const slotIds = keep.map((slot) => slot.slotId);
    const bookings = await this.slotBookings.count(tx.manager, slotIds);
    if (!cancel) return { slots: slotIds.length, bookings };
    if (cancel.bookings !== bookings) throw new DomainError('STALE_VERSION', { bookings });
    const cancelled = await this.slotBookings.close(tx, staff, keep, cancel.reason);
    // Somebody booked while the pools were waited for: nobody is cancelled whom the office was not told of.
    if (cancelled !== bookings) throw new DomainError('STALE_VERSION', { bookings: cancelled });
    await this.slots.closeMany(tx, slotIds);
    return { slots: 0, bookings: 0 };
  }

  private async assertFits(tx: Tx, schedule: ScheduleRow): Promise<void> {
    const template = templateOf(schedule);
    if (minutesBetween(template) < template.slotMinutes) {
      throw fieldError({ path: 'slotMinutes', code: 'TOO_BIG', params: { max: minutesBetween(template) } });
    }
    const { channelId } = template;
    if (!(await this.horizons.of(tx.manager, [channelId])).has(channelId)) {
      throw fieldError({ path: 'channelId', code: 'NOT_ALLOWED' });
    }
    const others = (await this.venues.schedules(tx.manager, schedule.venueId)).map(templateOf);
    const other = others.find((one) => one.scheduleId !== schedule.id && overlap(one, template));
    if (other) throw new DomainError('SCHEDULE_OVERLAP', { scheduleId: other.scheduleId });
  }

  private note(
    tx: Tx,
    staff: StaffPrincipal,
    action: string,
    venueId: string,
    fields: string[] = [],
  ): Promise<void> {
    return this.audit.record(tx, staff, { action, objectType: 'venue', objectId: venueId, fields });
  }
}

const minutesBetween = ({ from, to }: Pick<Template, 'from' | 'to'>): number =>
  minutesOf(to) - minutesOf(from);

function weekOf(body: WriteSchedule) {
  return {
    channelId: body.channelId,
    weekday: body.weekday,
    fromTime: body.from,
    toTime: body.to,
    slotMinutes: body.slotMinutes,
    capacity: body.capacity,
    classCapacities: JSON.stringify(body.classCapacities),
    effectiveFrom: body.effectiveFrom,
    effectiveTo: body.effectiveTo,
  };
}

function scheduleOf(row: ScheduleRow): Schedule {
  const { classCapacities, ...template } = templateOf(row);
  return { ...template, classCapacities: { ...classCapacities }, venueId: row.venueId, version: row.version };
}

const scheduleExceptionOf = (row: ExceptionRow): ScheduleException => ({
  exceptionId: row.id,
  venueId: row.venueId,
  date: row.date,
  ...exceptionOf(row),
});
