import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import { rosterRoutes } from '@talent-card/shared/people/routes';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Api } from '../support/api.js';
import { DESK, launchBrowser, openWindow, type Window } from '../support/browser.js';
import { signInBrowser } from '../support/console.js';
import { type Service, startService } from '../support/service.js';
import { DESK_MODES, picture } from './modes.js';

/** One picture: who looks at which address, and what they do there first. */
interface Shot {
  readonly name: string;
  /** Null for somebody who is not signed in. */
  readonly as: 'city-reviewer' | 'admin' | 'auditor' | 'huancui-window' | 'sports-manager' | null;
  readonly path: string;
  readonly first?: (page: Page) => Promise<void>;
}

let service: Service;
let browser: Browser;
let shots: Shot[];
const windows = new Map<Shot['as'], Window>();

async function ids(
  api: Api,
): Promise<
  Record<'waiting' | 'returned' | 'closed' | 'card' | 'person' | 'batch' | 'channel' | 'venue', string>
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
  const channel = (await api.call(channelAdminRoutes.list, {})).items.find(({ number }) => number === 18);
  if (!channel?.venueIds[0]) throw new Error('the demo data has no channel 18');
  if (!card || !batch) throw new Error('the demo data has no card or no import');
  return {
    waiting: waiting.caseId,
    returned: (await caseOf('returned')).caseId,
    closed: (await caseOf('approved')).caseId,
    card: card.cardId,
    person: applicant.personId,
    batch: batch.batchId,
    channel: channel.channelId,
    venue: channel.venueIds[0],
  };
}

beforeAll(async () => {
  service = await startService({ DEMO_DATA: 'load' });
  browser = await launchBrowser();
  windows.set(null, await openWindow(browser, DESK));
  const apis = new Map<Shot['as'], Api>();
  for (const username of ['city-reviewer', 'admin', 'auditor', 'huancui-window', 'sports-manager'] as const) {
    const window = await openWindow(browser, DESK);
    apis.set(username, await signInBrowser(window.context, service.url, username));
    windows.set(username, window);
  }
  const reviewer = apis.get('city-reviewer');
  if (!reviewer) throw new Error('nobody reviews');
  const id = await ids(reviewer);
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
    { name: '28-venues', as: 'city-reviewer', path: '/venues' },
    { name: '29-venue-week', as: 'sports-manager', path: `/venues/${id.venue}` },
    { name: '30-arrivals', as: 'sports-manager', path: '/arrivals' },
    { name: '31-bookings', as: 'city-reviewer', path: '/bookings' },
    { name: '32-window', as: 'sports-manager', path: '/window' },
    { name: '33-uses', as: 'city-reviewer', path: '/uses' },
    { name: '34-uses-to-settle', as: 'city-reviewer', path: '/uses?status=to-settle' },
    { name: '35-ratings', as: 'city-reviewer', path: '/ratings' },
    { name: '36-clerk-devices', as: 'admin', path: '/clerk-devices' },
    { name: '37-statistics', as: 'city-reviewer', path: '/statistics' },
    { name: '38-exports', as: 'city-reviewer', path: '/exports' },
    { name: '39-messages', as: 'city-reviewer', path: '/messages' },
  ];
});

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

describe('pictures of the console', () => {
  it.each(DESK_MODES)('$name', async (mode) => {
    const settings = JSON.stringify({ locale: mode.locale, theme: mode.dark ? 'dark' : 'light' });
    for (const { page } of windows.values()) {
      await page.goto(`${service.url}/admin/sign-in`);
      await page.evaluate((kept) => localStorage.setItem('talent-card.console.settings', kept), settings);
    }
    for (const shot of shots) {
      const window = windows.get(shot.as);
      if (!window) throw new Error(`nobody is ${shot.as}`);
      await window.page.goto(`${service.url}/admin${shot.path}`);
      await shot.first?.(window.page);
      await picture(window.page, 'desk', mode, shot.name);
    }
  });
});
