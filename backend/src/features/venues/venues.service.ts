import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { OpeningHours, Venue, VenueDay } from '@talent-card/shared/venues/schema';
import type { EntityManager } from 'typeorm';
import { VenueDirectory } from '../../platform/accounts/staff/venue-directory.js';
import { WorkingCalendar } from '../../platform/calendar/working-calendar.js';
import { addDays } from '../../platform/clock/shanghai.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { ExceptionRow } from './schedule.entity.js';
import type { VenueRow } from './venue.entity.js';
import { type OpeningRules, venueDay } from './venue-days.js';
import { VenuesRepository } from './venues.repository.js';

export function venueOf(row: VenueRow): Venue {
  return {
    venueId: row.id,
    name: { zh: row.nameZh, en: row.nameEn },
    zoneCode: row.zoneCode,
    address: { zh: row.addressZh, en: row.addressEn },
    latitude: row.latitude,
    longitude: row.longitude,
    phone: row.phone,
    openingHours: hoursOf(row),
    closedOnHolidays: row.closedOnHolidays,
    notice: row.noticeZh === null ? null : { zh: row.noticeZh, en: row.noticeEn ?? '' },
    demo: row.demo,
  };
}

const hoursOf = (row: VenueRow): OpeningHours[] => JSON.parse(row.openingHours) as OpeningHours[];

export function rulesOf(row: VenueRow): OpeningRules {
  return { openingHours: hoursOf(row), closedOnHolidays: row.closedOnHolidays, status: row.status };
}

export const exceptionOf = (row: ExceptionRow) => ({
  open: JSON.parse(row.open) as { from: string; to: string }[],
  note: { zh: row.noteZh, en: row.noteEn },
});

/** Where venues are and when they are open. */
@Injectable()
export class Venues extends VenueDirectory {
  constructor(
    private readonly venues: VenuesRepository,
    private readonly calendar: WorkingCalendar,
  ) {
    super();
  }

  /** One statement however many; ids of no venue are left out. */
  async byIds(manager: EntityManager, venueIds: readonly string[]): Promise<Map<string, Venue>> {
    const rows = await this.venues.findMany(manager, venueIds);
    return new Map(rows.map((row) => [row.id, venueOf(row)]));
  }

  /** What views call them by, and where to find them; one statement however many. */
  async names(
    manager: EntityManager,
    venueIds: readonly string[],
  ): Promise<Map<string, Pick<Venue, 'name' | 'address' | 'phone'>>> {
    const rows = await this.venues.names(manager, venueIds);
    return new Map(
      rows.map(({ id, nameZh, nameEn, addressZh, addressEn, phone }) => [
        id,
        { name: { zh: nameZh, en: nameEn }, address: { zh: addressZh, en: addressEn }, phone },
      ]),
    );
  }

  /** Of one zone alone, without those that lie in it. */
  idsInZone(manager: EntityManager, zoneCode: ZoneCode): Promise<string[]> {
    return this.venues.idsInZones(manager, [zoneCode]);
  }

  async unknown(manager: EntityManager, venueIds: readonly string[]): Promise<string[]> {
    const known = await this.byIds(manager, venueIds);
    return venueIds.filter((id) => !known.has(id));
  }

  /** @throws DomainError NOT_FOUND */
  async day(manager: EntityManager, venueId: string, date: string): Promise<VenueDay> {
    const [day] = (await this.days(manager, [venueId], date, 1)).get(venueId) ?? [];
    if (!day) throw new DomainError('NOT_FOUND');
    return day;
  }

  /** So many days from `from` on of each venue, in two statements however many. */
  async days(
    manager: EntityManager,
    venueIds: readonly string[],
    from: string,
    count: number,
  ): Promise<Map<string, VenueDay[]>> {
    const dates = Array.from({ length: count }, (_, i) => addDays(from, i));
    const [rows, made] = await Promise.all([
      this.venues.findMany(manager, venueIds),
      this.venues.exceptionsBetween(manager, venueIds, from, dates.at(-1) ?? from),
    ]);
    const exceptions = new Map(made.map((row) => [`${row.venueId} ${row.date}`, row]));
    return new Map(
      rows.map((row) => {
        const rules = rulesOf(row);
        const days = dates.map((date) => {
          const exception = exceptions.get(`${row.id} ${date}`);
          return venueDay(
            rules,
            date,
            this.calendar.day(date).kind,
            exception ? exceptionOf(exception) : undefined,
          );
        });
        return [row.id, days];
      }),
    );
  }
}
