import { describe, expect, it } from 'vitest';
import { applyTokens, tokens } from './theme.js';

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  const t = tokens[name];
  const pairs: [keyof typeof t, keyof typeof t][] = [
    ['ink', 'card'],
    ['ink', 'mist'],
    ['ink2', 'card'],
    ['ink2', 'mist'],
    ['ink3', 'card'],
    ['ink3', 'mist'],
    ['sea', 'card'],
    ['sea', 'mist'],
    ['sea', 'seaTint'],
    ['ink2', 'seaTint'],
    ['onSea', 'sea'],
    ['onDanger', 'danger'],
    ['youth', 'card'],
    ['youth', 'youthTint'],
    ['danger', 'card'],
    ['danger', 'dangerTint'],
    ['warn', 'card'],
    ['warn', 'warnTint'],
    ['goldInk', 'goldTint'],
  ];
  it.each(pairs)('reads %s on %s', (text, ground) => {
    expect(contrast(t[text], t[ground])).toBeGreaterThanOrEqual(4.5);
  });
});

it('names the tokens as the style sheet does', () => {
  const root = document.createElement('div');
  applyTokens('dark', root);
  expect(root.style.getPropertyValue('--sea-tint')).toBe(tokens.dark.seaTint);
  expect(root.style.getPropertyValue('--ink-2')).toBe(tokens.dark.ink2);
});
