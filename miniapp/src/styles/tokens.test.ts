import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PALETTE } from '@/platform/theme';

const scss = readFileSync(path.join(__dirname, 'tokens.scss'), 'utf8');

/** The variables of one rule of tokens.scss. */
function rule(selector: string): Record<string, string> {
  const start = scss.indexOf(`${selector} {`);
  const body = scss.slice(start, scss.indexOf('}', start));
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1], match[2]]),
  );
}
const light = rule('.tc');
const dark = { ...light, ...rule('.tc.dark') };
const elder = { ...light, ...rule('.tc.elder') };

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
/** WCAG 2 contrast of two `#RRGGBB`, 1 to 21. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const TEXT_ON_GROUND = [
  ['ink', 'mist'],
  ['ink', 'card'],
  ['ink-2', 'mist'],
  ['ink-2', 'card'],
  ['ink-3', 'card'],
  ['ink-3', 'mist'],
  ['sea', 'card'],
  ['sea', 'mist'],
  ['sea', 'sea-tint'],
  ['on-sea', 'sea'],
  ['on-danger', 'danger'],
  ['danger', 'card'],
  ['danger', 'mist'],
  ['danger', 'danger-tint'],
  ['youth', 'card'],
  ['youth', 'youth-tint'],
  ['warn', 'card'],
  ['warn', 'warn-tint'],
  ['gold-mark', 'gold-tint'],
  ['ink', 'sea-tint'],
  ['ink', 'warn-tint'],
  ['ink', 'danger-tint'],
  ['ink-2', 'bone'],
] as const;

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('the %s tokens', (scheme, tokens) => {
  it.each(TEXT_ON_GROUND)('let %s be read on %s', (text, ground) => {
    expect(contrast(tokens[text] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it('are the colours that icons are drawn in', () => {
    for (const [name, colour] of Object.entries(PALETTE[scheme])) {
      expect([name, tokens[name]?.toLowerCase()]).toEqual([name, colour.toLowerCase()]);
    }
  });

  it('draw the edge of a field so that it can be seen', () => {
    expect(contrast(tokens.control ?? '', tokens.card ?? '')).toBeGreaterThanOrEqual(3);
  });
});

describe('elder mode', () => {
  it('has no text below 18 px and no target below 60 px', () => {
    const sizes = Object.entries(elder).filter(([name]) => /^t\d+$/.test(name));
    expect(sizes.length).toBeGreaterThan(5);
    for (const [, size] of sizes) expect(Number.parseInt(size, 10)).toBeGreaterThanOrEqual(18);
    expect(Number.parseInt(elder.tap ?? '', 10)).toBeGreaterThanOrEqual(60);
    expect(Number.parseInt(elder.tab ?? '', 10)).toBeGreaterThanOrEqual(60);
  });
});
