import type { Session } from '@talent-card/shared/accounts/schema';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api, signInAs } from '../support/api.js';
import { launchBrowser, openWindow, PHONE } from '../support/browser.js';
import { addressOf, rememberVisit } from '../support/phone.js';
import { type Service, startService } from '../support/service.js';
import { chosenModes, isChosen, PHONE_MODES, phoneHeight, picture } from './modes.js';
import { phoneShots, type Shot } from './phone-shots.js';

let service: Service;
let browser: Browser;
let shots: Shot[];

beforeAll(async () => {
  service = await startService({ DEMO_DATA: 'load' });
  browser = await launchBrowser();
  shots = (await phoneShots(new Api(service.url))).filter((shot) => isChosen(shot.name));
});

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

/** As many at a time as leave a small machine able to answer. */
const AT_ONCE = 3;

describe('pictures of the mini-program', () => {
  it.each(chosenModes(PHONE_MODES))('$name', async (mode) => {
    // A session of its own for each look: refresh tokens rotate, and a shared one would count as stolen.
    const sessions = new Map<string, Session>();
    for (const key of new Set(shots.flatMap((shot) => shot.as ?? []))) {
      sessions.set(key, await signInAs(new Api(service.url), key));
    }
    const take = async (shot: Shot) => {
      const session = shot.as ? sessions.get(shot.as) : undefined;
      const { context, page } = await openWindow(browser, {
        ...PHONE,
        ...mode.options,
        viewport: { width: 390, height: phoneHeight },
      });
      await rememberVisit(context, {
        session,
        elder: mode.elder,
        welcomed: shot.page !== 'welcome',
        agreed: shot.page === 'signIn',
      });
      try {
        await page.goto(addressOf(service.url, shot.page, shot.query));
        await shot.first?.(page);
        await picture(page, 'phone', mode, shot.name);
      } finally {
        await context.close();
      }
    };
    const missed: string[] = [];
    const takeAll = async (queue: Shot[]) => {
      for (let shot = queue.shift(); shot; shot = queue.shift()) {
        const { name } = shot;
        // One page that is not there as expected shall not cost the pictures of the others.
        await take(shot).catch((error: unknown) => missed.push(`${name}: ${String(error)}`));
      }
    };
    const together = shots.filter(({ alone }) => !alone);
    await Promise.all(Array.from({ length: AT_ONCE }, () => takeAll(together)));
    await takeAll(shots.filter(({ alone }) => alone));
    expect(missed).toEqual([]);
  });
});
