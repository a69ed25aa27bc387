import { describe, expect, it } from 'vitest';
import { wrongPlurals } from './wrong-plurals.js';

describe('a plural that is wrong with one', () => {
  it.each([
    ['{n} working day(s) left', ['day(s)']],
    ['{n} bookings', ['1 bookings']],
    ['{n} working days', ['1 working days']],
    ['Use · {n} people', ['1 people']],
    ['{n} {n:booking|bookings} for {party} people', ['1 people']],
    ['{n} working {n:day|days} left', []],
    ['{n} in class', []],
    ['{name} is free', []],
  ])('%s', (text, wrong) => {
    expect(wrongPlurals(text)).toEqual(wrong);
  });
});
