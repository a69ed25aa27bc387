import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';

/** Ignored by git; one folder for each mode and language. */
const folder = fileURLToPath(new URL('../../screens/', import.meta.url));

export interface Mode {
  readonly name: string;
  readonly options: BrowserContextOptions;
  readonly elder: boolean;
  readonly dark: boolean;
  readonly locale: 'zh-CN' | 'en';
}

const modes = (elder: boolean): Mode[] =>
  (['zh-CN', 'en'] as const).flatMap((locale) =>
    ([...(['light', 'dark'] as const), ...(elder ? (['elder'] as const) : [])] as const).map((look) => ({
      name: `${look}-${locale === 'en' ? 'en' : 'zh'}`,
      options: {
        locale: locale === 'en' ? 'en-GB' : 'zh-CN',
        colorScheme: look === 'dark' ? 'dark' : 'light',
      },
      elder: look === 'elder',
      dark: look === 'dark',
      locale,
    })),
  );

/** Looks of the mini-program: light, dark and elder, each in both languages. */
export const PHONE_MODES = modes(true);
/** Looks of the console: light and dark, each in both languages. */
export const DESK_MODES = modes(false);

/** Waits until nothing loads and nothing moves, then takes the picture. */
export async function picture(page: Page, face: 'phone' | 'desk', mode: Mode, name: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(350);
  const path = join(folder, face, mode.name, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: 'disabled' });
}
