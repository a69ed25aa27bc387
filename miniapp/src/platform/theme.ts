import Taro from '@tarojs/taro';
import { create } from 'zustand';
import { readStored, writeStored } from './storage';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type Scheme = 'light' | 'dark';

interface ThemeState {
  choice: ThemeChoice;
  /** What is shown now. */
  scheme: Scheme;
  /** 长辈版: larger text and targets, fewer things on a page. */
  elder: boolean;
}

const CHOICE_KEY = 'theme';
const ELDER_KEY = 'elder';

function systemScheme(): Scheme {
  if (process.env.TARO_ENV === 'h5') {
    return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches
      ? 'dark'
      : 'light';
  }
  try {
    return Taro.getAppBaseInfo().theme === 'dark' ? 'dark' : 'light';
  } catch {
    return 'light';
  }
}

const storedChoice = readStored<ThemeChoice>(CHOICE_KEY) ?? 'system';
export const useTheme = create<ThemeState>(() => ({
  choice: storedChoice,
  scheme: storedChoice === 'system' ? systemScheme() : storedChoice,
  elder: readStored<boolean>(ELDER_KEY) ?? false,
}));

export function chooseTheme(choice: ThemeChoice): void {
  writeStored(CHOICE_KEY, choice);
  useTheme.setState({ choice, scheme: choice === 'system' ? systemScheme() : choice });
}

export function setElder(elder: boolean): void {
  writeStored(ELDER_KEY, elder);
  useTheme.setState({ elder });
}

/** Follows the phone while the person has not chosen otherwise. */
export function watchSystemTheme(): void {
  const follow = (scheme: Scheme) => {
    if (useTheme.getState().choice === 'system') useTheme.setState({ scheme });
  };
  if (process.env.TARO_ENV === 'h5') {
    if (typeof matchMedia !== 'function') return;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener?.('change', (event) => follow(event.matches ? 'dark' : 'light'));
  } else {
    Taro.onThemeChange?.((event) => follow(event.theme === 'dark' ? 'dark' : 'light'));
  }
}

/** Colours that images need as values; everything else takes them from styles/tokens.scss, which says the same. */
export const PALETTE = {
  light: {
    ink: '#10263A',
    'ink-2': '#4A6072',
    'ink-3': '#5E7182',
    line: '#E3EAF0',
    mist: '#F4F7FA',
    card: '#FFFFFF',
    sea: '#0F4C81',
    'on-sea': '#FFFFFF',
    'sea-tint': '#E6F0F9',
    'gold-ink': '#8A6A1F',
    youth: '#17714F',
    danger: '#B3261E',
    warn: '#8A5A00',
  },
  dark: {
    ink: '#E8EFF5',
    'ink-2': '#A9BAC8',
    'ink-3': '#8599A9',
    line: '#223749',
    mist: '#0B1A27',
    card: '#12263A',
    sea: '#7DB7E8',
    'on-sea': '#071A2B',
    'sea-tint': '#17334D',
    'gold-ink': '#E0C17A',
    youth: '#63C9A2',
    danger: '#FF8A80',
    warn: '#F0B75A',
  },
} as const;
export type ColourName = keyof (typeof PALETTE)['light'];
