import { Image } from '@tarojs/components';
import { type ColourName, PALETTE, useTheme } from '@/platform/theme';
import { a11y } from './a11y';
import { svgUri } from './svg';

const PATHS = {
  home: '<path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z"/>',
  wallet:
    '<path d="M4 7.500a2.500 2.500 0 0 1 2.500-2.500H17v3M4 7.500A2.500 2.500 0 0 0 6.500 10H20v9H6.500A2.500 2.500 0 0 1 4 16.500zM16.500 14.500h.01"/>',
  bell: '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21h4"/>',
  person: '<path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6"/>',
  right: '<path d="m9 6 6 6-6 6"/>',
  down: '<path d="m6 9 6 6 6-6"/>',
  back: '<path d="m15 6-6 6 6 6"/>',
  ok: '<path d="m5 13 4 4L19 7"/>',
  close: '<path d="M6 6l12 12M18 6 6 18"/>',
  clock: '<path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2"/>',
  info: '<path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01"/>',
  warn: '<path d="M12 4 2.500 20h19zM12 10v4.500M12 17.500h.01"/>',
  card: '<path d="M3 6.500h18v11H3zM3 10h18M7 14.500h4"/>',
  form: '<path d="M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h5"/>',
  edit: '<path d="M4 20h4L19 9l-4-4L4 16zM13 7l4 4"/>',
  shield: '<path d="M12 3 5 6v5c0 5 3 8 7 10 4-2 7-5 7-10V6zM9 12l2 2 4-4"/>',
  settings:
    '<path d="M4 7h10M18 7h2M4 17h2M10 17h10M16 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"/>',
  help: '<path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.300-1 .8-1 1.700M12 16.500h.01"/>',
  phone:
    '<path d="M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z"/>',
  device: '<path d="M7 3h10v18H7zM11 18h2"/>',
  pin: '<path d="M12 21s7-6.500 7-12a7 7 0 1 0-14 0c0 5.500 7 12 7 12zM12 11.500a2.500 2.500 0 1 0 0-.1"/>',
  text: '<path d="M4 7V5h12v2M10 5v14M7 19h6M15 13v-2h6v2M18 11v8M16.500 19h3"/>',
  theme: '<path d="M20 14.500A8 8 0 1 1 9.500 4 6.500 6.500 0 0 0 20 14.500z"/>',
  globe:
    '<path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3.500 6 3.500 9s-.5 6-3.500 9c-3-3-3.500-6-3.500-9S9 6 12 3z"/>',
  download: '<path d="M12 4v11M7.500 11 12 15.500 16.500 11M4 20h16"/>',
  upload: '<path d="M12 16V5M7.500 9 12 4.500 16.500 9M4 20h16"/>',
  trash: '<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5"/>',
  exit: '<path d="M14 4H5v16h9M10 12h10M16.500 8.500 20 12l-3.500 3.500"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  refresh: '<path d="M20 12a8 8 0 1 1-2.500-5.800M20 4v4.500h-4.500"/>',
  calendar: '<path d="M4 6h16v14H4zM4 10h16M8 3v5M16 3v5"/>',
  ferry: '<path d="M3 17c2 2 4 2 6 0 2 2 4 2 6 0 2 2 4 2 6 0M5 15l-1-4h16l-1 4M7 11V7h7l3 4"/>',
  heart:
    '<path d="M12 20S4 15 4 9.500A4 4 0 0 1 12 8a4 4 0 0 1 8 1.500C20 15 12 20 12 20zM12 10v5M9.500 12.500h5"/>',
  house: '<path d="M4 20V9l8-5 8 5v11zM9 20v-6h6v6"/>',
  school: '<path d="M2 9l10-5 10 5-10 5zM6 11.500V17c3 2 9 2 12 0v-5.500"/>',
  grid: '<path d="M4 4h6.500v6.500H4zM13.500 4H20v6.500h-6.500zM4 13.500h6.500V20H4zM13.500 13.500H20V20h-6.500z"/>',
  code: '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500H14zM17.500 17.500H20V20h-2.500zM20 14v.01M14 20v.01M7 7h.01M17 7h.01M7 17h.01"/>',
  scan: '<path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16"/>',
  offline:
    '<path d="M3 3l18 18M2.500 9a14 14 0 0 1 4.500-2.700M12 5a14 14 0 0 1 9.500 4M6 13a8.500 8.500 0 0 1 3.500-2M15 11.300a8.500 8.500 0 0 1 3 1.700M9.500 16.500a3.500 3.500 0 0 1 5 0M12 20h.01"/>',
  swap: '<path d="M4 8h15M15.500 4.500 19 8l-3.500 3.500M20 16H5M8.500 12.500 5 16l3.500 3.500"/>',
  lock: '<path d="M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 15v2"/>',
  minus: '<path d="M5 12h14"/>',
  people:
    '<path d="M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-3.500 3-5.500 6.500-5.500s6.500 2 6.500 5.500M16 4.300a3.500 3.500 0 0 1 0 6.400M18 14.800c2.200.800 3.500 2.600 3.500 5.200"/>',
  search: '<path d="M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500 20 20"/>',
  hills: '<path d="M2.500 19 9 7l4 7 2.500-4 6 9zM17 6.500h.01"/>',
  sport: '<path d="M3 10v4M6 7.500v9M18 7.500v9M21 10v4M6 12h12"/>',
  coin: '<path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 8l3.500 5 3.500-5M12 13v4.500M9 13h6M9 15.500h6"/>',
  work: '<path d="M3.500 8h17v11h-17zM8.500 8V5h7v3M3.500 13h17"/>',
  link: '<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>',
  star: '<path d="m12 4 2.500 5.200 5.700.800-4.100 4 1 5.700L12 17l-5.100 2.700 1-5.700-4.100-4 5.700-.8z"/>',
  image: '<path d="M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9h.01"/>',
} as const;
export type IconName = keyof typeof PATHS;

export interface IconProps {
  name: IconName;
  /** Side in pixels. */
  size?: number;
  /** A colour of the palette by name, or a fixed `#RRGGBB` where the ground is fixed too. */
  colour?: ColourName | `#${string}`;
  weight?: number;
  /** Filled in, as a star that counts. */
  solid?: boolean;
}

/** A line icon. Always decoration: the words beside it, or the label of what it sits in, say the same. */
export function Icon({ name, size = 22, colour = 'ink-2', weight = 1.6, solid }: IconProps) {
  const scheme = useTheme((state) => state.scheme);
  const stroke = colour.startsWith('#') ? colour : PALETTE[scheme][colour as ColourName];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 24 24" fill="${solid ? stroke : 'none'}" stroke="${stroke}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round">${PATHS[name]}</svg>`;
  return (
    <Image
      src={svgUri(svg)}
      style={{ width: `${size}px`, height: `${size}px`, display: 'block', flex: 'none' }}
      {...a11y({ hidden: true })}
    />
  );
}
