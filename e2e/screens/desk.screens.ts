import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import { cardCodeRoutes } from '@talent-card/shared/card-code/routes';
import { cardAdminRoutes, cardRoutes } from '@talent-card/shared/cards/routes';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import { ratingAdminRoutes, ratingRoutes } from '@talent-card/shared/feedback/routes';
import { rosterRoutes } from '@talent-card/shared/people/routes';
import { useAdminRoutes, windowRoutes } from '@talent-card/shared/uses/routes';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Api, citizenOf } from '../support/api.js';
import { DESK, launchBrowser, openWindow, type Window } from '../support/browser.js';
import { signInBrowser } from '../support/console.js';
import { type Service, startService } from '../support/service.js';
import { chosenModes, DESK_MODES, isChosen, picture } from './modes.js';

const ACCOUNTS = [
  'city-reviewer',
  'admin',
  'auditor',
  'huancui-window',
  'sports-manager',
  'channel-editor',
] as const;

/** One picture: who looks at which address, and what they do there first. */
interface Shot {
  readonly name: string;
  /** Null for somebody who is not signed in. */
  readonly as: (typeof ACCOUNTS)[number] | null;
  readonly path: string;
  readonly first?: (page: Page) => Promise<void>;
}

let service: Service;
let browser: Browser;
let shots: Shot[];
const windows = new Map<Shot['as'], Window>();

/** A venue whose names are as long as names get, with nothing in it. */
async function longNamedVenue(api: Api): Promise<string> {
  const name = {
    zh: '威海市环翠区海滨北路街道文化体育与人才服务综合活动中心游泳健身二号馆（演示）',
    en: 'Huancui District North Seaside Road Culture, Sports and Talent Service Centre, Swimming Hall No. 2 (demo)',
  };
  const { items } = await api.call(venueAdminRoutes.list, {});
  const known = items.find((venue) => venue.name.zh === name.zh);
  if (known) return known.venueId;
  const made = await api.call(venueAdminRoutes.create, {
    body: {
      name,
      zoneCode: '371002',
      address: {
        zh: '山东省威海市环翠区海滨北路街道海港社区海滨北路 128 号文体综合楼东侧二层（靠近地铁口）',
        en: 'East wing, 2nd floor, Culture and Sports Building, 128 North Seaside Road, Huancui, Weihai, Shandong',
      },
      latitude: null,
      longitude: null,
      phone: '0631-5190099',
      openingHours: [1, 3, 5].map((weekday) => ({ weekday, from: '06:30', to: '21:45' })),
      closedOnHolidays: true,
      notice: null,
      status: 'open',
    },
  });
  return made.venueId;
}

/** A visit that was bad, called back for, and appealed in as many words as people have. */
async function appealedRating(office: Api, window: Api, channelId: string, venueId: string): Promise<void> {
  const { items } = await office.call(ratingAdminRoutes.list, { query: { callBack: 'appealed' } });
  if (items.length > 0) return;
  const { api: holder } = await citizenOf(new Api(office.url), 'elder-expert');
  const card = (await holder.call(cardRoutes.mine, {})).items[0];
  if (!card) throw new Error('the expert of eighty-five has no card');
  const { code } = await holder.call(cardCodeRoutes.online, { body: { cardId: card.cardId } });
  const { lookId } = await window.call(windowRoutes.look, { body: { venueId, code } });
  const { useId } = await window.call(windowRoutes.record, {
    body: { lookId: lookId ?? '', venueId, channelId },
  });
  const comment =
    '检票口说不认这个码，让我去售票处重新排队；售票处又让我回检票口，来回走了三趟，最后还是自己买了票。希望窗口之间先说好。';
  const { ratingId } = await holder.call(ratingRoutes.rate, {
    params: { useId },
    body: { grade: 1, tags: ['waited-long', 'turned-away'], comment },
  });
  const { items: open } = await office.call(ratingAdminRoutes.list, { query: { callBack: 'open' } });
  const { version } = open.find((one) => one.ratingId === ratingId) ?? {};
  await office.call(ratingAdminRoutes.answer, {
    params: { ratingId },
    body: { version: version ?? 0, answer: '已致电致歉，检票口已重新培训。' },
  });
  await holder.call(ratingRoutes.appeal, {
    params: { ratingId },
    body: { reason: '没有人给我打过电话，票钱也没有退。' },
  });
}

