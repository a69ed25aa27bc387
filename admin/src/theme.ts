import { theme as antdTheme, type ThemeConfig } from 'antd';

/**
 * Every colour of the console, light and dark, under the names that the mini-program uses too.
 * Text on its ground keeps a contrast of at least 4.5:1; theme.test.ts measures it.
 */
const light = {
  ink: '#10263A',
  ink2: '#4A6072',
  ink3: '#5E7182',
  line: '#E3EAF0',
  control: '#C3D0DB',
  mist: '#F4F7FA',
  card: '#FFFFFF',
  sea: '#0F4C81',
  onSea: '#FFFFFF',
  seaDeep: '#0A2E4D',
  seaTint: '#E6F0F9',
  gold: '#C8A24A',
  goldInk: '#7A5C14',
  goldTint: '#FBF5E6',
  youth: '#17714F',
  youthTint: '#E5F4EE',
  danger: '#B3261E',
  onDanger: '#FFFFFF',
  dangerTint: '#FCEBEA',
  warn: '#8A5A00',
  warnTint: '#FDF3E0',
  shadow: '0 1px 2px rgba(16,38,58,.04), 0 6px 20px rgba(16,38,58,.06)',
};

export type Tokens = typeof light;

const dark: Tokens = {
  ink: '#E8EFF5',
  ink2: '#A9BAC8',
  ink3: '#8EA2B2',
  line: '#223749',
  control: '#3A5268',
  mist: '#0B1A27',
  card: '#12263A',
  sea: '#7DB7E8',
  onSea: '#071A2B',
  seaDeep: '#071A2B',
  seaTint: '#17334D',
  gold: '#C8A24A',
  goldInk: '#E0C17A',
  goldTint: '#2A2413',
  youth: '#63C9A2',
  youthTint: '#12332A',
  danger: '#FF8A80',
  onDanger: '#2B0907',
  dangerTint: '#3A1A1A',
  warn: '#F0B75A',
  warnTint: '#33270F',
  shadow: 'none',
};

export const tokens = { light, dark } as const;
export type ThemeName = keyof typeof tokens;

/** `seaTint` → `--sea-tint`. */
const cssName = (name: string) => `--${name.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`)}`;

/** Puts the tokens on the root element, where styles.css reads them. */
export function applyTokens(name: ThemeName, root: HTMLElement = document.documentElement): void {
  for (const [key, value] of Object.entries(tokens[name])) root.style.setProperty(cssName(key), value);
  root.style.colorScheme = name;
  root.dataset.theme = name;
}

/** Whether the person asked their system for less motion. */
const prefersCalm = () =>
  typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The same tokens as Ant Design wants them. */
export function antdThemeOf(name: ThemeName): ThemeConfig {
  const t = tokens[name];
  const exact = {
    colorPrimary: t.sea,
    colorPrimaryText: t.sea,
    colorPrimaryBg: t.seaTint,
    colorPrimaryBgHover: t.seaTint,
    colorLink: t.sea,
    colorSuccess: t.youth,
    colorSuccessText: t.youth,
    colorSuccessBg: t.youthTint,
    colorWarning: t.warn,
    colorWarningText: t.warn,
    colorWarningBg: t.warnTint,
    colorWarningBorder: name === 'dark' ? '#5A4517' : '#F0D9A8',
    colorErrorBorder: name === 'dark' ? '#6B2A2A' : '#F3C7C3',
    colorError: t.danger,
    colorErrorText: t.danger,
    colorErrorBg: t.dangerTint,
    colorInfo: t.sea,
    colorInfoBg: t.seaTint,
    colorText: t.ink,
    colorTextSecondary: t.ink2,
    colorTextTertiary: t.ink3,
    colorTextQuaternary: t.ink3,
    colorBgLayout: t.mist,
    colorBgContainer: t.card,
    colorBgElevated: t.card,
    colorBorder: t.control,
    colorBorderSecondary: t.line,
    colorFillAlter: t.mist,
    colorSplit: t.line,
  };
  const base = name === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm;
  return {
    // The generated palette shifts a seed in the dark; what we named stays as we named it.
    algorithm: [base, (_seed, map) => ({ ...(map ?? base(antdTheme.defaultSeed)), ...exact })],
    token: {
      colorPrimary: t.sea,
      colorSuccess: t.youth,
      colorWarning: t.warn,
      colorError: t.danger,
      colorInfo: t.sea,
      colorLink: t.sea,
      colorTextLightSolid: t.onSea,
      colorTextPlaceholder: t.ink3,
      colorTextDescription: t.ink2,
      colorTextHeading: t.ink,
      colorTextDisabled: t.ink3,
      borderRadius: 8,
      borderRadiusLG: 12,
      fontSize: 14,
      // Set on the body by language, see styles.css.
      fontFamily: 'inherit',
      controlHeight: 36,
      motion: !prefersCalm(),
    },
    components: {
      Table: {
        headerBg: t.mist,
        headerColor: t.ink2,
        rowHoverBg: t.seaTint,
        headerSplitColor: 'transparent',
      },
      Menu: {
        darkItemBg: 'transparent',
        darkItemColor: '#C9D8E5',
        darkItemHoverBg: 'rgba(255,255,255,.08)',
        darkItemHoverColor: '#FFFFFF',
        darkItemSelectedBg: name === 'dark' ? '#17334D' : '#0F4C81',
        darkItemSelectedColor: '#FFFFFF',
        itemHeight: 38,
        itemBorderRadius: 8,
        collapsedWidth: 56,
        itemMarginInline: 0,
      },
      Layout: { siderBg: t.seaDeep, headerBg: t.card, bodyBg: t.mist, headerHeight: 56 },
      Button: { dangerColor: t.onDanger, primaryShadow: 'none', dangerShadow: 'none', defaultShadow: 'none' },
      Tooltip: { colorTextLightSolid: '#FFFFFF', colorBgSpotlight: name === 'dark' ? '#2A4258' : '#10263A' },
      Badge: { colorTextLightSolid: '#0A2E4D' },
      Segmented: { itemSelectedBg: t.card, trackBg: name === 'dark' ? t.mist : '#E9EFF4' },
    },
  };
}
