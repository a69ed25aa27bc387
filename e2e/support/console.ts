import type { Page } from 'playwright-core';

/** Signs in at the console with a demo account, as a visitor does: pick the account, then the code it shows. */
export async function signInAtConsole(page: Page, url: string, username: string): Promise<void> {
  await page.goto(`${url}/admin/`);
  await page.getByText(username, { exact: true }).click();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('填入验证码').click();
  const signIn = page.getByRole('button', { name: '登录', exact: true });
  if (await signIn.isVisible().catch(() => false)) await signIn.click();
  await page.getByText('工作台').first().waitFor();
}