async function ids(
  api: Api,
  window: Api,
): Promise<
  Record<
    | 'waiting'
    | 'returned'
    | 'closed'
    | 'card'
    | 'person'
    | 'batch'
    | 'channel'
    | 'shown'
    | 'venue'
    | 'long'
    | 'booking'
    | 'use'
    | 'toSettle',
    string
  >
> {
  const caseOf = async (status: 'in-review' | 'returned' | 'approved') => {
    const { items } = await api.call(caseRoutes.queue, { query: { status, limit: 1 } });
    if (!items[0]) throw new Error(`the demo data has no case that is ${status}`);
    return items[0];
  };
  const waiting = await caseOf('in-review');
  const { applicant } = await api.call(caseRoutes.detail, { params: { caseId: waiting.caseId } });
  const card = (await api.call(cardAdminRoutes.list, { query: { limit: 1 } })).items[0];
  const batch = (await api.call(rosterRoutes.imports, { query: { limit: 1 } })).items[0];
  const { items: channels } = await api.call(channelAdminRoutes.list, {});
  const channel = channels.find(({ number }) => number === 18);
  const shown = channels.find(({ number }) => number === 13);
  const booking = (await api.call(bookingAdminRoutes.list, { query: { limit: 1 } })).items[0];
  const use = (await api.call(useAdminRoutes.list, { query: { status: 'used', limit: 1 } })).items[0];
  const toSettle = (await api.call(useAdminRoutes.list, { query: { status: 'to-settle', limit: 1 } }))
    .items[0];
  if (!channel?.venueIds[0]) throw new Error('the demo data has no channel 18');
  if (!card || !batch) throw new Error('the demo data has no card or no import');
  if (!shown?.venueIds[0] || !booking || !use) {
    throw new Error('the demo data has no channel 13, no booking or no use');
  }
  await appealedRating(api, window, shown.channelId, shown.venueIds[0]);
  return {
    waiting: waiting.caseId,
    returned: (await caseOf('returned')).caseId,
    closed: (await caseOf('approved')).caseId,
    card: card.cardId,
    person: applicant.personId,
    batch: batch.batchId,
    channel: channel.channelId,
    shown: shown.channelId,
    venue: channel.venueIds[0],
    long: await longNamedVenue(api),
    booking: booking.bookingId,
    use: use.useId,
    toSettle: (toSettle ?? use).useId,
  };
}

