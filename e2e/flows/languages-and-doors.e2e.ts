import { sandboxRoutes } from '@talent-card/shared/accounts/routes';
import { cardRoutes } from '@talent-card/shared/cards/routes';
import type { Application } from '@talent-card/shared/cards/schema';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageName } from '../../miniapp/src/platform/pages.js';
import { Api, citizenOf, signInAs, submitApplication } from '../support/api.js';
import { DESK, launchBrowser, openWindow, PHONE, type Window } from '../support/browser.js';
import { signInAtConsole } from '../support/console.js';
import { chineseOn, lightnessOf, tabTo, targetsBelow, textsBelow } from '../support/eyes.js';
import { addressOf, choose, chooseDemoPerson, rememberVisit, see, seen, tap } from '../support/phone.js';
import { type Service, startService } from '../support/service.js';

const PERSON = 'sun-xiaodong';
/** What people and offices entered, addresses and holidays stay as they are written; so does a language's own name. */
const DATA = ['孙晓东', '孙**', '孙*', '演示', '研发总监', '政务服务中心', '中文', /^\d{4}-\d\d-\d\d · /];

/** Who comes by a link, in English, with weak eyes, at night, or without a mouse. */
describe('languages, looks and doors', () => {
  let service: Service;
  let browser: Browser;
  let api: Api;
  let application: Application;

  beforeAll(async () => {
    service = await startService({ DEMO_DATA: 'staff' });
    browser = await launchBrowser();
    api = new Api(service.url);
    const citizen = await citizenOf(api, PERSON);
    const form = { zoneCode: '371002', provincialCardNumber: 'SDHC202300115' } as const;
    application = await submitApplication(citizen.api, form, ['provincial-card']);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  /** A phone on which the applicant signed in before. */
  async function phoneOfApplicant(options: BrowserContextOptions = {}): Promise<Window> {
    const phone = await openWindow(browser, { ...PHONE, ...options });
    await rememberVisit(phone.context, { session: await signInAs(api, PERSON) });
    return phone;
  }

  it('leads from a link to the sign-in and back to what was linked', async () => {
    const { page, context, faults } = await openWindow(browser, PHONE);
    await page.goto(addressOf(service.url, 'application', { caseId: application.caseId }));
    await tap(page, '同意并继续');
    await see(page, '登录后会回到你刚才要去的页面。');
    await chooseDemoPerson(page, '孙晓东');
    await see(page, '等待服务窗口核验', new RegExp(application.caseNumber));
    expect(page.url()).toContain(application.caseId);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('speaks English on the phone', async () => {
    const { page, context, faults } = await phoneOfApplicant({ locale: 'en-GB' });
    const { caseId } = application;
    const pages: [PageName, string, Record<string, string>?][] = [
      ['welcome', 'Get started'],
      ['aboutCard', 'Who may hold it'],
      ['home', 'See progress'],
      ['wallet', 'No card yet'],
      ['messages', 'Application submitted'],
      ['me', 'Settings'],
      ['application', 'What you sent', { caseId }],
      ['applications', 'In review'],
      ['settings', 'Large type'],
      ['privacy', 'Privacy and my data'],
      ['help', 'How do I get the card'],
    ];
    const left: string[] = [];
    for (const [name, words, query] of pages) {
      await page.goto(addressOf(service.url, name, query));
      await seen(page, new RegExp(words))
        .waitFor()
        .catch((error: unknown) => {
          throw new Error(`${name} did not show "${words}"`, { cause: error });
        });
      left.push(...(await chineseOn(page, DATA)).map((text) => `${name}: ${text}`));
    }
    expect(left).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('has large type and large targets for those who want them', async () => {
    const { page, context, faults } = await phoneOfApplicant();
    await page.goto(addressOf(service.url, 'settings'));
    await page.getByRole('switch', { name: '长辈版' }).tap();
    for (const [name, words] of [
      ['settings', '长辈版'],
      ['home', '查看进度'],
      ['applications', '审核中'],
      ['messages', '申请已提交'],
    ] as const) {
      await page.goto(addressOf(service.url, name));
      await see(page, words);
      expect(await textsBelow(page, 18, '.face, .tabs__unread')).toEqual([]);
      expect(await targetsBelow(page, 48)).toEqual([]);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  it('is dark at night', async () => {
    const { page, context } = await phoneOfApplicant({ colorScheme: 'dark' });
    await page.goto(addressOf(service.url, 'home'));
    await see(page, '查看进度');
    expect(await lightnessOf(page, '.tc')).toBeLessThan(0.15);
    await page.goto(addressOf(service.url, 'settings'));
    await choose(page, '浅色');
    expect(await lightnessOf(page, '.tc')).toBeGreaterThan(0.85);
    await context.close();
  });

  it('speaks English in the console, and is dark there too', async () => {
    const { page, context, faults } = await openWindow(browser, DESK);
    await signInAtConsole(page, service.url, 'city-reviewer');
    await page.getByRole('button', { name: '切换语言' }).click();
    const menu = page.getByRole('navigation', { name: 'Main menu' });
    const entries = await menu.getByRole('link').allTextContents();
    expect(entries.length).toBeGreaterThan(3);
    const left: string[] = [];
    const look = async (where: string) => {
      await page.locator('main .ant-skeleton, main [aria-busy=true]').first().waitFor({ state: 'hidden' });
      left.push(...(await chineseOn(page, DATA)).map((text) => `${where}: ${text}`));
    };
    for (const entry of entries) {
      await menu.getByRole('link', { name: entry, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: entry, exact: true }).waitFor();
      await look(entry);
    }
    await page.goto(`${service.url}/admin/cases/${application.caseId}`);
    await page.getByRole('button', { name: 'Approve and issue' }).waitFor();
    await look('case');
    await page.goto(`${service.url}/admin/account`);
    await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor();
    await look('account');
    expect(left).toEqual([]);

    expect(await lightnessOf(page, 'main')).toBeGreaterThan(0.85);
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    await expect.poll(() => lightnessOf(page, 'main')).toBeLessThan(0.15);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('is worked without a mouse: sign-in, review, approval', async () => {
    const { page, context, faults } = await openWindow(browser, DESK);
    const keys = page.keyboard;
    await page.goto(`${service.url}/admin/cases/${application.caseId}`);
    await page.getByLabel('用户名').waitFor();
    const account = async () => {
      const { items } = await api.call(sandboxRoutes.staffCodes, {});
      const found = items.find(({ username }) => username === 'huancui-window');
      if (!found) throw new Error('no demo account of the window');
      return found;
    };
    await keys.type('huancui-window');
    await keys.press('Tab');
    await keys.type((await account()).password);
    await keys.press('Enter');
    await page.getByLabel('验证码').waitFor();
    await keys.type((await account()).code);
    await keys.press('Enter');
    // Back where the address pointed to.
    await page.getByRole('heading', { level: 1, name: application.caseNumber }).waitFor();
    await page.getByRole('button', { name: '退回补正' }).waitFor();

    await tabTo(page, '退回补正');
    await keys.press('Enter');
    await page.getByRole('dialog').waitFor();
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await tabTo(page, '同意并发卡');
    expect(
      await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle),
    ).not.toBe('none');
    await keys.press('Enter');
    await page.getByRole('dialog').getByLabel('备注（可不填）').waitFor();
    await tabTo(page, '人才层次');
    await keys.press('ArrowDown');
    await page.getByTitle('A 类英才').waitFor();
    await keys.press('Enter');
    await keys.press('Tab');
    await keys.type('已核对惠才卡原件');
    await tabTo(page, '同意并发卡');
    await keys.press('Enter');
    await page
      .getByRole('status')
      .getByText(/已同意 .+ 的申请/)
      .waitFor();
    expect(faults).toEqual([]);

    const citizen = api.as((await signInAs(api, PERSON)).accessToken);
    expect((await citizen.call(cardRoutes.mine, {})).items).toMatchObject([{ status: 'active' }]);
    await context.close();
  });
});
