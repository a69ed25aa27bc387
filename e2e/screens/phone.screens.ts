import type { Session } from '@talent-card/shared/accounts/schema';
import { bookingRoutes, waitingRoutes } from '@talent-card/shared/bookings/routes';
import { applicationRoutes, cardRoutes } from '@talent-card/shared/cards/routes';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import { channelRoutes } from '@talent-card/shared/channels/routes';
import { requestRoutes } from '@talent-card/shared/requests/routes';
import { useRoutes } from '@talent-card/shared/uses/routes';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { PageName } from '../../miniapp/src/platform/pages.js';
import { Api, citizenOf, signInAs, staffOf, submitApplication } from '../support/api.js';
import { launchBrowser, openWindow, PHONE } from '../support/browser.js';
import { addressOf, rememberVisit } from '../support/phone.js';
import { type Service, startService } from '../support/service.js';
import { PHONE_MODES, picture } from './modes.js';

/** One picture: who looks at which page. */
interface Shot {
  readonly name: string;
  /** Key of the demo person, null for a guest. */
  readonly as: string | null;
  readonly page: PageName;
  readonly query?: Record<string, string>;
}

let service: Service;
let browser: Browser;
let shots: Shot[];

beforeAll(async () => {
  service = await startService({ DEMO_DATA: 'load' });
  browser = await launchBrowser();
  const api = new Api(service.url);

  const holder = await citizenOf(api, 'lin-haiqing');
  const holderCard = (await holder.api.call(cardRoutes.mine, {})).items[0];
  if (!holderCard) throw new Error('the holder has no card');

  await citizenOf(api, 'elder-expert');

  const waiting = await citizenOf(api, 'sun-xiaodong');
  const inReview = await submitApplication(
    waiting.api,
    { zoneCode: '371002', provincialCardNumber: 'SDHC202300115' },
    ['provincial-card'],
  );

  const corrected = await citizenOf(api, 'zou-jianbo');
  const { items: cases } = await corrected.api.call(applicationRoutes.mine, {});
  let returned = cases.find((item) => item.status === 'returned')?.caseId;
  if (!returned) {
    const application = await submitApplication(corrected.api, {
      category: '2',
      zoneCode: '371002-L',
      programme: '威海市产业领军人才（演示）',
      programmeDocumentNumber: '威演示〔2023〕12号',
    });
    returned = application.caseId;
    const window = await staffOf(api, 'city-reviewer');
    await window.call(caseRoutes.decide, {
      params: { caseId: returned },
      body: {
        version: application.version,
        decision: 'return',
        note: '请补充入选文件',
        corrections: [{ field: 'programmeDocumentNumber', note: '文号与入选通知不一致' }],
      },
    });
  }
  await citizenOf(api, 'cong-lan');
  const old = await holderOfYears(api);

  shots = [
    { name: '01-welcome', as: null, page: 'welcome' },
    { name: '02-consent', as: null, page: 'consent' },
    { name: '03-sign-in', as: null, page: 'signIn' },
    { name: '04-about-card', as: null, page: 'aboutCard' },
    { name: '05-home-guest', as: null, page: 'home' },
    { name: '06-real-name', as: 'bi-mingzhe', page: 'realName' },
    { name: '07-home-unproved', as: 'bi-mingzhe', page: 'home' },
    { name: '08-home-no-card', as: 'cong-lan', page: 'home' },
    { name: '09-wallet-empty', as: 'cong-lan', page: 'wallet' },
    { name: '10-messages-empty', as: 'cong-lan', page: 'messages' },
    { name: '11-applications-empty', as: 'cong-lan', page: 'applications' },
    { name: '12-apply', as: 'cong-lan', page: 'apply' },
    { name: '13-apply-documents', as: 'cong-lan', page: 'applyDocuments' },
    { name: '14-home-holder', as: 'lin-haiqing', page: 'home' },
    { name: '15-wallet', as: 'lin-haiqing', page: 'wallet' },
    { name: '16-card', as: 'lin-haiqing', page: 'card', query: { cardId: holderCard.cardId } },
    { name: '17-messages', as: 'lin-haiqing', page: 'messages' },
    { name: '18-me', as: 'lin-haiqing', page: 'me' },
    { name: '19-home-in-review', as: 'sun-xiaodong', page: 'home' },
    {
      name: '20-application-in-review',
      as: 'sun-xiaodong',
      page: 'application',
      query: { caseId: inReview.caseId },
    },
    { name: '21-application-returned', as: 'zou-jianbo', page: 'application', query: { caseId: returned } },
    { name: '22-apply-correct', as: 'zou-jianbo', page: 'apply', query: { caseId: returned } },
    { name: '23-applications', as: 'zou-jianbo', page: 'applications' },
    { name: '24-home-returned', as: 'zou-jianbo', page: 'home' },
    { name: '25-home-long-name', as: 'elder-expert', page: 'home' },
    { name: '26-wallet-long-name', as: 'elder-expert', page: 'wallet' },
    { name: '27-settings', as: 'lin-haiqing', page: 'settings' },
    { name: '28-profile', as: 'lin-haiqing', page: 'profile' },
    { name: '29-privacy', as: 'lin-haiqing', page: 'privacy' },
    { name: '30-sessions', as: 'lin-haiqing', page: 'sessions' },
    { name: '31-erase', as: 'lin-haiqing', page: 'erase' },
    { name: '32-help', as: 'lin-haiqing', page: 'help' },
    {
      name: '33-result-sent',
      as: 'sun-xiaodong',
      page: 'applicationResult',
      query: { caseId: inReview.caseId },
    },
    { name: '34-services-guest', as: null, page: 'services' },
    { name: '35-services', as: 'gao-yuanfan', page: 'services' },
    { name: '36-channel-book', as: 'gao-yuanfan', page: 'channel', query: { channelId: old.lounge } },
    { name: '37-channel-unmet', as: 'cong-lan', page: 'channel', query: { channelId: old.lounge } },
    { name: '38-channel-code', as: 'gao-yuanfan', page: 'channel', query: { channelId: old.island } },
    { name: '39-slots', as: 'gao-yuanfan', page: 'slots', query: { channelId: old.pool } },
    { name: '40-bookings', as: 'gao-yuanfan', page: 'bookings' },
    { name: '41-booking', as: 'gao-yuanfan', page: 'booking', query: { bookingId: old.booking } },
    { name: '42-waiting', as: 'gao-yuanfan', page: 'waiting', query: { waitingId: old.waiting } },
    { name: '43-standing', as: 'gao-yuanfan', page: 'standing' },
    { name: '44-uses', as: 'gao-yuanfan', page: 'uses' },
    { name: '45-use', as: 'gao-yuanfan', page: 'use', query: { useId: old.use } },
    { name: '46-requests', as: 'gao-yuanfan', page: 'requests' },
    { name: '47-request', as: 'gao-yuanfan', page: 'request', query: { caseId: old.request } },
    { name: '48-request-form', as: 'gao-yuanfan', page: 'requestForm', query: { channelId: old.officer } },
    { name: '49-code', as: 'gao-yuanfan', page: 'code' },
    { name: '50-devices', as: 'gao-yuanfan', page: 'devices' },
    { name: '51-home-with-bookings', as: 'gao-yuanfan', page: 'home' },
    { name: '52-messages-of-years', as: 'gao-yuanfan', page: 'messages' },
    { name: '53-staff-enrol', as: 'sun-xiaodong', page: 'staff' },
    { name: '54-bookings-empty', as: 'cong-lan', page: 'bookings' },
    { name: '55-uses-empty', as: 'cong-lan', page: 'uses' },
    { name: '56-code-no-card', as: 'cong-lan', page: 'code' },
  ];
});