beforeAll(async () => {
  service = await startService({ DEMO_DATA: 'load' });
  browser = await launchBrowser();
  windows.set(null, await openWindow(browser, DESK));
  const apis = new Map<Shot['as'], Api>();
  for (const username of ACCOUNTS) {
    const window = await openWindow(browser, DESK);
    apis.set(username, await signInBrowser(window.context, service.url, username));
    windows.set(username, window);
  }
  const reviewer = apis.get('city-reviewer');
  const clerk = apis.get('huancui-window');
  if (!reviewer || !clerk) throw new Error('nobody reviews, or nobody is at the window');
  const id = await ids(reviewer, clerk);
  /** The three decisions, in the order of the bar. */
  const decide = (which: 0 | 1 | 2) => async (page: Page) => {
    await page.locator('footer.decision button').nth(which).click();
    await page.getByRole('dialog').waitFor();
  };

  shots = [
    { name: '01-sign-in', as: null, path: '/sign-in' },
    {
      name: '02-second-step',
      as: null,
      path: '/sign-in',
      first: async (page) => {
        await page.getByRole('button', { name: /rongcheng-reviewer/ }).click();
        await page.locator('form button[type=submit]').click();
        await page.locator('#code').waitFor();
      },
    },
    { name: '03-workbench', as: 'city-reviewer', path: '/' },
    { name: '04-queue', as: 'city-reviewer', path: '/cases' },
    { name: '05-queue-all', as: 'city-reviewer', path: '/cases?status=all' },
    { name: '06-queue-nothing-found', as: 'city-reviewer', path: '/cases?status=all&q=zzzz' },
    { name: '07-case', as: 'city-reviewer', path: `/cases/${id.waiting}` },
    { name: '08-case-approve', as: 'city-reviewer', path: `/cases/${id.waiting}`, first: decide(2) },
    { name: '09-case-return', as: 'city-reviewer', path: `/cases/${id.waiting}`, first: decide(1) },
    { name: '10-case-returned', as: 'city-reviewer', path: `/cases/${id.returned}` },
    { name: '11-case-closed', as: 'city-reviewer', path: `/cases/${id.closed}` },
    { name: '12-cards', as: 'city-reviewer', path: '/cards' },
    { name: '13-card', as: 'city-reviewer', path: `/cards/${id.card}` },
    { name: '14-roster', as: 'city-reviewer', path: '/roster' },
    { name: '15-imports', as: 'city-reviewer', path: '/roster?tab=imports' },
    { name: '16-import', as: 'city-reviewer', path: '/roster/import' },
    { name: '17-import-done', as: 'city-reviewer', path: `/roster/imports/${id.batch}` },
    { name: '18-person', as: 'city-reviewer', path: `/people/${id.person}` },
    { name: '19-calendar', as: 'city-reviewer', path: '/calendar' },
    { name: '20-account', as: 'city-reviewer', path: '/account' },
    { name: '21-staff', as: 'admin', path: '/staff' },
    { name: '22-audit', as: 'auditor', path: '/audit' },
    { name: '23-window-workbench', as: 'huancui-window', path: '/' },
    { name: '24-forbidden', as: 'huancui-window', path: '/staff' },
    { name: '25-not-found', as: 'huancui-window', path: '/nowhere' },
    { name: '26-channels', as: 'city-reviewer', path: '/channels' },
    { name: '27-channel', as: 'city-reviewer', path: `/channels/${id.channel}` },
    { name: '28-channel-matrix', as: 'city-reviewer', path: `/channels/${id.shown}?tab=terms` },
    {
      name: '29-channel-cell',
      as: 'city-reviewer',
      path: `/channels/${id.shown}?tab=terms`,
      first: async (page) => {
        await page.locator('.cells button').first().click();
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: '30-channel-read-only', as: 'sports-manager', path: `/channels/${id.channel}` },
    { name: '31-channel-new', as: 'city-reviewer', path: '/channels/new' },
    { name: '32-channels-of-editor', as: 'channel-editor', path: '/channels' },
    { name: '33-channels-nothing-found', as: 'city-reviewer', path: '/channels?q=zzzz' },
    { name: '34-venues', as: 'city-reviewer', path: '/venues' },
    { name: '35-venue-week', as: 'sports-manager', path: `/venues/${id.venue}` },
    {
      name: '36-venue-slot',
      as: 'sports-manager',
      path: `/venues/${id.venue}`,
      first: async (page) => {
        await page.locator('.week button:enabled').last().click();
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: '37-venue-schedules', as: 'sports-manager', path: `/venues/${id.venue}?tab=schedules` },
    { name: '38-venue-exceptions', as: 'sports-manager', path: `/venues/${id.venue}?tab=exceptions` },
    { name: '39-venue-info', as: 'sports-manager', path: `/venues/${id.venue}?tab=info` },
    { name: '40-venue-long-name', as: 'city-reviewer', path: `/venues/${id.long}` },
    { name: '41-arrivals', as: 'sports-manager', path: `/arrivals?venueId=${id.venue}` },
    { name: '42-arrivals-choose', as: 'city-reviewer', path: '/arrivals' },
    { name: '43-arrivals-nobody', as: 'city-reviewer', path: `/arrivals?venueId=${id.long}` },
    { name: '44-bookings', as: 'city-reviewer', path: '/bookings' },
    { name: '45-bookings-nothing-found', as: 'city-reviewer', path: '/bookings?q=00000000' },
    { name: '46-booking', as: 'city-reviewer', path: `/bookings/${id.booking}` },
    { name: '47-window', as: 'sports-manager', path: `/window?venueId=${id.venue}` },
    { name: '48-uses', as: 'city-reviewer', path: '/uses?tab=all' },
    { name: '49-uses-to-settle', as: 'city-reviewer', path: '/uses' },
    { name: '50-use', as: 'city-reviewer', path: `/uses/${id.use}` },
    { name: '51-use-to-settle', as: 'city-reviewer', path: `/uses/${id.toSettle}` },
    { name: '52-ratings', as: 'city-reviewer', path: '/ratings' },
    { name: '53-ratings-all', as: 'city-reviewer', path: '/ratings?tab=all' },
    {
      name: '54-rating',
      as: 'city-reviewer',
      path: '/ratings?tab=all&grade=1',
      first: async (page) => {
        await page.locator('tbody button').first().click();
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: '55-clerk-devices', as: 'admin', path: '/clerk-devices' },
    { name: '56-statistics', as: 'city-reviewer', path: '/statistics' },
    {
      name: '57-statistics-below',
      as: 'city-reviewer',
      path: '/statistics',
      first: async (page) => {
        await page.waitForLoadState('networkidle');
        await page.locator('main').evaluate((main) => main.scrollTo(0, 700));
      },
    },
    {
      name: '58-statistics-empty',
      as: 'city-reviewer',
      path: '/statistics?from=2020-01-01&to=2020-01-31',
    },
    { name: '59-exports', as: 'city-reviewer', path: '/exports' },
    { name: '60-exports-empty', as: 'sports-manager', path: '/exports' },
    { name: '61-messages', as: 'city-reviewer', path: '/messages' },
    { name: '62-messages-failed', as: 'city-reviewer', path: '/messages?state=failed' },
    { name: '63-messages-unknown', as: 'city-reviewer', path: '/messages?state=unknown' },
    {
      name: '64-export-made',
      as: 'city-reviewer',
      path: '/uses?tab=all&offline=true',
      first: async (page) => {
        await page.getByRole('button', { name: /^(导出|Export)$/ }).click();
        await page
          .getByRole('button', { name: /^(下载|Download)/ })
          .first()
          .waitFor();
      },
    },
    { name: '65-exports-made', as: 'city-reviewer', path: '/exports' },
    { name: '66-ratings-appealed', as: 'city-reviewer', path: '/ratings?tab=appealed' },
    {
      name: '67-rating-appealed',
      as: 'city-reviewer',
      path: '/ratings?tab=appealed',
      first: async (page) => {
        await page.locator('tbody button').first().click();
        await page.getByRole('dialog').waitFor();
      },
    },
    {
      name: '68-ratings-nothing-found',
      as: 'city-reviewer',
      path: `/ratings?tab=all&venueId=${id.long}`,
    },
    {
      name: '69-arrivals-check-in',
      as: 'sports-manager',
      path: `/arrivals?venueId=${id.venue}`,
      first: async (page) => {
        await page
          .getByRole('button', { name: /^(签到|Check in).*\*/ })
          .last()
          .click();
        await page.getByRole('dialog').waitFor();
      },
    },
  ];
});

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

describe('pictures of the console', () => {
  it.each(chosenModes(DESK_MODES))('$name', async (mode) => {
    const settings = JSON.stringify({ locale: mode.locale, theme: mode.dark ? 'dark' : 'light' });
    for (const { page } of windows.values()) {
      await page.setViewportSize({ width: mode.width, height: 900 });
      await page.goto(`${service.url}/admin/sign-in`);
      await page.evaluate((kept) => localStorage.setItem('talent-card.console.settings', kept), settings);
    }
    for (const shot of shots.filter(({ name }) => isChosen(name))) {
      const window = windows.get(shot.as);
      if (!window) throw new Error(`nobody is ${shot.as}`);
      await window.page.goto(`${service.url}/admin${shot.path}`);
      await shot.first?.(window.page);
      await picture(window.page, 'desk', mode, shot.name);
    }
  });
});
