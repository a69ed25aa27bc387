import type { Page } from 'playwright-core';

/** Taps what carries the text, the topmost page's when several are stacked. */
export async function tap(page: Page, text: string | RegExp): Promise<void> {
  const visible = page
    .getByText(text, typeof text === 'string' ? { exact: true } : {})
    .filter({ visible: true });
  await visible.last().tap();
}

/** Welcome, consent, sign-in as a demo person, and their real name. */
export async function enterAs(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/m/`);
  await tap(page, '开始使用');
  await tap(page, '同意并继续');
  await tap(page, name);
  await tap(page, '填入演示身份');
  const consent = page.getByRole('checkbox').filter({ visible: true });
  await consent.last().tap();
  await tap(page, '提交认证');
}
