import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { statisticsQuerySchema, UseStatistics } from '@talent-card/shared/statistics/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { BookingCounts } from '../bookings/booking-counts.js';
import { Channels } from '../channels/channels.service.js';
import { Ratings } from '../feedback/ratings.service.js';
import { type CountedPeriod, type UseCount, UseCounts } from '../uses/use-counts.js';
import { VenueAccess } from '../venues/venue-access.js';
import { Venues } from '../venues/venues.service.js';

/** Five years: more months than a chart shows. */
const LONGEST_DAYS = 1_830;

/** How the channels are used, for those who answer for them: their zone or their venues only. */
@Injectable()
export class Statistics {
  constructor(
    private readonly uses: UseCounts,
    private readonly bookings: BookingCounts,
    private readonly ratings: Ratings,
    private readonly channels: Channels,
    private readonly venues: Venues,
    private readonly access: VenueAccess,
  ) {}

  /** @throws DomainError VALIDATION_FAILED for a period that ends before it begins, or is longer than five years */
  async ofUses(
    manager: EntityManager,
    staff: StaffPrincipal,
    query: z.output<typeof statisticsQuerySchema>,
  ): Promise<UseStatistics> {
    const { from, to } = query;
    if (to < from) throw fieldError({ path: 'to', code: 'DATE_ORDER' });
    if (Date.parse(to) - Date.parse(from) > LONGEST_DAYS * 86_400_000) {
      throw fieldError({ path: 'from', code: 'TOO_SMALL' });
    }
    const period = { from, to, venueIds: await this.venueIds(manager, staff, query.zoneCode) };
    const counts = await this.uses.of(manager, period);
    const grades = await this.ratings.averages(manager, {
      from,
      to,
      ...(period.venueIds === 'all' ? {} : { venueIds: period.venueIds }),
    });
    const { bookings, noShows } = await this.bookings.of(manager, period);
    return {
      uses: total(counts),
      holders: await this.uses.holders(manager, period),
      bookings,
      noShows,
      averageGrade: grades.average,
      byChannel: await this.byChannel(manager, counts, grades.byChannel),
      byDistrict: await this.byDistrict(manager, counts),
      byMonth: monthsOf(from, to).map((month) => ({
        month,
        uses: total(counts.filter((count) => count.month === month)),
      })),
    };
  }

  /** The venues that count: those one sees, and of them those in the zone asked for. */
  private async venueIds(
    manager: EntityManager,
    staff: StaffPrincipal,
    zoneCode: ZoneCode | undefined,
  ): Promise<CountedPeriod['venueIds']> {
    const visible = await this.access.visibleVenueIds(manager, staff);
    if (zoneCode === undefined) return visible;
    const inZone = await this.venues.idsInZone(manager, zoneCode);
    return visible === 'all' ? inZone : inZone.filter((id) => visible.includes(id));
  }

  private async byChannel(
    manager: EntityManager,
    counts: readonly UseCount[],
    grades: ReadonlyMap<string, number>,
  ): Promise<UseStatistics['byChannel']> {
    const uses = sums(counts, ({ channelId }) => channelId);
    const names = await this.channels.names(manager, [...uses.keys()]);
    return [...uses]
      .map(([channelId, count]) => ({
        channelId,
        name: names.get(channelId) ?? { zh: channelId, en: channelId },
        uses: count,
        grade: grades.get(channelId) ?? null,
      }))
      .sort((a, b) => b.uses - a.uses);
  }

  private async byDistrict(
    manager: EntityManager,
    counts: readonly UseCount[],
  ): Promise<UseStatistics['byDistrict']> {
    const venues = await this.venues.byIds(manager, [...new Set(counts.map(({ venueId }) => venueId))]);
    const uses = new Map<ZoneCode, number>();
    for (const count of counts) {
      const zoneCode = venues.get(count.venueId)?.zoneCode;
      if (zoneCode) uses.set(zoneCode, (uses.get(zoneCode) ?? 0) + count.uses);
    }
    return [...uses].map(([zoneCode, count]) => ({ zoneCode, uses: count })).sort((a, b) => b.uses - a.uses);
  }
}

const total = (counts: readonly UseCount[]): number => counts.reduce((sum, { uses }) => sum + uses, 0);

function sums(counts: readonly UseCount[], key: (count: UseCount) => string): Map<string, number> {
  const found = new Map<string, number>();
  for (const count of counts) found.set(key(count), (found.get(key(count)) ?? 0) + count.uses);
  return found;
}

/** Every month that the period touches, empty ones too: a chart without gaps. */
export function monthsOf(from: string, to: string): string[] {
  const months: string[] = [];
  let [year = 0, month = 0] = from.split('-').map(Number);
  for (;;) {
    const name = `${year}-${String(month).padStart(2, '0')}`;
    if (name > to.slice(0, 7)) return months;
    months.push(name);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
}
