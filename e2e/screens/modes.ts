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

type Look = 'light' | 'dark' | 'elder' | 'elder-dark';

const modes = (...looks: readonly Look[]): Mode[] =>
  (['zh-CN', 'en'] as const).flatMap((locale) =>
    looks.map((look) => ({
      name: `${look}-${locale === 'en' ? 'en' : 'zh'}`,
      options: {
        locale: locale === 'en' ? 'en-GB' : 'zh-CN',
        colorScheme: look.endsWith('dark') ? 'dark' : 'light',
      },
      elder: look.startsWith('elder'),
      dark: look.endsWith('dark'),
      locale,
    })),
  );

/** Each look in both languages. */
export const PHONE_MODES = modes('light', 'dark', 'elder', 'elder-dark');
/** The same on a wide screen and on a narrow one; the console has no large type of its own. */
export const DESK_MODES = modes('light', 'dark').flatMap((mode) => [
  { ...mode, width: 1440 },
  { ...mode, name: `${mode.name}-narrow`, width: 1024 },
]);

/** `SCREENS_MODES=elder-en,dark-zh` and `SCREENS_ONLY='3[4-9]|slots'` leave out the rest, for a look at a few. */
export function chosenModes<M extends Mode>(all: readonly M[]): readonly M[] {
  const wanted = process.env.SCREENS_MODES?.split(',');
  return wanted ? all.filter(({ name }) => wanted.includes(name)) : all;
}
/** `SCREENS_HEIGHT=2400` shows what lies below the first screen of a phone. */
export const phoneHeight = Number(process.env.SCREENS_HEIGHT ?? 844);
export function isChosen(name: string): boolean {
  return new RegExp(process.env.SCREENS_ONLY ?? '').test(name);
}

/** Waits until nothing loads and nothing moves, then takes the picture. */
export async function picture(page: Page, face: 'phone' | 'desk', mode: Mode, name: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(350);
  const path = join(folder, face, mode.name, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: 'disabled' });
}
