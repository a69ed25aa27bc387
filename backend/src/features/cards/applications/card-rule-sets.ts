import type { CardCategory } from '@talent-card/shared/cards/categories';
import type { Rule, RuleSet } from '../../../core/eligibility/rule-set.js';

/**
 * Who may hold the card, category by category. What is published of the texts is known through reprints: category 2
 * names 威发〔2018〕22号; of the others no document number is known, and of none the first day in force, so the year
 * stands for it.
 */
const PLANS_OF_2018 = '威发〔2018〕22号';

const NO_CARD_YET: Rule = { code: 'NO_VALID_CARD', kind: 'talent' };
const ANY_PROGRAMME = ['municipal', 'provincial', 'national'] as const;

/** The roster lists only people whom the office has checked for the category. */
const orListed = (
  as: 'HOLDS_PROVINCIAL_CARD' | 'IN_PROGRAMME',
  category: CardCategory,
  rule: Rule,
): Rule => ({
  as,
  any: [rule, { code: 'IN_ROSTER', categories: [category] }],
  ...('source' in rule && rule.source ? { source: rule.source } : {}),
});

const SINCE_2018 = { issuer: '中共威海市委、威海市人民政府', effectiveFrom: '2018-01-01', effectiveTo: null };

export const cardSubject = (category: CardCategory): string => `card.${category}`;

export const CARD_RULE_SETS: readonly RuleSet[] = [
  {
    id: 'card.1@2018',
    subject: cardSubject('1'),
    documentNumber: null,
    demo: false,
    ...SINCE_2018,
    conditions: [
      { code: 'WORKS_IN_WEIHAI' },
      orListed('HOLDS_PROVINCIAL_CARD', '1', { code: 'HOLDS_PROVINCIAL_CARD' }),
      NO_CARD_YET,
    ],
  },
  {
    id: 'card.2@2018',
    subject: cardSubject('2'),
    documentNumber: PLANS_OF_2018,
    demo: false,
    ...SINCE_2018,
    conditions: [
      orListed('IN_PROGRAMME', '2', {
        code: 'IN_PROGRAMME',
        levels: ['municipal'],
        source: PLANS_OF_2018,
      }),
      NO_CARD_YET,
    ],
  },
  {
    id: 'card.3@2018',
    subject: cardSubject('3'),
    documentNumber: null,
    demo: false,
    ...SINCE_2018,
    conditions: [
      { code: 'BROUGHT_IN' },
      { code: 'IN_PROGRAMME', levels: ANY_PROGRAMME },
      // Published for those who join a 事业单位 full-time; no register says who does, so reviewers lift it for others.
      { code: 'AGE_AT_MOST', years: 55, liftedBy: ['national'] },
      NO_CARD_YET,
    ],
  },
  {
    id: 'card.4@2018',
    subject: cardSubject('4'),
    documentNumber: null,
    demo: false,
    ...SINCE_2018,
    conditions: [
      {
        as: 'RECOGNISED',
        any: [
          {
            all: [
              { code: 'DEGREE_AT_LEAST', level: 'doctor' },
              { code: 'IN_POST_AT_LEAST_YEARS', years: 3 },
            ],
          },
          { code: 'RECOGNISED' },
        ],
      },
      { code: 'AGE_AT_MOST', years: 55, liftedBy: ['national', 'provincial'] },
      NO_CARD_YET,
    ],
  },
];
