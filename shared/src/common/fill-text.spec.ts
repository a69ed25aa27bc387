import { describe, expect, it } from 'vitest';
import { fillText, placesOf } from './fill-text.js';

describe('a text', () => {
  it.each([
    [1, '1 working day left'],
    ['1', '1 working day left'],
    [0, '0 working days left'],
    [2, '2 working days left'],
    ['1,234', '1,234 working days left'],
  ])('chooses the word for %s', (n, filled) => {
    expect(fillText('{n} working {n:day|days} left', { n })).toBe(filled);
  });

  it('leaves a place without a value to be seen, or does with it what the caller wants', () => {
    expect(fillText('{a} {b}', { a: 1 })).toBe('1 {b}');
    expect(fillText('{a} {b:day|days}', { a: 1 }, () => '')).toBe('1 ');
  });

  it('names its places once each', () => {
    expect(placesOf('{n} {n:day|days} of {all}')).toEqual(['all', 'n']);
  });
});
