import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TINY_PNG } from '../support/api.js';
import { DESK, launchBrowser, openWindow, PHONE, type Window } from '../support/browser.js';
import { giveDemoPassword, openMenu } from '../support/console.js';
import {
  addressOf,
  button,
  enterAs,
  field,
  fillCategoryOne,
  proveRealName,
  reviewAndAgree,
  see,
  signInAsDemoPerson,
  tap,
  write,
} from '../support/phone.js';
import { type Service, startService } from '../support/service.js';

/** An application that no roster answers: a window returns it, the applicant corrects it, the window approves. */
describe('an application that a window decides', () => {
  let service: Service;
  let browser: Browser;
  let desk: Window;
  let phone: Window;

  beforeAll(async () => {
    service = await startService({ DEMO_DATA: 'staff' });
    browser = await launchBrowser();
    desk = await openWindow(browser, DESK);
    phone = await openWindow(browser, PHONE);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it('lets no one into the console with a wrong password or a wrong code', async () => {
    const { page } = desk;
    await page.goto(`${service.url}/admin/`);
    await page.getByLabel('用户名').fill('huancui-window');
    await page.getByLabel('密码').fill('not-the-password');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('alert').getByText('用户名或密码不对').waitFor();

    await giveDemoPassword(page, service.url, 'huancui-window');
    // After a refusal its name still begins with that of the icon for waiting.
    const signIn = page.getByRole('button', { name: /登录$/ });
    await page.getByLabel('验证码').fill('000000');
    await signIn.click();
    await page
      .getByRole('alert')
      .getByText(/验证码不对/)
      .waitFor();

    await page.getByRole('button', { name: '填入演示验证码' }).click();
    await signIn.click();
    await page.getByRole('navigation', { name: '主菜单' }).waitFor();
  });

  it('tells somebody whose name does not fit the number what to do', async () => {
    const { page, context, faults } = await openWindow(browser, PHONE);
    await signInAsDemoPerson(page, service.url, '毕明哲');
    await proveRealName(page);
    await see(page, '姓名和证件号对不上。请照证件逐字核对后重试。');
    expect(await field(page, '姓名').inputValue()).toBe('毕明哲');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('takes an application once, over a lost connection and an impatient finger', async () => {
    const { page, context, faults } = phone;
    await enterAs(page, service.url, '孙晓东');
    await tap(page, '开始申领');
    await fillCategoryOne(page, {
      zone: '环翠区',
      provincialCardNumber: 'SDHC202300115',
      employer: '威海威高演示医疗器械有限公司',
      position: '工程师',
      employedSince: '2022-09-01',
      mobile: '13900001234',
    });
    await tap(page, '下一项：证明材料');
    await tap(page, /^上传材料/);
    await page.getByLabel(/^选择文件：.*惠才卡/).setInputFiles({
      name: '惠才卡.png',
      mimeType: 'image/png',
      buffer: TINY_PNG,
    });
    await button(page, '查看惠才卡.png').waitFor();
    await tap(page, '完成，返回表单');
    await see(page, '最长 3 个工作日', '都齐了，可以核对提交');
    await reviewAndAgree(page);

    await context.setOffline(true);
    await tap(page, '提交申请');
    await see(page, '没有提交成功', '网络连不上。请检查网络后重试，已填的内容还在。');
    await see(page, '威海威高演示医疗器械有限公司');
    await context.setOffline(false);
    await button(page, '提交申请').evaluate((submit: HTMLElement) => {
      submit.click();
      submit.click();
    });

    await see(page, '申请已提交', /环翠.*最晚 .+ 前办结/);
    await tap(page, '回首页');
    await tap(page, '查看进度');
    await see(page, '等待服务窗口核验', /还有 [23] 个工作日/);
    expect(faults).toEqual([]);
  });

  it('shows the window what was sent, and takes its return', async () => {
    const { page } = desk;
    await openMenu(page, '申领审核');
    await page.getByRole('row').filter({ hasText: '孙' }).getByRole('link').click();
    await page.getByRole('cell', { name: '威海威高演示医疗器械有限公司' }).waitFor();
    await page.getByText('人才库里没有这个人的记录。可先核对证件原件，再决定。').waitFor();
    const picture = page.getByRole('img', { name: /惠才卡/ });
    await picture.waitFor();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 20_000 })
      .toBeGreaterThan(0);

    await page.getByRole('button', { name: '退回补正' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: '选择字段或材料' }).click();
    await page.getByTitle('岗位', { exact: true }).click();
    await dialog.getByRole('textbox', { name: '怎么改' }).fill('请写合同上的岗位全称');
    await dialog.getByLabel('总的说明').fill('其余材料没有问题');
    await dialog.getByRole('button', { name: '退回补正' }).click();
    await page
      .getByRole('status')
      .getByText(/已把 .+ 的申请退回补正/)
      .waitFor();
  });

  it('leads the applicant to what needs a correction', async () => {
    const { page, faults } = phone;
    await page.reload();
    await see(page, '请补正后重新提交', '请写合同上的岗位全称');
    await tap(page, '去修改');
    await see(page, '请写合同上的岗位全称');
    await write(page, '岗位或职务', '高级结构工程师');
    await see(page, '已修改');
    await tap(page, '核对并提交');
    await tap(page, '重新提交');
    await see(page, '申请已提交');
    await tap(page, '查看进度');
    await see(page, '等待服务窗口核验');
    expect(faults).toEqual([]);
  });

  it('issues the card when the window approves', async () => {
    const { page, faults } = desk;
    await openMenu(page, '申领审核');
    await page.getByRole('row').filter({ hasText: '孙' }).getByRole('link').click();
    await page.getByRole('cell', { name: '高级结构工程师' }).waitFor();
    await page.getByRole('button', { name: '同意并发卡' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').click();
    await page.getByTitle('D 类英才').click();
    await dialog.getByRole('button', { name: '同意并发卡' }).click();
    await page
      .getByRole('status')
      .getByText(/已同意 .+ 的申请/)
      .waitFor();
    expect(faults).toEqual([]);
  });

  it('shows the applicant the card and every step to it', async () => {
    const { page, faults } = phone;
    await page.reload();
    await see(page, '已通过，卡已发放');
    for (const step of ['提交申请', '退回补正', '补正后重新提交']) await see(page, step);
    await tap(page, '查看我的卡');
    await see(page, '孙晓东', '这张卡的经过');
    await page.goto(addressOf(service.url, 'home'));
    // The two taps were one application.
    await see(page, '共 1 份');
    expect(faults).toEqual([]);
  });
});