/** What the persona with two years of the card has, by what it is. */
async function holderOfYears(api: Api) {
  const { api: person } = await citizenOf(api, 'gao-yuanfan');
  const { items: channels } = await api.call(channelRoutes.list, {});
  const numbered = (number: number) => channels.find((one) => one.number === number)?.channelId ?? '';
  const first = <T>(items: readonly T[], what: string): T => {
    const [one] = items;
    if (!one) throw new Error(`the demo data has no ${what}`);
    return one;
  };
  const bookings = await person.call(bookingRoutes.mine, { query: { when: 'upcoming' } });
  const waits = await person.call(waitingRoutes.mine, {});
  const uses = await person.call(useRoutes.mine, { query: {} });
  const requests = await person.call(requestRoutes.mine, {});
  return {
    lounge: numbered(3),
    island: numbered(13),
    pool: numbered(18),
    officer: numbered(30),
    booking: first(bookings.items, 'booking').bookingId,
    waiting: first(waits.items, 'wait').waitingId,
    use: first(uses.items, 'use').useId,
    request: first(requests.items, 'request').caseId,
  };
}

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

describe('pictures of the mini-program', () => {
  it.each(PHONE_MODES)('$name', async (mode) => {
    // A session of its own for each look: refresh tokens rotate, and a shared one would count as stolen.
    const sessions = new Map<string, Session>();
    for (const key of new Set(shots.flatMap((shot) => shot.as ?? []))) {
      sessions.set(key, await signInAs(new Api(service.url), key));
    }
    for (const shot of shots) {
      const session = shot.as ? sessions.get(shot.as) : undefined;
      const { context, page } = await openWindow(browser, { ...PHONE, ...mode.options });
      await rememberVisit(context, {
        session,
        elder: mode.elder,
        welcomed: shot.page !== 'welcome',
        agreed: shot.page === 'signIn',
      });
      await page.goto(addressOf(service.url, shot.page, shot.query));
      await picture(page, 'phone', mode, shot.name);
      await context.close();
    }
  });
});
