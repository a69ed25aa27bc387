import type { Page } from 'playwright-core';

export async function giveDemoPassword(page: Page, url: string, username: string): Promise<void> {
  await page.goto(`${url}/admin/`);
  await page.getByRole('button', { name: new RegExp(username) }).click();
  await page.getByRole('button', { name: '下一步' }).click();
}

/**
 * Signs in at the console with a demo account, as a visitor does: pick the account, then the code it shows. A code is
 * taken once, so an account may sign in once in half a minute.
 */
export async function signInAtConsole(page: Page, url: string, username: string): Promise<void> {
  await giveDemoPassword(page, url, username);
  await page.getByRole('button', { name: '填入演示验证码' }).click();
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('navigation', { name: '主菜单' }).waitFor();
}

/** Opens an entry of the side menu. */
export async function openMenu(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}
