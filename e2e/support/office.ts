import { setTimeout as delay } from 'node:timers/promises';
import { staffRoutes } from '@talent-card/shared/accounts/routes';
import { bookingRoutes } from '@talent-card/shared/bookings/routes';
import { cardCodeAdminRoutes } from '@talent-card/shared/card-code/routes';
import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import { rosterRoutes } from '@talent-card/shared/people/routes';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import { type Api, personaOf } from './api.js';
import { rosterWorkbook } from './workbook.js';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const ALWAYS = { effectiveFrom: '2020-01-01', effectiveTo: null } as const;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Puts demo people on the roster, so that their card comes with the proof of their name. */
export async function listInRoster(city: Api, keys: readonly string[]): Promise<void> {
  const personas = await Promise.all(keys.map((key) => personaOf(city, key)));
  const workbook = await rosterWorkbook(
    personas.map((persona, i) => ({
      persona,
      category: '第一类',
      zone: '高区',
      provincialCardNumber: `SDHC20210087${i}`,
    })),
  );
  const uploaded = await city.upload(rosterRoutes.upload, '名单（演示）.xlsx', XLSX, workbook);
  const params = { batchId: uploaded.batchId };
  const until = async (status: string) => {
    for (let waited = 0; waited < 60_000; waited += 200) {
      const batch = await city.call(rosterRoutes.import, { params });
      if (batch.status === status) return batch;
      await delay(200);
    }
    throw new Error(`the import did not become ${status}`);
  };
  const { version } = await until('checked');
  await city.call(rosterRoutes.apply, { params, body: { version } });
  await until('applied');
}

export interface OpenAllDay {
  readonly channelId: string;
  readonly venueId: string;
  readonly channelName: string;
  readonly venueName: string;
}

const BOOKED = {
  opensDaysAhead: 2,
  opensAt: '00:00',
  leadMinutes: 0,
  cancelMinutes: 0,
  rescheduleMinutes: 0,
  graceMinutes: 30,
  reviewed: false,
  offerMinutes: 60,
};

/**
 * A hall that never closes, with a channel that is due there three times a day: booked, with no times to book yet, or
 * for whoever comes with a code.
 */
export async function openHall(city: Api, use: 'book' | 'code' = 'book'): Promise<OpenAllDay> {
  const channelName = '夜间健身';
  const venueName = '全天健身馆（演示）';
  const text = { zh: '说明', en: 'Text' };
  const { venueId } = await city.call(venueAdminRoutes.create, {
    body: {
      name: { zh: venueName, en: 'All-day gym (demo)' },
      zoneCode: '371002',
      address: { zh: '环翠区海滨北路 1 号', en: '1 Haibin North Road' },
      latitude: null,
      longitude: null,
      phone: '0631-5190099',
      openingHours: EVERY_DAY.map((weekday) => ({ weekday, from: '00:00', to: '23:59' })),
      closedOnHolidays: false,
      notice: null,
      status: 'open',
    },
  });
  const { channelId, version } = await city.call(channelAdminRoutes.create, {
    body: {
      number: 99,
      group: 'sport',
      use,
      name: { zh: channelName, en: 'Gym by night' },
      summary: { zh: '每天三次', en: 'Three times a day' },
      provider: { zh: venueName, en: 'All-day gym (demo)' },
      blocks: { content: text, who: text, flow: text, limit: text, window: text },
      venueIds: [venueId],
      hotline: '0631-5190099',
      officialLink: null,
      companionRule: null,
      booking: use === 'book' ? BOOKED : null,
      offline: 'allowed',
      sensitive: null,
      audience: { provincialCard: false, foreignersOnly: false },
      fundingGroup: null,
      perVenue: false,
      documentNumber: null,
      status: 'published',
    },
  });
  await city.call(channelAdminRoutes.writeTerms, {
    params: { channelId },
    body: {
      version,
      terms: [
        {
          ...ALWAYS,
          cardKind: 'talent',
          cardClass: null,
          limits: [{ window: 'day', most: 3 }],
          companions: 0,
          discountPercent: null,
          capCents: null,
        },
      ],
    },
  });
  return { channelId, venueId, channelName, venueName };
}

/** The same hall with one place every few minutes, day and night, so that a flow can run at any hour. */
export async function openAllDay(city: Api): Promise<OpenAllDay> {
  const hall = await openHall(city);
  const { channelId, venueId } = hall;
  for (const weekday of EVERY_DAY) {
    await city.call(venueAdminRoutes.createSchedule, {
      params: { venueId },
      body: { ...ALWAYS, channelId, weekday, from: '00:00', to: '23:59', slotMinutes: 10, capacity: 1 },
    });
  }
  for (let waited = 0; waited < 60_000; waited += 300) {
    const { days } = await city.call(bookingRoutes.slots, { params: { channelId }, query: { venueId } });
    if (days.some((day) => day.slots.length > 0)) return hall;
    await delay(300);
  }
  throw new Error('no slots were made');
}

/** Posts somebody of the demo's venues to one more venue; answers who it is. */
export async function post(admin: Api, username: string, venueId: string): Promise<string> {
  const { items } = await admin.call(staffRoutes.list, { query: {} });
  const member = items.find((one) => one.username === username);
  if (!member) throw new Error(`no demo account ${username}`);
  const { staffId, version, displayName, role, zoneCode, venueIds, status } = member;
  await admin.call(staffRoutes.update, {
    params: { staffId },
    body: { version, displayName, role, zoneCode, status, venueIds: [...venueIds, venueId] },
  });
  return staffId;
}

/** Posts a demo clerk to a venue too, and makes the code that enrols their phone. */
export async function postClerk(admin: Api, username: string, venueId: string): Promise<string> {
  const staffId = await post(admin, username, venueId);
  const { enrolmentCode } = await admin.call(cardCodeAdminRoutes.invite, { body: { staffId } });
  return enrolmentCode;
}
