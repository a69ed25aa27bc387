import type { Locale } from '@talent-card/shared/common/locale';
import { create } from 'zustand';
import type { ThemeName } from './theme.js';

/** How this browser shows the console. Nothing of it is secret, so it may stay in localStorage. */
interface Settings {
  locale: Locale;
  theme: ThemeName;
  setLocale(locale: Locale): void;
  setTheme(theme: ThemeName): void;
}

const STORE = 'talent-card.console.settings';

function kept(): Partial<Pick<Settings, 'locale' | 'theme'>> {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(STORE) ?? '{}');
    if (typeof read !== 'object' || read === null) return {};
    const { locale, theme } = read as Record<string, unknown>;
    return {
      ...(locale === 'zh-CN' || locale === 'en' ? { locale } : {}),
      ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    };
  } catch {
    // A blocked or damaged store only costs the preference.
    return {};
  }
}

function keep(settings: Pick<Settings, 'locale' | 'theme'>): void {
  try {
    localStorage.setItem(STORE, JSON.stringify(settings));
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

const systemTheme = (): ThemeName =>
  typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

export const useSettings = create<Settings>()((set, get) => ({
  locale: 'zh-CN',
  theme: systemTheme(),
  ...kept(),
  setLocale: (locale) => {
    set({ locale });
    keep({ locale, theme: get().theme });
  },
  setTheme: (theme) => {
    set({ theme });
    keep({ locale: get().locale, theme });
  },
}));
