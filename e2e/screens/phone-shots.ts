import { staffRoutes } from '@talent-card/shared/accounts/routes';
import { bookingAdminRoutes, bookingRoutes, waitingRoutes } from '@talent-card/shared/bookings/routes';
import { cardCodeAdminRoutes, cardCodeRoutes } from '@talent-card/shared/card-code/routes';
import { applicationRoutes, cardRoutes } from '@talent-card/shared/cards/routes';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import { channelRoutes } from '@talent-card/shared/channels/routes';
import { requestRoutes } from '@talent-card/shared/requests/routes';
import { useRoutes } from '@talent-card/shared/uses/routes';
import type { Page } from 'playwright-core';
import type { PageName } from '../../miniapp/src/platform/pages.js';
import { type Api, citizenOf, staffOf, submitApplication } from '../support/api.js';
import { writeInto } from '../support/phone.js';

/** One picture: who looks at which page, and what they do there first. */
export interface Shot {
  readonly name: string;
  /** Key of the demo person, null for a guest. */
  readonly as: string | null;
  readonly page: PageName;
  readonly query?: Record<string, string>;
  readonly first?: (page: Page) => Promise<void>;
  /** Not beside others: a clerk has one invitation at a time. */
  readonly alone?: boolean;
}

/** Every page worth a picture, on a service with the demo data; may be asked for again on the same service. */
export async function phoneShots(api: Api): Promise<Shot[]> {
  const office = await staffOf(api, 'city-reviewer');
  const holder = await citizenOf(api, 'lin-haiqing');
  const holderCard = (await holder.api.call(cardRoutes.mine, {})).items[0];
  if (!holderCard) throw new Error('the holder has no card');

  await citizenOf(api, 'elder-expert');

  const waiting = await citizenOf(api, 'sun-xiaodong');
  const { items: begun } = await waiting.api.call(applicationRoutes.mine, {});
  const inReview =
    begun[0] ??
    (await submitApplication(waiting.api, { zoneCode: '371002', provincialCardNumber: 'SDHC202300115' }, [
      'provincial-card',
    ]));

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
    await office.call(caseRoutes.decide, {
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
  const line = await standingOffer(api, office);
  const lost = await cardReportedLost(api);
  const old = await holderOfYears(api);
  // Once for all looks: a code of an authenticator opens one sign-in only.
  const admin = await staffOf(api, 'admin');

  return [
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
    { name: '42-waiting', as: 'lin-haiqing', page: 'waiting', query: { waitingId: line.waiting } },
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
    { name: '57-channel-officer', as: 'gao-yuanfan', page: 'channel', query: { channelId: old.officer } },
    { name: '58-channel-guest', as: null, page: 'channel', query: { channelId: old.pool } },
    {
      name: '59-slot-confirm',
      as: 'gao-yuanfan',
      page: 'slots',
      query: { channelId: old.pool },
      first: async (page) => {
        await page
          .getByRole('radio')
          .filter({ hasText: /选择|Choose/ })
          .first()
          .tap();
        await page.locator('.bar .btn').tap();
        await page.getByRole('dialog').waitFor();
      },
    },
    {
      name: '60-booking-cancel',
      as: 'gao-yuanfan',
      page: 'booking',
      query: { bookingId: old.booking },
      first: dialogBehind(/^(取消预约|Cancel)/),
    },
    {
      name: '61-use-dispute',
      as: 'gao-yuanfan',
      page: 'use',
      query: { useId: old.use },
      first: dialogBehind(/不是我|有疑问|wrong|not me|dispute/i),
    },
    { name: '62-requests-empty', as: 'cong-lan', page: 'requests' },
    { name: '63-standing-empty', as: 'cong-lan', page: 'standing' },
    { name: '64-devices-empty', as: 'cong-lan', page: 'devices' },
    { name: '65-code-long-name', as: 'elder-expert', page: 'code' },
    { name: '67-services-failed', as: 'gao-yuanfan', page: 'services', first: withoutService },
    { name: '68-bookings-failed', as: 'gao-yuanfan', page: 'bookings', first: withoutService },
    {
      name: '69-slots-failed',
      as: 'gao-yuanfan',
      page: 'slots',
      query: { channelId: old.pool },
      first: withoutService,
    },
    { name: '66-services-none', as: 'cong-lan', page: 'services', first: searchForNothing },
    // Two accounts: each may try six codes a minute.
    { name: '70-window', as: 'zou-jianbo', page: 'staff', alone: true, first: atWindow(admin) },
    {
      name: '71-window-ready',
      as: 'zou-jianbo',
      page: 'staff',
      alone: true,
      first: atWindow(admin, chooseFirstVenue),
    },
    {
      name: '72-window-seen',
      as: 'zou-jianbo',
      page: 'staff',
      alone: true,
      first: atWindow(admin, async (page) => {
        await chooseFirstVenue(page);
        await look(page, await old.code());
      }),
    },
    {
      name: '73-window-refused',
      as: 'cong-lan',
      page: 'staff',
      alone: true,
      first: atWindow(admin, async (page) => {
        await chooseFirstVenue(page);
        await look(page, 'WH1:NOTACODE');
      }),
    },
    {
      name: '74-window-offline',
      as: 'cong-lan',
      page: 'staff',
      alone: true,
      first: atWindow(admin, async (page) => {
        await chooseFirstVenue(page);
        const code = await old.code();
        await page.context().setOffline(true);
        await look(page, code);
      }),
    },
    {
      name: '75-window-arrivals',
      as: 'cong-lan',
      page: 'staff',
      alone: true,
      first: atWindow(admin, async (page) => {
        await chooseFirstVenue(page);
        await page.locator('.cell').first().tap();
      }),
    },
    { name: '76-window-unsent', as: 'zou-jianbo', page: 'staffUnsent' },
    { name: '77-erase-unsent', as: 'lin-haiqing', page: 'erase', first: holding('window:unsent', [{}, {}]) },
    // Last of those who work alone: by now their phones are enrolled.
    { name: '78-erase-clerk', as: 'cong-lan', page: 'erase', alone: true },
    {
      name: '79-offer',
      as: 'gao-yuanfan',
      page: 'waiting',
      query: { waitingId: line.offered },
      first: offered,
    },
    {
      name: '80-offer-decline',
      as: 'gao-yuanfan',
      page: 'waiting',
      query: { waitingId: line.offered },
      first: async (page) => {
        await offered(page);
        await page.locator('.next .btn').last().tap();
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: '81-bookings-offered', as: 'gao-yuanfan', page: 'bookings' },
    { name: '82-home-offered', as: 'gao-yuanfan', page: 'home' },
    {
      name: '83-waiting-leave',
      as: 'lin-haiqing',
      page: 'waiting',
      query: { waitingId: line.waiting },
      first: dialogBehind(/^(退出|Leave)/),
    },
    { name: '84-waiting-gone', as: 'lin-haiqing', page: 'waiting', query: { waitingId: '0'.repeat(26) } },
    {
      name: '85-waiting-failed',
      as: 'lin-haiqing',
      page: 'waiting',
      query: { waitingId: line.waiting },
      first: withoutService,
    },
    {
      name: '86-card-report-lost',
      as: 'lin-haiqing',
      page: 'card',
      query: { cardId: holderCard.cardId },
      first: dialogBehind(/^(挂失|Report)/),
    },
    { name: '87-card-lost', as: 'yu-zhiyuan', page: 'card', query: { cardId: lost } },
    {
      name: '88-card-found',
      as: 'yu-zhiyuan',
      page: 'card',
      query: { cardId: lost },
      first: dialogBehind(/^(找到了|Found it)/),
    },
    { name: '89-home-card-lost', as: 'yu-zhiyuan', page: 'home' },
    { name: '90-code-card-lost', as: 'yu-zhiyuan', page: 'code' },
    { name: '91-me-long-name', as: 'elder-expert', page: 'me' },
  ];
}

/**
 * Of the full slot with a line that the demo data has: everybody who waits there is offered a place, then two more
 * join, so that there is an offer to look at and a place in line.
 */
async function standingOffer(api: Api, office: Api): Promise<{ offered: string; waiting: string }> {
  const { api: first } = await citizenOf(api, 'gao-yuanfan');
  const of = async (person: Api) => (await person.call(waitingRoutes.mine, {})).items[0];
  const own = await of(first);
  if (!own) throw new Error('the demo data has nobody in line');
  if (own.status === 'waiting') {
    const { items } = await office.call(bookingAdminRoutes.list, {
      query: { venueId: own.venue.venueId, channelId: own.channel.channelId, status: 'booked', limit: 100 },
    });
    const there = items.filter(({ startsAt }) => startsAt === own.startsAt);
    for (const { bookingId, version } of there.slice(0, own.ahead + 1)) {
      await office.call(bookingAdminRoutes.cancel, {
        params: { bookingId },
        body: { version, reason: '场馆检修（演示）' },
      });
    }
  }
  const join = async (key: string) => {
    const { api: person } = await citizenOf(api, key);
    const known = (await person.call(waitingRoutes.mine, {})).items[0];
    return known ?? person.call(waitingRoutes.join, { body: { slotId: own.slotId, companions: 0 } });
  };
  await join('elder-expert');
  return { offered: own.waitingId, waiting: (await join('lin-haiqing')).waitingId };
}

/** An offer ends by itself; its picture is of one that stands. */
async function offered(page: Page): Promise<void> {
  await page.locator('.next--warn .btn').first().waitFor();
}

async function cardReportedLost(api: Api): Promise<string> {
  const { api: holder } = await citizenOf(api, 'yu-zhiyuan');
  const card = (await holder.call(cardRoutes.mine, {})).items[0];
  if (!card) throw new Error('the holder of category 2 has no card');
  if (card.status === 'active') await holder.call(cardRoutes.reportLost, { params: { cardId: card.cardId } });
  return card.cardId;
}

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
  const uses = await person.call(useRoutes.mine, { query: {} });
  const requests = await person.call(requestRoutes.mine, {});
  return {
    lounge: numbered(3),
    island: numbered(13),
    pool: numbered(18),
    officer: numbered(30),
    booking: first(bookings.items, 'booking').bookingId,
    use: first(uses.items, 'use').useId,
    request: first(requests.items, 'request').caseId,
    code: async () => {
      const { items } = await person.call(cardRoutes.mine, {});
      const { cardId } = first(items, 'card');
      return (await person.call(cardCodeRoutes.online, { body: { cardId } })).code;
    },
  };
}

/** Enrols the phone as a clerk's, at one of the venues of that clerk. */
function atWindow(admin: Api, then?: (page: Page) => Promise<void>): (page: Page) => Promise<void> {
  return async (page) => {
    const { items } = await admin.call(staffRoutes.list, { query: {} });
    const clerk = items.find(({ username }) => username === 'island-clerk');
    if (!clerk) throw new Error('the demo data has no clerk');
    const { enrolmentCode } = await admin.call(cardCodeAdminRoutes.invite, {
      body: { staffId: clerk.staffId },
    });
    await writeInto(page.locator('input').first(), enrolmentCode);
    await page.locator('.btn').filter({ visible: true }).first().tap();
    await page.locator('.cells').first().waitFor();
    await then?.(page);
  };
}

async function chooseFirstVenue(page: Page): Promise<void> {
  await page.locator('.cell').filter({ visible: true }).first().tap();
  await page.locator('textarea, input').first().waitFor();
}

async function look(page: Page, code: string): Promise<void> {
  await writeInto(page.locator('textarea, input').first(), code);
  await page.getByRole('button', { name: /^(核验|Check)$/ }).tap();
  await page.waitForTimeout(600);
}

/** The same page again, on a phone that a clerk has worked with. */
function holding(key: string, value: unknown): (page: Page) => Promise<void> {
  return async (page) => {
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [
      key,
      JSON.stringify({ data: JSON.stringify(value) }),
    ] as const);
    await page.reload();
  };
}

async function searchForNothing(page: Page): Promise<void> {
  await writeInto(page.locator('input').first(), 'zzzz');
}

/** The dialog that a button opens. */
function dialogBehind(button: RegExp): (page: Page) => Promise<void> {
  return async (page) => {
    await page.getByRole('button', { name: button }).first().tap();
    await page.getByRole('dialog').waitFor();
  };
}

/** The same page again, with a service that cannot be reached. */
async function withoutService(page: Page): Promise<void> {
  await page.route('**/api/v1/**', (route) => route.abort());
  await page.reload();
  await page.locator('.state, .notice').filter({ visible: true }).first().waitFor();
}
