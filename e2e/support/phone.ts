import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import type { Session } from '@talent-card/shared/accounts/schema';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { PAGES, type PageName } from '../../miniapp/src/platform/pages.js';

/** The one in front: pages below it on the stack stay in the document, hidden. */
const inFront = (found: Locator): Locator => found.filter({ visible: true }).last();

type Words = string | RegExp;
const exactly = (text: Words) => (typeof text === 'string' ? { exact: true } : {});

export const seen = (page: Page, text: Words): Locator => inFront(page.getByText(text, exactly(text)));

/** Waits until people can see the words. */
export async function see(page: Page, ...texts: Words[]): Promise<void> {
  for (const text of texts) await seen(page, text).waitFor();
}

export const button = (page: Page, name: Words): Locator =>
  inFront(page.getByRole('button', { name, ...exactly(name) }));

export async function tap(page: Page, name: Words): Promise<void> {
  await button(page, name).tap();
}

export async function choose(page: Page, name: Words): Promise<void> {
  await inFront(page.getByRole('radio', { name, ...exactly(name) })).tap();
}

export const field = (page: Page, label: Words): Locator => inFront(page.getByLabel(label, exactly(label)));

/**
 * Writes into a field as a finger does: touches it, and types once it has the keyboard. Taro's elements take their
 * children a frame or two after a page or a part of it opened, and what is typed in between goes nowhere.
 */
export async function write(page: Page, label: Words, text: string): Promise<void> {
  await writeInto(field(page, label), text);
}

/** The same for a field whose label is not known, such as in another language. */
export async function writeInto(input: Locator, text: string): Promise<void> {
  for (let touched = 0; touched < 10; touched += 1) {
    await input.focus();
    if (await input.evaluate(keepsFocus)) return input.fill(text);
  }
  throw new Error(`${input} does not keep the focus`);
}

const keepsFocus = (input: Element): Promise<boolean> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(document.activeElement === input)));
  });

async function agree(page: Page): Promise<void> {
  await inFront(page.getByRole('checkbox')).tap();
}

/** Welcome, consent and sign-in as a demo person; ends where the real name is asked for. */
export async function signInAsDemoPerson(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/m/`);
  await tap(page, '开始使用');
  await tap(page, '同意并继续');
  await chooseDemoPerson(page, name);
  await tap(page, '填入演示身份');
}

export async function chooseDemoPerson(page: Page, name: string): Promise<void> {
  await tap(page, new RegExp(`^以${name}登录`));
}

export async function proveRealName(page: Page): Promise<void> {
  await agree(page);
  await tap(page, '提交认证');
}

/** From the welcome page to the home page of somebody whose name is proved. */
export async function enterAs(page: Page, url: string, name: string): Promise<void> {
  await signInAsDemoPerson(page, url, name);
  await proveRealName(page);
  await see(page, '申领威海英才卡');
}

export interface CategoryOneForm {
  readonly zone: string;
  readonly provincialCardNumber: string;
  readonly employer: string;
  readonly position: string;
  readonly employedSince: string;
  readonly mobile: string;
}

/** Fills the parts of the form one after the other, as the button at the end of each leads on. */
export async function fillCategoryOne(page: Page, form: CategoryOneForm): Promise<void> {
  await choose(page, form.zone);
  await tap(page, '下一项：符合哪一项');
  await choose(page, '我有山东惠才卡');
  await write(page, '惠才卡卡号', form.provincialCardNumber);
  await tap(page, '下一项：单位和岗位');
  await write(page, '单位全称', form.employer);
  await write(page, '岗位或职务', form.position);
  await write(page, '哪天开始在这里工作', form.employedSince);
  await tap(page, '下一项：怎么联系你');
  await write(page, '手机号', form.mobile);
}

/** From the filled form to the summary, ready to be submitted. */
export async function reviewAndAgree(page: Page): Promise<void> {
  await tap(page, '核对并提交');
  await see(page, '请再看一遍，确认无误再提交。');
  await agree(page);
}

/** Address of a page of the mini-program on h5. */
export function addressOf(url: string, page: PageName, query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `${url}/m${PAGES[page]}${search ? `?${search}` : ''}`;
}

/** Fills the storage of the mini-program as an earlier visit left it: signed in or not, in large type or not. */
export async function rememberVisit(
  context: BrowserContext,
  visit: { session?: Session | undefined; elder?: boolean; welcomed?: boolean; agreed?: boolean },
): Promise<void> {
  const values = {
    elder: visit.elder ?? false,
    welcomed: visit.welcomed ?? true,
    ...(visit.session || visit.agreed ? { 'account-consent': CONSENT_VERSIONS.account } : {}),
    ...(visit.session ? { session: visit.session } : {}),
  };
  await context.addInitScript(
    (entries) => {
      // Once only, so that what the pages themselves keep is not undone by a reload.
      if (localStorage.length > 0) return;
      for (const [key, value] of entries) localStorage.setItem(key, value);
    },
    // Taro wraps each value.
    Object.entries(values).map(
      ([key, value]) => [key, JSON.stringify({ data: JSON.stringify(value) })] as const,
    ),
  );
}
