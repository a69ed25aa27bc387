import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api, staffOf } from '../support/api.js';
import { DESK, launchBrowser, openWindow, PHONE, type Window } from '../support/browser.js';
import { openMenu, signInAtConsole } from '../support/console.js';
import { listInRoster, type OpenAllDay, openAllDay, post, postClerk } from '../support/office.js';
import {
  addressOf,
  choose,
  field,
  proveRealName,
  see,
  seen,
  signInAsDemoPerson,
  tap,
  write,
} from '../support/phone.js';
import { scan } from '../support/qr-code.js';
import { type Service, startService } from '../support/service.js';

/** A holder books, is let in by a clerk without network, and rates the visit; somebody else waits for a place. */
describe('from a booking to the window and after it', () => {
  let service: Service;
  let browser: Browser;
  let holder: Window;
  let clerk: Window;
  let waiter: Window;
  let place: OpenAllDay;
  let enrolmentCode = '';
  let code = '';

  beforeAll(async () => {
    service = await startService({ DEMO_DATA: 'staff' });
    browser = await launchBrowser();
    const api = new Api(service.url);
    const city = await staffOf(api, 'city-reviewer');
    await listInRoster(city, ['lin-haiqing', 'yu-zhiyuan']);
    place = await openAllDay(city);
    const admin = await staffOf(api, 'admin');
    enrolmentCode = await postClerk(admin, 'sports-clerk', place.venueId);
    await post(admin, 'sports-manager', place.venueId);
    holder = await openWindow(browser, PHONE);
    clerk = await openWindow(browser, PHONE);
    waiter = await openWindow(browser, PHONE);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  const slots = (page: Window['page']) =>
    page.goto(addressOf(service.url, 'slots', { channelId: place.channelId, venueId: place.venueId }));
  /** The code that a holder's phone shows, as a scanner reads it. */
  const codeOn = async (page: Window['page']): Promise<string> => {
    const picture = page.locator('.paper__picture img').filter({ visible: true }).first();
    await picture.waitFor();
    return scan(picture);
  };
  const firstFree = (page: Window['page']) =>
    page.getByRole('radio').filter({ hasText: '选择' }).filter({ visible: true }).first();

  it('books a time that is due to the holder', async () => {
    const { page, faults } = holder;
    await signInAsDemoPerson(page, service.url, '林海清');
    await proveRealName(page);
    await see(page, '卡片详情');
    await tap(page, '服务');
    await write(page, '搜索服务', 'yjjs');
    await seen(page, place.channelName).tap();
    await see(page, '今天还可用', '你符合使用条件');
    await tap(page, '选择时间');
    await firstFree(page).tap();
    await tap(page, /^预约 /);
    await see(page, '用 1 次，之后还剩 2 次');
    await tap(page, '确认预约');
    await see(page, '约好了', '预约号');
    expect(faults).toEqual([]);
  });

  it('shows a code that a scanner reads, also without network', async () => {
    const { page, context, faults } = holder;
    await tap(page, '出示英才码');
    await see(page, /没有网络也能用/);
    await context.setOffline(true);
    code = await codeOn(page);
    expect(code).toMatch(/^WH1:[0-9A-Z $%*+\-./:]+$/);
    await context.setOffline(false);
    expect(faults).toEqual([]);
  });

  it('lets the holder in at a window whose network is cut, once', async () => {
    const { page, context, faults } = clerk;
    await signInAsDemoPerson(page, service.url, '孙晓东');
    await page.goto(addressOf(service.url, 'staff'));
    await write(page, '启用码', enrolmentCode);
    await tap(page, '启用');
    await seen(page, place.venueName).tap();
    await see(page, /离线核验可用到/);

    await context.setOffline(true);
    await write(page, '用扫码枪扫入，或粘贴码的内容', code);
    await tap(page, '核验');
    await see(page, '可以放行（离线）', '林**', '余次未知', '请核对实体卡或身份证件');
    await tap(page, new RegExp(`^离线放行 · ${place.channelName}`));
    await see(page, '已放行，待同步');

    await tap(page, '扫下一位');
    // A desk scanner types into what has the keyboard, and ends with Enter.
    const scanned = field(page, '用扫码枪扫入，或粘贴码的内容');
    await scanned.waitFor();
    await expect.poll(() => scanned.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.insertText(code);
    await page.keyboard.press('Enter');
    await see(page, '这个码用过了');
    await tap(page, '重新扫码');
    await see(page, '1 笔未同步');

    await context.setOffline(false);
    await see(page, '全部已同步');
    // What failed while the network was cut is meant; anything else is not.
    expect(faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  });

  it('has counted the visit, checked the booking in, and takes one rating', async () => {
    const { page, faults } = holder;
    await page.goto(addressOf(service.url, 'uses'));
    await seen(page, place.channelName).tap();
    await see(page, '窗口离线核验，之后同步');
    await choose(page, /^非常满意/);
    await tap(page, '提交评价');
    await see(page, /谢谢/);
    await page.goto(addressOf(service.url, 'bookings'));
    // Its time is still to come, so it stands with what is next.
    await see(page, '已到场');
    expect(faults).toEqual([]);
  });

  it('asks the office about a visit without a booking, and tells the holder what came of it', async () => {
    const { page: visitor } = waiter;
    await signInAsDemoPerson(visitor, service.url, '于志远');
    await proveRealName(visitor);
    await see(visitor, '卡片详情');
    await visitor.goto(addressOf(service.url, 'code'));
    const { page, context } = clerk;
    await context.setOffline(true);
    await write(page, '用扫码枪扫入，或粘贴码的内容', await codeOn(visitor));
    await tap(page, '核验');
    await see(page, '可以放行（离线）', '于**');
    await tap(page, new RegExp(`^离线放行 · ${place.channelName}`));
    await see(page, '已放行，待同步');
    await context.setOffline(false);
    await tap(page, '扫下一位');
    await see(page, '全部已同步');

    const desk = await openWindow(browser, DESK);
    await signInAtConsole(desk.page, service.url, 'sports-manager');
    await openMenu(desk.page, '使用记录');
    const row = desk.page.getByRole('row').filter({ hasText: '于**' });
    await row.getByText('没有预约').waitFor();
    await row.getByRole('link').click();
    await desk.page.getByRole('button', { name: '不计入' }).click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByLabel('处理说明').fill('当天没有预约，已电话告知');
    await dialog.getByRole('button', { name: '不计入' }).click();
    await desk.page.getByRole('banner').getByText('不计入').waitFor();
    expect(desk.faults).toEqual([]);
    await desk.context.close();

    await visitor.goto(addressOf(service.url, 'uses'));
    await see(visitor, '未计入');
  });

  it('offers a cancelled place to the next in line by itself', async () => {
    const { page } = holder;
    await slots(page);
    await firstFree(page).tap();
    await tap(page, /^预约 /);
    await tap(page, '确认预约');
    await see(page, '约好了');

    const next = waiter.page;
    await slots(next);
    await next.getByRole('radio').filter({ hasText: '候补' }).filter({ visible: true }).last().tap();
    await tap(next, /排队候补/);
    await see(next, '你是第 1 位');

    await tap(page, '取消预约');
    await page.getByRole('dialog').getByRole('button', { name: '取消预约' }).tap();
    await see(page, '已取消');

    await next.reload();
    await see(next, '有空位了');
    await tap(next, '就要这个位置');
    await see(next, '约好了');
    expect([...holder.faults, ...waiter.faults]).toEqual([]);
  });
});
