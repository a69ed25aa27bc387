import { describe, expect, it } from 'vitest';
import { bookingStateTexts, cardStateTexts, useStateTexts } from './domain.js';
import { callBackStateTexts } from './feedback.js';

const sources = import.meta.glob<string>('../../../backend/src/features/*/*-export.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The table of words of this name in the source of a workbook. */
function wordsIn(feature: string, name: string): Record<string, string> {
  const source = Object.entries(sources).find(([file]) => file.includes(`/${feature}/`))?.[1] ?? '';
  const table = new RegExp(`const ${name}[^=]*= \\{([^}]*)\\}`).exec(source)?.[1] ?? '';
  return Object.fromEntries(
    [...table.matchAll(/'?([\w-]+)'?: '([^']+)'/g)].map(([, key, word]) => [key, word]),
  );
}

describe('a workbook says what the list on the screen says', () => {
  it.each([
    ['cards', 'STATE_WORDS', cardStateTexts],
    ['bookings', 'STATE_WORDS', bookingStateTexts],
    ['uses', 'STATE_WORDS', useStateTexts],
    ['feedback', 'CALL_BACK_WORDS', callBackStateTexts],
  ])('%s, %s', (feature, name, texts) => {
    expect(wordsIn(feature, name)).toEqual(texts.zh);
  });
});
