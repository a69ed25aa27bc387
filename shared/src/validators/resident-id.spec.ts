import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIdentityNumber } from './identity-document.js';
import { checkResidentId, residentIdBirthDate, residentIdCheckDigit, residentIdSex } from './resident-id.js';

/** Made up: the sequence and the district belong to nobody. */
const made = (first17: string) => first17 + residentIdCheckDigit(first17);

describe('resident ID number (GB 11643)', () => {
  it('computes the check digit of the standard’s own examples', () => {
    expect(residentIdCheckDigit('11010519491231002')).toBe('X');
    expect(residentIdCheckDigit('44052418800101001')).toBe('4');
  });

  it.each([
    ['', 'REQUIRED'],
    ['37100219900101', 'RESIDENT_ID_LENGTH'],
    ['3710021990010100AB', 'RESIDENT_ID_CHARACTERS'],
    ['371002199013010015', 'RESIDENT_ID_BIRTH_DATE'],
    ['371002199002300015', 'RESIDENT_ID_BIRTH_DATE'],
    [made('37100218990101001'), 'RESIDENT_ID_BIRTH_DATE'],
    [
      `${made('37100219900101001').slice(0, 17)}${made('37100219900101001')[17] === '0' ? '1' : '0'}`,
      'RESIDENT_ID_CHECK_DIGIT',
    ],
  ])('tells what is wrong with "%s"', (input, problem) => {
    expect(checkResidentId(input)).toEqual({ ok: false, problem });
  });

  it('takes full-width digits, spaces, hyphens and a small x', () => {
    const id = '11010519491231002X';
    expect(checkResidentId(' １１０１０５－１９４９１２３１－００２ｘ ')).toEqual({ ok: true, value: id });
    expect(checkResidentId('110105 19491231 002x')).toEqual({ ok: true, value: id });
  });

  it('notices every single wrong digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (position, shift) => {
        const id = made('37100219880607123');
        const digit = String((Number(id[position]) + shift) % 10);
        const typo = id.slice(0, position) + digit + id.slice(position + 1);
        expect(checkResidentId(typo).ok).toBe(false);
      }),
    );
  });

  it('reads birth date and sex', () => {
    expect(residentIdBirthDate('110105194912310021')).toBe('1949-12-31');
    expect(residentIdSex('110105194912310021')).toBe('female');
    expect(residentIdSex('110105194912310011')).toBe('male');
  });
});

describe('documents of foreigners', () => {
  it.each([
    ['passport', 'e1234567', 'E1234567'],
    ['passport', 'C4J-PX 9012', 'C4JPX9012'],
    ['permanent-residence', 'usa310102012345', 'USA310102012345'],
    ['permanent-residence', made('91102319880607001'), made('91102319880607001')],
  ] as const)('takes the %s %s', (type, input, value) => {
    expect(checkIdentityNumber(type, input)).toEqual({ ok: true, value });
  });

  it.each([
    ['passport', 'ABCDEF', 'PASSPORT_FORMAT'],
    ['passport', '12', 'PASSPORT_FORMAT'],
    ['permanent-residence', 'US310102012345', 'PERMANENT_RESIDENCE_FORMAT'],
    ['permanent-residence', '910000198806070010', 'RESIDENT_ID_CHECK_DIGIT'],
  ] as const)('refuses the %s %s', (type, input, problem) => {
    expect(checkIdentityNumber(type, input)).toEqual({ ok: false, problem });
  });
});
