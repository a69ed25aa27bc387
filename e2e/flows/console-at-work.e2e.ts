import { readFile } from 'node:fs/promises';
import { bookingRoutes } from '@talent-card/shared/bookings/routes';
import type { Booking, Slot } from '@talent-card/shared/bookings/schema';
import { channelRoutes } from '@talent-card/shared/channels/routes';
import ExcelJS from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api, citizenOf, staffOf } from '../support/api.js';
import { DESK, launchBrowser, openWindow, PHONE, type Window } from '../support/browser.js';
import { openMenu, signInAtConsole } from '../support/console.js';
import { listInRoster, type OpenAllDay, openHall, post } from '../support/office.js';
import { addressOf, rememberVisit, see } from '../support/phone.js';
import { type Service, startService } from '../support/service.js';

const DAY_MS = 86_400_000;
/** The service day in Asia/Shanghai, so many days from now. */
const day = (ahead: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + ahead * DAY_MS).toISOString().slice(0, 10);

/** What the office changes in the console, the holder sees on the phone. */
describe('the console at work', () => {
  let service: Service;
  let browser: Browser;
  let holder: Api;
  let hall: OpenAllDay;
  let phone: Window;
  let editor: Window;
  let manager: Window;

  beforeAll(async () => {
    service = await startService({ DEMO_DATA: 'staff' });
    browser = await launchBrowser();
    const api = new Api(service.url);
    const city = await staffOf(api, 'city-reviewer');
    await listInRoster(city, ['lin-haiqing']);
    hall = await openHall(city);
    await post(await staffOf(api, 'admin'), 'sports-manager', hall.venueId);
    const citizen = await citizenOf(api, 'lin-haiqing');
    holder = citizen.api;
    phone = await openWindow(browser, PHONE);
    await rememberVisit(phone.context, { session: citizen.session });
    editor = await openWindow(browser, DESK);
    manager = await openWindow(browser, DESK);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  /** A part of the venue that the manager works at. */
  const atVenue = (query: string) =>
    manager.page.goto(`${service.url}/admin/venues/${hall.venueId}?${query}`);
  const said = (page: Page, words: string | RegExp) =>
    page.getByRole('alert').getByText(words).first().waitFor();
  /** The open dialog that says so: another may just be closing. */
  const dialogWith = (page: Page, words: string | RegExp) =>
    page.getByRole('dialog').filter({ hasText: words });
  const slotsOn = async (date: string): Promise<Slot[]> => {
    const { days } = await holder.call(bookingRoutes.slots, {
      params: { channelId: hall.channelId },
      query: { venueId: hall.venueId, from: date, days: 1 },
    });
    return (days[0]?.slots ?? []).filter(({ state }) => state === 'open');
  };
  const book = async (date: string): Promise<Booking> => {
    const [slot] = await slotsOn(date);
    if (!slot) throw new Error(`nothing can be booked on ${date}`);
    return holder.call(bookingRoutes.book, { body: { slotId: slot.slotId } });
  };

  it('gives more from today on, and the holder sees the new balance', async () => {
    const { items } = await holder.call(channelRoutes.list, {});
    const island = items.find(({ number }) => number === 13);
    if (!island) throw new Error('the demo has no channel 13');
    const onThePhone = () =>
      phone.page.goto(addressOf(service.url, 'channel', { channelId: island.channelId }));
    await onThePhone();
    await see(phone.page, '今年还可用', '4/4');

    const { page, faults } = editor;
    await signInAtConsole(page, service.url, 'channel-editor');
    await openMenu(page, '绿色通道');
    await page.getByRole('link', { name: island.name.zh, exact: true }).click();
    await page.getByRole('tab', { name: '层次与额度' }).click();
    await page.getByRole('button', { name: /^加一格/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('spinbutton', { name: '最多' }).fill('6');
    // What is in force has no end yet: the days overlap until it gets one.
    await dialog.getByRole('button', { name: `截止到 ${day(-1)}` }).click();
    await page.getByText('已结束').waitFor();

    // Nothing leaves unsaved by a slip.
    await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '场馆' }).click();
    await dialogWith(page, '有修改还没有保存').getByRole('button', { name: '留下' }).click();
    await page.getByRole('button', { name: '保存额度' }).click();
    await said(page, '额度已保存');

    await onThePhone();
    await see(phone.page, '6/6');
    expect([...faults, ...phone.faults]).toEqual([]);
  });

  it('makes the slots of a weekly template, but not on a day that is closed', async () => {
    const { page, faults } = manager;
    await signInAtConsole(page, service.url, 'sports-manager');
    await atVenue(`from=${day(7)}`);
    await page.getByRole('button', { name: '去排班' }).click();
    await page.getByRole('button', { name: '添加排班' }).click();
    const schedule = page.getByRole('dialog');
    await schedule.getByRole('combobox', { name: '通道' }).fill(hall.channelName);
    await page.keyboard.press('Enter');
    await schedule.getByRole('combobox', { name: '星期（可多选）' }).click();
    for (const weekday of ['周六', '周日']) await page.getByTitle(weekday, { exact: true }).click();
    for (const [name, time] of [
      ['开始', '00:00'],
      ['结束', '23:50'],
    ] as const) {
      await schedule.getByRole('textbox', { name }).fill(time);
      await page.keyboard.press('Tab');
    }
    await schedule.getByRole('spinbutton', { name: '每段分钟数' }).fill('10');
    await schedule.getByText('一天 143 段，共 572 个名额').waitFor();
    await schedule.getByRole('button', { name: '保存' }).click();
    await said(page, '已添加 7 条排班');
    await expect.poll(() => page.getByRole('row').filter({ hasText: hall.channelName }).count()).toBe(7);

    const closed = day(2);
    await page.getByRole('tab', { name: '特殊日期' }).click();
    await page.getByRole('button', { name: '添加特殊日期' }).click();
    const exception = page.getByRole('dialog');
    await exception.getByRole('textbox', { name: '日期' }).fill(closed);
    await page.keyboard.press('Enter');
    await exception.getByRole('textbox', { name: '说明 · 中文' }).fill('设备检修');
    await exception.getByRole('textbox', { name: '说明 · 英文' }).fill('Maintenance');
    await exception.getByRole('button', { name: '保存' }).click();
    await said(page, `已保存 ${closed} 的安排`);

    await expect.poll(async () => (await slotsOn(day(1))).length, { timeout: 30_000 }).toBeGreaterThan(100);
    await atVenue(`from=${closed}`);
    const closedDay = page.getByRole('region', { name: new RegExp(`^${closed}`) });
    await closedDay.getByText('设备检修').waitFor();
    await closedDay.getByText('没有时段').waitFor();
    expect(faults).toEqual([]);
  });

  it('closes a slot only after saying whom it sends home, and tells them', async () => {
    const { page, faults } = manager;
    const booking = await book(day(1));
    await atVenue(`from=${day(1)}`);
    const time = new Date(Date.parse(booking.startsAt) + 8 * 3_600_000).toISOString().slice(11, 16);
    const slot = page.locator(`button.slot[aria-label^="${day(1)} ${time}"]`);
    await slot.getByText('1/4').waitFor();
    await slot.click();
    const dialog = dialogWith(page, hall.channelName);
    await dialog.getByRole('radio', { name: '关闭' }).check();
    await dialog.getByText('关闭后将取消 1 个预约').waitFor();
    await dialog.getByLabel('理由').fill('临时停电');
    // Escape asks before what was typed is lost.
    await page.keyboard.press('Escape');
    await dialogWith(page, '填写的内容还没有保存').getByRole('button', { name: '留下' }).click();
    await dialog.getByRole('button', { name: '关闭并取消 1 个预约' }).click();
    await said(page, '时段已关闭，取消了 1 个预约');
    await slot.getByText('已关闭').waitFor();

    await phone.page.goto(addressOf(service.url, 'booking', { bookingId: booking.bookingId }));
    await see(phone.page, '已取消', /临时停电/);
    const told = phone.page.getByText('场馆取消了这个预约').first();
    await expect
      .poll(
        async () => {
          await phone.page.goto(addressOf(service.url, 'messages'));
          return told.waitFor({ timeout: 3_000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    expect([...faults, ...phone.faults]).toEqual([]);
  });

  it('checks in by number, and takes a slip back', async () => {
    const { page, faults } = manager;
    const booking = await book(day(0));
    await page.goto(`${service.url}/admin/arrivals?venueId=${hall.venueId}`);
    const row = page.getByRole('listitem').filter({ hasText: booking.number });
    await row.getByText('已预约').waitFor();
    const checkIn = async () => {
      await page.getByRole('textbox', { name: '预约号或扫码' }).fill(booking.number);
      await page.keyboard.press('Enter');
      await dialogWith(page, /给 林\*\* 签到/)
        .getByRole('button', { name: '签到' })
        .press('Enter');
      await said(page, /林\*\* 已签到，共 1 人/);
      await row.getByText('已到场').waitFor();
    };
    await checkIn();

    await row.getByRole('button', { name: /^撤销签到/ }).click();
    const undo = dialogWith(page, /撤销 林\*\* 的签到/);
    await undo.getByLabel('理由').fill('点错人了');
    await undo.getByRole('button', { name: '撤销签到' }).click();
    await said(page, '已撤销签到');
    await row.getByText('已预约').waitFor();

    await checkIn();
    expect(faults).toEqual([]);
  });

  it('makes a workbook of the bookings on the screen', async () => {
    const { page, faults } = manager;
    await page.goto(`${service.url}/admin/bookings?venueId=${hall.venueId}`);
    const rows = page.getByRole('main').getByRole('link');
    await rows.first().waitFor();
    const numbers = await rows.allTextContents();
    await page.getByRole('button', { name: '导出', exact: true }).click();
    const drawer = dialogWith(page, '我的导出');
    await drawer.getByText('可下载').waitFor();
    await drawer.getByText(`${numbers.length} 行`).waitFor();
    const download = page.waitForEvent('download');
    await drawer.getByRole('button', { name: /^下载预约/ }).click();
    const workbook = new ExcelJS.Workbook();
    const bytes = await readFile(await (await download).path());
    await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const cells = workbook.worksheets.flatMap((sheet) =>
      sheet.getSheetValues().flatMap((line) => (Array.isArray(line) ? line.map(String) : [])),
    );
    for (const number of numbers) expect(cells).toContain(number);
    expect(faults).toEqual([]);
  });

  it('shows in the log what was sent to whom, by kind', async () => {
    const { page, faults, context } = await openWindow(browser, DESK);
    await signInAtConsole(page, service.url, 'auditor');
    await openMenu(page, '消息记录');
    await page.getByRole('row').nth(3).waitFor();
    await page.getByRole('combobox', { name: '消息' }).fill('预约取消');
    await page.keyboard.press('Enter');
    await page.waitForURL(/kind=booking-cancelled/);
    const cells = (kind: string) => page.getByRole('cell').filter({ hasText: kind });
    await expect.poll(() => cells('预约成功').count()).toBe(0);
    await cells('预约取消').first().waitFor();
    await page.getByRole('tab', { name: '发送失败' }).click();
    await page.getByRole('button', { name: '清除筛选' }).first().click();
    await page.getByText('没有发送失败的消息').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});
