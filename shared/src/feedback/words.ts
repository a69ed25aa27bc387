import type { LocalizedText } from '../common/schema.js';
import type { GRADES, RatingTag } from './schema.js';

/*
 * A holder chooses these words on the phone, the office reads them in the console and in a workbook: whoever calls back
 * and whoever is called speak of the same thing.
 */

type Grade = (typeof GRADES)[number];

export const GRADE_WORDS: Readonly<Record<Grade, LocalizedText>> = {
  5: { zh: '非常满意', en: 'Very satisfied' },
  4: { zh: '满意', en: 'Satisfied' },
  3: { zh: '基本满意', en: 'Fairly satisfied' },
  2: { zh: '不满意', en: 'Dissatisfied' },
  1: { zh: '非常不满意', en: 'Very dissatisfied' },
};

/** Words of a grade as it comes in a list; undefined for what is no grade. */
export const gradeWords = (grade: number): LocalizedText | undefined =>
  (GRADE_WORDS as Readonly<Record<number, LocalizedText>>)[grade];

export const RATING_TAG_WORDS: Readonly<Record<RatingTag, LocalizedText>> = {
  quick: { zh: '办得快', en: 'Quick' },
  friendly: { zh: '态度好', en: 'Friendly' },
  clear: { zh: '讲得清楚', en: 'Clear' },
  clean: { zh: '环境好', en: 'Clean' },
  'waited-long': { zh: '等太久', en: 'Waited long' },
  rude: { zh: '态度不好', en: 'Rude' },
  'turned-away': { zh: '被拒绝', en: 'Turned away' },
  unclear: { zh: '没讲清楚', en: 'Unclear' },
  'not-as-promised': { zh: '和说明不符', en: 'Not as promised' },
};
