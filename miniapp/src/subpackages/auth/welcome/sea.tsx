import { Image } from '@tarojs/components';
import { useTheme } from '@/platform/theme';
import { a11y, svgUri } from '@/ui';

const DAY = {
  sky: ['#F4F7FA', '#D6E8F6'],
  sun: '#F3DFAE',
  far: '#BFD6E8',
  near: '#8FB6D3',
  water: ['#5C98C4', '#0F4C81'],
  wave: '#FFFFFF',
  boat: '#0A2E4D',
  sail: '#FFFFFF',
  gold: '#C8A24A',
};
const NIGHT = {
  sky: ['#0B1A27', '#12304A'],
  sun: '#C9D8E5',
  far: '#16344D',
  near: '#1B4364',
  water: ['#123A5C', '#071A2B'],
  wave: '#7DB7E8',
  boat: '#071A2B',
  sail: '#C9D8E5',
  gold: '#C8A24A',
};

/** Rows of even waves from edge to edge. */
function waves(colour: string): string {
  return [0, 1, 2, 3, 4]
    .map((i) => {
      const y = 222 + i * 22;
      const step = 30 + i * 6;
      const path = `M${-step + (i % 2) * 14} ${y}${` q${step / 2} -${4 + i} ${step} 0t${step} 0`.repeat(8)}`;
      return `<path d="${path}" opacity="${(0.5 - i * 0.08).toFixed(2)}"/>`;
    })
    .map((path) => path.replace('<path', `<path fill="none" stroke="${colour}" stroke-width="1.500"`))
    .join('');
}

/** The bay in the morning, by night in dark mode: hills, a low sun, a sail, and the island's lighthouse. */
export function Sea() {
  const scheme = useTheme((state) => state.scheme);
  const c = scheme === 'dark' ? NIGHT : DAY;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="780" height="640" viewBox="0 0 390 320" preserveAspectRatio="xMidYMid slice"><defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop stop-color="${c.sky[0]}"/><stop offset="1" stop-color="${c.sky[1]}"/></linearGradient><linearGradient id="w" x1="0" y1="0" x2="0" y2="1"><stop stop-color="${c.water[0]}"/><stop offset="1" stop-color="${c.water[1]}"/></linearGradient></defs><rect width="390" height="320" fill="url(#s)"/><circle cx="268" cy="118" r="34" fill="${c.sun}"/><path d="M0 196 C40 150 78 150 112 178 C142 138 186 120 226 166 C262 140 300 146 330 176 C352 164 374 164 390 172 V212 H0Z" fill="${c.far}"/><path d="M0 208 C30 180 66 176 104 200 C128 186 150 188 168 204 L168 214 H0Z" fill="${c.near}"/><path d="M300 214 C318 190 352 184 390 194 V214Z" fill="${c.near}"/><path d="M344 188 l3 -34 h8 l3 34z" fill="${c.sail}"/><path d="M345.600 170 h10.800 l.8 8 h-12.400z" fill="${c.gold}"/><path d="M346 154 h10 v-6 h-10z M345 148 l6 -6 6 6z" fill="${c.boat}"/><rect y="206" width="390" height="114" fill="url(#w)"/><path d="M236 206 h64 l-18 40 h-34z" fill="${c.sun}" opacity=".28"/>${waves(c.wave)}<path d="M120 236 V172 L164 230Z" fill="${c.sail}"/><path d="M116 236 V184 L90 232Z" fill="${c.sail}" opacity=".82"/><path d="M82 238 h88 l-13 16 h-62z" fill="${c.boat}"/><path d="M86 242 h80" stroke="${c.gold}" stroke-width="2"/><g fill="none" stroke="${c.boat}" stroke-width="1.800" stroke-linecap="round" opacity=".6" transform="translate(-8 40)"><path d="M176 92 q7 -7 12 0 q5 -7 12 0"/><path d="M206 74 q5 -5 9 0 q4 -5 9 0"/><path d="M150 70 q4 -4 7 0 q3 -4 7 0"/></g></svg>`;
  return <Image className="welcome__sea" src={svgUri(svg)} mode="aspectFill" {...a11y({ hidden: true })} />;
}
