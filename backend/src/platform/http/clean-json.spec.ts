import { cleanJson, TOO_DEEP } from './clean-json.js';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('the text of a body', () => {
  it.each([
    ['a NUL, at which SQLite ends a text', 'a\u0000b', 'ab'],
    ['a mark that turns the reading direction', '\u202Egnp.exe', 'gnp.exe'],
    ['isolates', 'a\u2066b\u2069', 'ab'],
    ['invisible spaces', '\u200B\uFEFF\u2060', ''],
    ['half a character', '\uD800x', 'x'],
    ['an escape sequence of a terminal', '\u001B[2J', '[2J'],
  ])('loses %s', (_, given, kept) => {
    expect(cleanJson({ list: [{ note: given }] })).toEqual({ list: [{ note: kept }] });
  });

  it.each(['第一行\n第二行\t尾', '👩‍🔬 海风', '欧阳·艾力', "O'Neill"])('is kept otherwise: %j', (text) => {
    expect(cleanJson(text)).toBe(text);
  });

  it('keeps what is no text', () => {
    const body = { count: 1, flag: false, none: null, list: [1, 'a'] };
    expect(cleanJson(body)).toEqual(body);
  });

  it('may be nested as far as a body of ours goes, and no further', () => {
    expect(cleanJson(nested(20))).toEqual(nested(20));
    expect(cleanJson(nested(21))).toBe(TOO_DEEP);
    expect(cleanJson(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)))).toBe(TOO_DEEP);
  });
});
