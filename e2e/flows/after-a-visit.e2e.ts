import { cardCodeRoutes } from '@talent-card/shared/card-code/routes';
import { cardRoutes } from '@talent-card/shared/cards/routes';
import { messageAdminRoutes, subscriptionRoutes } from '@talent-card/shared/messages/routes';
import { useRoutes, windowRoutes } from '@talent-card/shared/uses/routes';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api, citizenOf, signInAs } from '../support/api.js';
import { DESK, launchBrowser, openWindow, PHONE, type Window } from '../support/browser.js';
import { openMenu, signInBrowser } from '../support/console.js';
import { listInRoster, type OpenAllDay, openHall, post, postClerk } from '../support/office.js';
import { addressOf, choose, rememberVisit, see, seen, tap, write } from '../support/phone.js';
import { type Service, startService } from '../support/service.js';

const NETWORK_CUT = 'ERR_INTERNET_DISCONNECTED';
const MINUTE = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}/;

/** What goes wrong after a visit comes to the office, and what the office makes of it comes back. */
describe('after a visit', () => {
  let service: Service;
  let browser: Browser;
  let hall: OpenAllDay;
  /** The console as the city, the hall's manager and the administrator see it. */
  let city: Window;
  let office: Api;
  let manager: Window;
  let admin: Window;
  let holder: Window;
  let useId = '';
  let visitor: Api;
  let clerk: Window;
  let enrolmentCode = '';

  beforeAll(async () => {
    service = await startService({ DEMO_DATA: 'staff' });
    browser = await launchBrowser();
    const api = new Api(service.url);
    const desk = async (username: string): Promise<[Window, Api]> => {
      const window = await openWindow(browser, DESK);
      return [window, await signInBrowser(window.context, service.url, username)];
    };
    [city, office] = await desk('city-reviewer');
    await listInRoster(office, ['lin-haiqing', 'yu-zhiyuan', 'chu-wanqing']);
    hall = await openHall(office, 'code');
    let administration: Api;
    [admin, administration] = await desk('admin');
    await post(administration, 'sports-manager', hall.venueId);
    enrolmentCode = await postClerk(administration, 'sports-clerk', hall.venueId);
    let window: Api;
    [manager, window] = await desk('sports-manager');

    const { api: guest, session } = await citizenOf(api, 'lin-haiqing');
    useId = await letIn(window, guest);
    holder = await openWindow(browser, PHONE);
    await rememberVisit(holder.context, { session });
    visitor = (await citizenOf(api, 'yu-zhiyuan')).api;
    clerk = await openWindow(browser, PHONE);
    await rememberVisit(clerk.context, { session: await signInAs(api, 'sun-xiaodong') });
    await unreached(api);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  const codeOf = async (citizen: Api): Promise<string> => {
    const { items } = await citizen.call(cardRoutes.mine, {});
    const { code } = await citizen.call(cardCodeRoutes.online, { body: { cardId: items[0]?.cardId ?? '' } });
    return code;
  };
  const letIn = async (window: Api, citizen: Api): Promise<string> => {
    const { venueId, channelId } = hall;
    const body = { venueId, code: await codeOf(citizen) };
    const { lookId } = await window.call(windowRoutes.look, { body });
    const use = await window.call(windowRoutes.record, {
      body: { lookId: lookId ?? '', venueId, channelId },
    });
    return use.useId;
  };
  /** Somebody whom WeChat never reaches, and who allowed it to say that the card is there. */
  const unreached = async (api: Api): Promise<void> => {
    const { accessToken } = await signInAs(api, 'refused');
    const citizen = api.as(accessToken);
    const { items } = await citizen.call(subscriptionRoutes.list, {});
    const answers = items
      .filter(({ topic }) => topic === 'card')
      .map(({ templateId }) => ({ templateId, answer: 'accept' as const }));
    await citizen.call(subscriptionRoutes.record, { body: { answers } });
    await citizenOf(api, 'chu-wanqing', 'refused');
  };
  const open = (window: Window, path = '') => window.page.goto(`${service.url}/admin/${path}`);
  const said = (page: Page, words: string | RegExp) =>
    page.getByRole('alert').getByText(words).first().waitFor();
  const dialogWith = (page: Page, words: string | RegExp) =>
    page.getByRole('dialog').filter({ hasText: words });

  it('calls back whoever was very dissatisfied, and looks again at an appeal', async () => {
    const phone = holder.page;
    await phone.goto(addressOf(service.url, 'use', { useId }));
    await choose(phone, '非常不满意');
    await seen(phone, '等太久').tap();
    await write(phone, /^想说的话/, '等了四十分钟，没人解释');
    await tap(phone, '提交评价');
    await see(phone, '等待回访', /前会有人联系你/);

    const { page } = manager;
    await open(manager);
    await openMenu(page, '评价回访');
    const row = page.getByRole('row').filter({ hasText: '等了四十分钟' });
    await row.getByText('等太久').waitFor();
    await row.getByText(/^\d{4}-\d{2}-\d{2} 前$/).waitFor();
    await row.getByRole('button', { name: '回访：林**' }).click();
    const drawer = dialogWith(page, '林** 的评价');
    await drawer.getByText(/^回访期限 \d{4}-\d{2}-\d{2}/).waitFor();
    await drawer.getByLabel('回访结果').fill('已致歉，周末加开一个窗口');
    await drawer.getByRole('button', { name: '办结回访' }).click();
    await said(page, '已记录回访结果');
    await page.getByText('没有要回访的差评').waitFor();

    await phone.reload();
    await see(phone, '已回访', '已致歉，周末加开一个窗口');
    await tap(phone, '对答复不满意，申诉');
    await write(phone, '申诉理由', '没有人给我打过电话');
    await tap(phone, '提交申诉');
    await see(phone, '申诉处理中');

    await open(city, 'ratings?tab=appealed');
    await city.page.getByRole('button', { name: '查看：林**' }).click();
    const appeal = dialogWith(city.page, '没有人给我打过电话');
    await appeal.getByLabel('复核结论').fill('确未回访，已督办并致歉');
    await appeal.getByRole('button', { name: '答复申诉' }).click();
    await said(city.page, '已答复申诉');

    await phone.reload();
    await see(phone, '已办结', '确未回访，已督办并致歉');
    expect([...holder.faults, ...manager.faults, ...city.faults]).toEqual([]);
  });

  it('takes from a revoked phone what it had let in, and settles it', async () => {
    const { page, context, faults } = clerk;
    await page.goto(addressOf(service.url, 'staff'));
    await write(page, '启用码', enrolmentCode);
    await tap(page, '启用');
    await seen(page, hall.venueName).tap();
    await see(page, /离线核验可用到/);
    const code = await codeOf(visitor);
    await context.setOffline(true);
    await write(page, '用扫码枪扫入，或粘贴码的内容', code);
    await tap(page, '核验');
    await see(page, '可以放行（离线）', '于**');
    await tap(page, new RegExp(`^离线放行 · ${hall.channelName}`));
    await see(page, '已放行，待同步');

    await open(admin);
    await openMenu(admin.page, '核验设备');
    await admin.page.getByRole('button', { name: '停用：体育中心核验员（演示）' }).click();
    const revoking = dialogWith(admin.page, '停用 体育中心核验员（演示） 的核验设备');
    await revoking.getByText('手机联网后会自动交上来').waitFor();
    await revoking.getByLabel('理由').fill('核验员换岗，手机收回');
    await revoking.getByRole('button', { name: '停用' }).click();
    await said(admin.page, '已停用 体育中心核验员（演示） 的设备');

    // The first contact after it: the phone goes the way that is left by itself.
    await context.setOffline(false);
    await tap(page, '扫下一位');
    await see(page, '全部已同步');
    await seen(page, '未同步的核验').tap();
    await see(page, '停用前的记录已交上', /停用之前放行的 1 笔/, '待场馆处理');
    expect(faults.filter((fault) => !fault.includes(NETWORK_CUT))).toEqual([]);

    const desk = manager.page;
    await openMenu(desk, '使用记录');
    const row = desk.getByRole('row').filter({ hasText: '于**' });
    await row.getByText('核验手机或账号已停用').waitFor();
    await row.getByRole('link').click();
    await desk
      .getByText(/已停用$/)
      .first()
      .waitFor();
    await desk.getByRole('button', { name: '计入', exact: true }).click();
    const settling = dialogWith(desk, '计入 于** 的这次使用');
    await settling.getByLabel('处理说明').fill('核验员确认本人到场');
    await settling.getByRole('button', { name: '计入' }).click();
    await said(desk, '已处理');
    const { items } = await visitor.call(useRoutes.mine, { query: {} });
    expect(items).toMatchObject([{ status: 'used', offline: true }]);
    expect([...admin.faults, ...manager.faults]).toEqual([]);
  });

  it('sends a failed message again only by name, and keeps who decided and when', async () => {
    const { page, faults } = city;
    await expect
      .poll(
        async () => (await office.call(messageAdminRoutes.log, { query: { state: 'failed' } })).items.length,
        {
          timeout: 30_000,
        },
      )
      .toBe(1);
    await open(city);
    await openMenu(page, '消息记录');
    await page.getByRole('tab', { name: /^发送失败/ }).click();
    const row = page.getByRole('row').filter({ hasText: '初**' });
    await row.getByText('模板的这一项被拒：thing1').waitFor();
    await row.getByRole('button', { name: '重发“发卡”给 初**' }).click();
    const again = dialogWith(page, '重发给 初** 的“发卡”微信订阅消息？');
    await again.getByLabel('说明').fill('模板已改短');
    await again.getByRole('button', { name: /重\s*发/ }).click();
    await said(page, '已安排重发');

    // It is refused once more: the log tells both tries and who asked for the second.
    const decisions = row.getByRole('list', { name: '处理经过' }).getByRole('listitem');
    await expect
      .poll(
        async () => {
          await page.reload();
          return row
            .getByText('试了 2 次')
            .waitFor({ timeout: 3_000 })
            .then(() => true)
            .catch(() => false);
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    expect(await decisions.allTextContents()).toEqual([
      expect.stringMatching(
        new RegExp(`^${MINUTE.source} 市级审核员（演示） 决定重发，此前发送失败 47003.*模板已改短$`),
      ),
    ]);

    await row.getByRole('button', { name: '不再发“发卡”给 初**' }).click();
    const drop = dialogWith(page, '不再发给 初** 的“发卡”微信订阅消息？');
    await drop.getByLabel('说明').fill('已电话告知');
    await drop.getByRole('button', { name: '不再发' }).click();
    await said(page, '已记为不再发');
    await page.getByText('没有发送失败的消息').waitFor();
    await page.getByRole('tab', { name: '未发', exact: true }).click();
    await expect.poll(() => decisions.count()).toBe(2);
    expect(await decisions.last().textContent()).toMatch(/市级审核员（演示） 决定不再发.*已电话告知$/);
    expect(faults).toEqual([]);
  });

  it('shows every list whole on a narrow desk in English', async () => {
    const settings = JSON.stringify({ locale: 'en', theme: 'light' });
    const hidden: string[] = [];
    for (const [window, lists] of [
      [
        city,
        [
          'uses?tab=all',
          'ratings?tab=all',
          'messages',
          'roster',
          'roster?tab=imports',
          'venues',
          'cards',
          'channels',
        ],
      ],
      [admin, ['staff', 'clerk-devices']],
    ] as const) {
      const { page } = window;
      await page.setViewportSize({ width: 1024, height: 900 });
      await open(window);
      await page.evaluate((kept) => localStorage.setItem('talent-card.console.settings', kept), settings);
      for (const list of lists) {
        await open(window, list);
        const table = page.locator('.ant-table-content');
        await table.first().waitFor();
        const beyond = await table.evaluateAll((all) =>
          Math.max(...all.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)),
        );
        if (beyond > 1) hidden.push(`${list}: ${beyond} px`);
      }
      expect(window.faults).toEqual([]);
    }
    expect(hidden).toEqual([]);
  });
});
