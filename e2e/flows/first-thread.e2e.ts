import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api, personaOf } from '../support/api.js';
import { DESK, launchBrowser, openWindow, PHONE } from '../support/browser.js';
import { signInAtConsole } from '../support/console.js';
import { enterAs, tap } from '../support/phone.js';
import { type Service, startService } from '../support/service.js';
import { rosterWorkbook } from '../support/workbook.js';

/** The first thread: everything else is widened from it. */
describe('from a roster file to a card on the phone', () => {
  let service: Service;
  let browser: Browser;

  beforeAll(async () => {
    service = await startService({ DEMO_DATA: 'staff' });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it('imports the roster in the console', async () => {
    const { page, faults, context } = await openWindow(browser, DESK);
    const persona = await personaOf(new Api(service.url), 'lin-haiqing');
    const workbook = await rosterWorkbook([
      { persona, category: '第一类', zone: '高区', provincialCardNumber: 'SDHC202100871' },
      { persona: { ...persona, identityNumber: '370000000000000000' }, category: '第一类', zone: '高区' },
    ]);

    await signInAtConsole(page, service.url, 'city-reviewer');
    await page.getByText('人才库', { exact: true }).first().click();
    await page.getByText('导入名单').first().click();
    await page.locator('input[type=file]').setInputFiles({
      name: '人才库（演示）.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: workbook,
    });
    await page.screenshot({ path: '/tmp/e1.png' });
    console.log(await page.locator('main').innerText());
    expect(faults).toEqual([]);
    await context.close();
  });
});
