import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCreditCode, creditCodeCheckCharacter } from './credit-code.js';

const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const first17 = fc
  .array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 })
  .map((c) => c.join(''));

describe('unified social credit code (GB 32100)', () => {
  it('takes what its own check character completes, also where the remainder is 0', () => {
    fc.assert(
      fc.property(first17, (start) => {
        const code = start + creditCodeCheckCharacter(start);
        expect(checkCreditCode(code)).toEqual({ ok: true, value: code });
      }),
      { numRuns: 500 },
    );
    expect(creditCodeCheckCharacter('0'.repeat(17))).toBe('0');
  });

  it.each([
    ['', 'REQUIRED'],
    ['91371000', 'CREDIT_CODE_LENGTH'],
    ['91371000MA3C0ILOV9', 'CREDIT_CODE_CHARACTERS'],
    ['000000000000000001', 'CREDIT_CODE_CHECK_DIGIT'],
  ])('tells what is wrong with "%s"', (input, problem) => {
    expect(checkCreditCode(input)).toEqual({ ok: false, problem });
  });
});
