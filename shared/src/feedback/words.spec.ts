import { describe, expect, it } from 'vitest';
import { GRADES, RATING_TAGS } from './schema.js';
import { GRADE_WORDS, gradeWords, RATING_TAG_WORDS } from './words.js';

describe('words of a rating', () => {
  it.each([
    ['grades', GRADE_WORDS, GRADES.map(String)],
    ['tags', RATING_TAG_WORDS, [...RATING_TAGS]],
  ])('of %s are all there, in both languages, and no two alike', (_, words, keys) => {
    expect(Object.keys(words).sort()).toEqual([...keys].sort());
    for (const language of ['zh', 'en'] as const) {
      const said = Object.values(words).map((text) => text[language]);
      expect(said.every((text) => /\p{Script=Han}/u.test(text) === (language === 'zh'))).toBe(true);
      expect(new Set(said).size).toBe(keys.length);
    }
  });

  it('are found by a number, and not for one that is no grade', () => {
    expect(gradeWords(1)).toBe(GRADE_WORDS[1]);
    expect(gradeWords(0)).toBeUndefined();
  });
});
