import ExcelJS from 'exceljs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api, personaOf } from '../support/api.js';
import { DESK, launchBrowser, openWindow, PHONE } from '../support/browser.js';
import { openMenu, signInAtConsole } from '../support/console.js';
import { addressOf, button, proveRealName, see, seen, signInAsDemoPerson, tap } from '../support/phone.js';
import { type Service, startService } from '../support/service.js';
import { rosterWorkbook } from '../support/workbook.js';

/** The first thread: everything else is widened from it. */
describe('from a roster file to a card on the phone', () => {
  let service: Service;
  let browser: Browser;
  let cardNumber = '';

  beforeAll(async () => {
    service = await startService({ DEMO_DATA: 'staff' });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it('imports the roster: tries it, names what is wrong, marks it, and takes the rest', async () => {
    const { page, faults, context } = await openWindow(browser, DESK);
    const persona = await personaOf(new Api(service.url), 'lin-haiqing');
    const wrongNumber = persona.identityNumber.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const workbook = await rosterWorkbook([
      { persona, category: '第一类', zone: '高区', provincialCardNumber: 'SDHC202100871' },
      { persona: { ...persona, identityNumber: wrongNumber }, category: '第一类', zone: '高区' },
    ]);

    await signInAtConsole(page, service.url, 'city-reviewer');
    await openMenu(page, '人才库');
    await page.getByRole('button', { name: '导入名单' }).first().click();
    await page.locator('input[type=file]').setInputFiles({
      name: '人才库（演示）.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: workbook,
    });

    await page.getByRole('heading', { name: '试导入完成，请核对' }).waitFor();
    const problem = page.getByRole('row').filter({ hasText: '身份证号最后一位校验不对，请核对原件' });
    // A title row and the headings stand above: the second person is in row 4 of the sheet.
    expect(await problem.getByRole('cell').allInnerTexts()).toEqual([
      '4',
      '证件号码',
      '身份证号最后一位校验不对，请核对原件',
      expect.not.stringContaining(wrongNumber),
      '有错',
    ]);

    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载标错文件' }).click();
    const marked = new ExcelJS.Workbook();
    await marked.xlsx.readFile(await (await downloading).path());
    expect(JSON.stringify(marked.worksheets[0]?.getRow(4).values)).toContain('校验');

    await page.getByRole('button', { name: '导入 1 行' }).click();
    const question = page.getByRole('dialog');
    await question.getByText('将新增 1 人、更新 0 人。有错的 1 行不导入。').waitFor();
    await question.getByRole('button', { name: /导入/ }).click();
    await page.getByRole('heading', { name: '导入完成' }).waitFor();
    await page.getByRole('button', { name: '看这批名单' }).click();
    await page.getByRole('table').getByText('未领取').waitFor();

    expect(faults).toEqual([]);
    await context.close();
  });

  it('gives the card with the proof of the name to who is exactly in the roster', async () => {
    const { page, faults, context } = await openWindow(browser, PHONE);
    await signInAsDemoPerson(page, service.url, '林海清');
    await proveRealName(page);
    await see(page, '卡片详情');
    const face = button(page, /^威海英才卡，卡号 .*持卡人 林海清，.*有效$/);
    cardNumber = /卡号 ([\dA-Z ]+)，/.exec((await face.getAttribute('aria-label')) ?? '')?.[1] ?? '';
    expect(cardNumber).not.toBe('');

    await page.goto(addressOf(service.url, 'wallet'));
    await see(page, cardNumber, '林海清');
    await page.reload();
    await see(page, cardNumber, '林海清');

    await page.goto(addressOf(service.url, 'messages'));
    await see(page, '你的英才卡已发放');
    await tap(page, '我的');
    await seen(page, '卡包').tap();
    await tap(page, /^威海英才卡，卡号/);
    await see(page, '这张卡的经过');
    expect(await seen(page, '第一类：持有山东惠才卡').count()).toBe(1);

    expect(faults).toEqual([]);
    await context.close();
  });

  it('shows the card in the console, masked', async () => {
    const { page, faults, context } = await openWindow(browser, DESK);
    await signInAtConsole(page, service.url, 'gaoqu-reviewer');
    await openMenu(page, '卡片');
    const row = page.getByRole('row').filter({ hasText: cardNumber });
    await row.getByText('有效', { exact: true }).waitFor();
    expect(await row.textContent()).not.toContain('林海清');

    await row.getByRole('link').click();
    await page.getByRole('heading', { name: '办理历史' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('has every step in the sealed audit log', async () => {
    const { page, faults, context } = await openWindow(browser, DESK);
    await signInAtConsole(page, service.url, 'auditor');
    await openMenu(page, '审计日志');
    const log = page.getByRole('table');
    for (const step of ['上传名单', '导入名单', '下载标错文件', '实名认证', '发卡']) {
      await log.getByText(step, { exact: true }).first().waitFor();
    }
    await page.getByRole('button', { name: '立即核验' }).click();
    await page.getByText(/核验 \d+ 条，未发现改动/).waitFor();
    await page.reload();
    await log.getByText('已封存', { exact: true }).first().waitFor();

    expect(faults).toEqual([]);
    await context.close();
  });
});
