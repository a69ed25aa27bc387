import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? CHROMIUM.find((path) => existsSync(path));
  if (!executablePath) throw new Error('no Chromium found: apt-get install chromium, or set CHROMIUM');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A phone of today. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  // A click on something that is still moving may land beside it.
  reducedMotion: 'reduce',
};

/** An office desk. */
export const DESK: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  // A click on something that is still moving may land beside it.
  reducedMotion: 'reduce',
};

export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Faults that the page reported itself: uncaught errors and console errors. */
  readonly faults: string[];
}

const windows = new Set<Page>();

/** Pages of the windows that are open now. */
export const openPages = (): readonly Page[] => [...windows];

export async function openWindow(browser: Browser, options: BrowserContextOptions): Promise<Window> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  windows.add(page);
  page.once('close', () => windows.delete(page));
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(describe(error)));
  page.on('console', (message) => {
    // A refused call is an answer; the page words it. Chromium logs it all the same.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.push(message.text());
    }
  });
  return { context, page, faults };
}

/** A host that rejects with a plain object leaves only "Object" as its message: its parts say more. */
const describe = (error: Error): string =>
  error.message === 'Object' ? `a rejected plain object: ${error.stack ?? ''}` : error.message;
