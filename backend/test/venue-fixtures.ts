import type { WriteVenue } from '@talent-card/shared/venues/schema';
import { VenueRow } from '../src/features/venues/venue.entity.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { newId } from '../src/platform/ids.js';
import type { TestApp } from './harness.js';

let venues = 0;

/** Every day of the week, the same hours. */
export const daily = (from: string, to: string): WriteVenue['openingHours'] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to }));

/** A venue of Huancui, open from eight to eight each day, unless something else is said. Answers its id. */
export async function makeVenue(test: TestApp, more: Partial<VenueRow> = {}): Promise<string> {
  venues += 1;
  return test.app.get(UnitOfWork).run(async (tx) => {
    const id = newId(tx.now);
    await tx.manager.insert(VenueRow, {
      id,
      nameZh: `场馆${venues}`,
      nameEn: `Venue ${venues}`,
      zoneCode: '371002',
      addressZh: '海滨北路 1 号',
      addressEn: '1 Haibin North Road',
      latitude: 37.51,
      longitude: 122.12,
      phone: '0631-5200000',
      openingHours: JSON.stringify(daily('08:00', '20:00')),
      closedOnHolidays: false,
      noticeZh: null,
      noticeEn: null,
      status: 'open',
      demo: true,
      createdAt: tx.now,
      version: 1,
      shapings: 0,
      ...more,
    });
    return id;
  });
}
