import { sandboxRoutes, staffRoutes } from '@talent-card/shared/accounts/routes';
import type { StaffChallenge, StaffSession } from '@talent-card/shared/accounts/schema';
import { API_PREFIX } from '@talent-card/shared/common/route';
import type { BrowserContext, Page } from 'playwright-core';
import { Api } from './api.js';

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

/** Signs the browser in without its pages, for pictures of what lies behind. Gives the service as that account. */
export async function signInBrowser(context: BrowserContext, url: string, username: string): Promise<Api> {
  const { items } = await new Api(url).call(sandboxRoutes.staffCodes, {});
  const account = items.find((item) => item.username === username);
  if (!account) throw new Error(`no demo account ${username}`);
  const post = async <T>(path: string, data: object): Promise<T> => {
    const answer = await context.request.post(`${url}${API_PREFIX}${path}`, { data });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json() as Promise<T>;
  };
  const { password, code } = account;
  const { challenge } = await post<StaffChallenge>(staffRoutes.signIn.path, { username, password });
  const { accessToken } = await post<StaffSession>(staffRoutes.confirmTotp.path, { challenge, code });
  return new Api(url, accessToken);
}
