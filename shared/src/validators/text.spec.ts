import { describe, expect, it } from 'vitest';
import { checkMobile } from './mobile.js';
import { checkPersonName, maskMiddle, maskName, toHalfWidth } from './text.js';

describe('names', () => {
  it.each([
    ['林海清', '林海清'],
    ['　林 海 清 ', '林海清'],
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
    ['Anna  Müller-Berg', 'Anna Müller-Berg'],
    ['O’Neill, Jr.'.replace(',', ''), 'O’Neill Jr.'],
    ['𠮷田〇', '𠮷田〇'],
  ])('takes %s', (input, value) => {
    expect(checkPersonName(input)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'REQUIRED'],
    ['林', 'TOO_SHORT'],
    ['林'.repeat(51), 'TOO_LONG'],
    ['林海清2', 'NAME_CHARACTERS'],
    ['<b>Anna</b>', 'NAME_CHARACTERS'],
  ])('refuses %s', (input, problem) => {
    expect(checkPersonName(input)).toEqual({ ok: false, problem });
  });

  it('masks without telling the length of long names', () => {
    expect(['林清', '林海清', '阿卜杜拉·买买提', 'Anna Berg'].map(maskName)).toEqual([
      '林*',
      '林**',
      '阿**',
      'A***',
    ]);
  });
});

describe('masking and width', () => {
  it('keeps both ends, and nothing of a text that is too short for it', () => {
    expect(maskMiddle('371002198806071234', 4, 4)).toBe('3710**********1234');
    expect(maskMiddle('1234567', 4, 4)).toBe('*******');
  });

  it('turns full-width into half-width', () => {
    expect(toHalfWidth('　ＡＢ１２－３\u200b ')).toBe('AB12-3');
  });
});

describe('mobile numbers', () => {
  it.each(['13800001111', '+86 138-0000-1111', '0086 13800001111', '１３８００００１１１１'])(
    'takes %s',
    (input) => {
      expect(checkMobile(input)).toEqual({ ok: true, value: '13800001111' });
    },
  );

  it.each([
    ['', 'REQUIRED'],
    ['12800001111', 'MOBILE_FORMAT'],
    ['1380000111', 'MOBILE_FORMAT'],
    ['8613800001111222', 'MOBILE_FORMAT'],
  ])('refuses %s', (input, problem) => {
    expect(checkMobile(input)).toEqual({ ok: false, problem });
  });
});
