import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_NUMBER_PREFIX, groupCardNumber, isCardNumber, withCheckDigits } from './card-number.js';

const number = fc
  .integer({ min: 0, max: 9_999_999_999 })
  .map((n) => withCheckDigits(CARD_NUMBER_PREFIX + String(n).padStart(10, '0')));

describe('card numbers (ISO 7064 MOD 97-10)', () => {
  it('are sixteen digits that pass their own check', () => {
    fc.assert(
      fc.property(number, (n) => {
        expect([n.length, isCardNumber(n)]).toEqual([16, true]);
      }),
    );
  });

  it('give away every single wrong digit and every swap of neighbours', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 14 }), fc.integer({ min: 1, max: 9 }), (n, at, shift) => {
        const wrongDigit = n.slice(0, at) + String((Number(n[at]) + shift) % 10) + n.slice(at + 1);
        expect(isCardNumber(wrongDigit)).toBe(false);
        fc.pre(n[at] !== n[at + 1]);
        const swapped = n.slice(0, at) + n.charAt(at + 1) + n.charAt(at) + n.slice(at + 2);
        expect(isCardNumber(swapped)).toBe(false);
      }),
    );
  });

  it('read in groups of four', () => {
    expect(groupCardNumber('3710082100634185')).toBe('3710 0821 0063 4185');
  });
});
