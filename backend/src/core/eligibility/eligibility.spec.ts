import type { FactSource } from '@talent-card/shared/people/schema';
import { yearsAfter } from './days.js';
import { evaluate, inForce, problemsOfRuleSets } from './eligibility.js';
import type {
  ConditionQuestion,
  EligibilitySnapshot,
  HeldCard,
  KnownFact,
  Rule,
  RuleSet,
} from './rule-set.js';

const DAY = '2026-11-24';

const fact = (kind: string, value: Record<string, unknown>, source: FactSource = 'roster'): KnownFact => ({
  kind,
  value,
  source,
});
const job = (more: Record<string, unknown> = {}) => ({
  employer: '威海港集团',
  creditCode: null,
  zoneCode: '371002',
  position: '工程师',
  since: '2020-03-01',
  until: null,
  ...more,
});
const snapshot = (more: Partial<EligibilitySnapshot> = {}): EligibilitySnapshot => ({
  birthDate: '1980-05-06',
  facts: [],
  validCards: [],
  ...more,
});
const ruleSet = (conditions: Rule[], more: Partial<RuleSet> = {}): RuleSet => ({
  id: 'set',
  subject: 'test',
  documentNumber: null,
  issuer: null,
  effectiveFrom: '2018-01-01',
  effectiveTo: null,
  demo: true,
  conditions,
  ...more,
});
const askOne = (question: ConditionQuestion, known: EligibilitySnapshot, day = DAY) => {
  const [condition] = evaluate(known, ruleSet([question]), day).conditions;
  return [condition?.outcome, condition?.reason];
};

const held = (more: Partial<HeldCard> = {}): HeldCard => ({
  kind: 'talent',
  status: 'active',
  cardClass: 'A',
  validFrom: '2026-01-01',
  validUntil: DAY,
  ...more,
});

describe('a single question', () => {
  const programme = { name: '英才计划', level: 'municipal', year: 2020, documentNumber: null };
  const degree = (level: string) => ({ level, school: '山东大学', field: '船舶', graduatedOn: '2008-07-01' });
  const entry = (validUntil: string | null) => ({
    entryId: '01KAS0000000000000000000AA',
    category: '1',
    validUntil,
  });

  const cases: [string, ConditionQuestion, Partial<EligibilitySnapshot>, string, string][] = [
    ['job known', { code: 'WORKS_IN_WEIHAI' }, { facts: [fact('employment', job())] }, 'met', 'EMPLOYED'],
    [
      'own word',
      { code: 'WORKS_IN_WEIHAI' },
      { facts: [fact('employment', job(), 'self')] },
      'unknown',
      'SELF_DECLARED',
    ],
    [
      'ended yesterday',
      { code: 'WORKS_IN_WEIHAI' },
      { facts: [fact('employment', job({ until: '2026-11-23' }))] },
      'unknown',
      'ENDED',
    ],
    [
      'ends today',
      { code: 'WORKS_IN_WEIHAI' },
      { facts: [fact('employment', job({ until: DAY }))] },
      'met',
      'EMPLOYED',
    ],
    [
      'starts tomorrow',
      { code: 'WORKS_IN_WEIHAI' },
      { facts: [fact('employment', job({ since: '2026-11-25' }))] },
      'unknown',
      'NOT_KNOWN',
    ],
    ['nothing known', { code: 'WORKS_IN_WEIHAI' }, {}, 'unknown', 'NOT_KNOWN'],
    [
      'card held',
      { code: 'HOLDS_PROVINCIAL_CARD' },
      { facts: [fact('provincial-card', { number: 'H1', validUntil: DAY })] },
      'met',
      'HELD',
    ],
    [
      'card over',
      { code: 'HOLDS_PROVINCIAL_CARD' },
      { facts: [fact('provincial-card', { number: 'H1', validUntil: '2026-11-23' })] },
      'unmet',
      'EXPIRED',
    ],
    [
      'card claimed',
      { code: 'HOLDS_PROVINCIAL_CARD' },
      { facts: [fact('provincial-card', { number: 'H1', validUntil: null }, 'self')] },
      'unknown',
      'SELF_DECLARED',
    ],
    [
      'chosen',
      { code: 'IN_PROGRAMME', levels: ['municipal'] },
      { facts: [fact('programme', programme)] },
      'met',
      'CHOSEN',
    ],
    [
      'other level',
      { code: 'IN_PROGRAMME', levels: ['national'] },
      { facts: [fact('programme', programme)] },
      'unknown',
      'NOT_KNOWN',
    ],
    [
      'listed',
      { code: 'IN_ROSTER', categories: ['1'] },
      { facts: [fact('roster-entry', entry(null))] },
      'met',
      'LISTED',
    ],
    [
      'listing over',
      { code: 'IN_ROSTER', categories: ['1'] },
      { facts: [fact('roster-entry', entry('2026-11-23'))] },
      'unmet',
      'EXPIRED',
    ],
    [
      'listed for another',
      { code: 'IN_ROSTER', categories: ['2'] },
      { facts: [fact('roster-entry', entry(null))] },
      'unmet',
      'NOT_LISTED',
    ],
    [
      '55 for one more day',
      { code: 'AGE_AT_MOST', years: 55 },
      { birthDate: '1970-11-25' },
      'met',
      'YOUNG_ENOUGH',
    ],
    ['56 today', { code: 'AGE_AT_MOST', years: 55 }, { birthDate: '1970-11-24' }, 'unmet', 'TOO_OLD'],
    [
      'older but lifted',
      { code: 'AGE_AT_MOST', years: 55, liftedBy: ['municipal'] },
      { birthDate: '1960-01-01', facts: [fact('programme', programme)] },
      'met',
      'LIFTED_BY_PROGRAMME',
    ],
    [
      'older, programme only claimed',
      { code: 'AGE_AT_MOST', years: 55, liftedBy: ['municipal'] },
      { birthDate: '1960-01-01', facts: [fact('programme', programme, 'self')] },
      'unmet',
      'TOO_OLD',
    ],
    [
      'age not known',
      { code: 'AGE_AT_MOST', years: 55 },
      { birthDate: null },
      'unknown',
      'BIRTH_DATE_NOT_KNOWN',
    ],
    [
      'higher degree',
      { code: 'DEGREE_AT_LEAST', level: 'master' },
      { facts: [fact('degree', degree('doctor'))] },
      'met',
      'HELD',
    ],
    [
      'lower degree',
      { code: 'DEGREE_AT_LEAST', level: 'doctor' },
      { facts: [fact('degree', degree('master'))] },
      'unknown',
      'ONLY_LOWER_KNOWN',
    ],
    [
      'three years today',
      { code: 'IN_POST_AT_LEAST_YEARS', years: 3 },
      { facts: [fact('employment', job({ since: '2023-11-24' }))] },
      'met',
      'LONG_ENOUGH',
    ],
    [
      'three years tomorrow',
      { code: 'IN_POST_AT_LEAST_YEARS', years: 3 },
      { facts: [fact('employment', job({ since: '2023-11-25' }))] },
      'unmet',
      'TOO_SHORT',
    ],
    ['no card', { code: 'NO_VALID_CARD', kind: 'talent' }, {}, 'met', 'NONE'],
    [
      'a card of the other kind',
      { code: 'NO_VALID_CARD', kind: 'talent' },
      { validCards: [{ kind: 'youth', validUntil: '2027-01-01' }] },
      'met',
      'NONE',
    ],
    [
      'a card until today',
      { code: 'NO_VALID_CARD', kind: 'talent' },
      { validCards: [{ kind: 'talent', validUntil: DAY }] },
      'unmet',
      'HELD',
    ],
    [
      'a card until yesterday',
      { code: 'NO_VALID_CARD', kind: 'talent' },
      { validCards: [{ kind: 'talent', validUntil: '2026-11-23' }] },
      'met',
      'NONE',
    ],
    [
      'nobody has looked',
      { code: 'NO_VALID_CARD', kind: 'talent' },
      { validCards: null },
      'unknown',
      'NOT_CHECKED',
    ],
    ['a card that works', { code: 'HOLDS_CARD', kinds: ['talent'] }, { heldCards: [held()] }, 'met', 'HELD'],
    [
      'a suspended card beside one that works',
      { code: 'HOLDS_CARD', kinds: ['talent', 'youth'] },
      { heldCards: [held({ status: 'suspended' }), held({ kind: 'youth' })] },
      'met',
      'HELD',
    ],
    [
      'a suspended card',
      { code: 'HOLDS_CARD', kinds: ['talent'] },
      { heldCards: [held({ status: 'suspended' })] },
      'unmet',
      'SUSPENDED',
    ],
    [
      'a lost card',
      { code: 'HOLDS_CARD', kinds: ['talent'] },
      { heldCards: [held({ status: 'lost' })] },
      'unmet',
      'LOST',
    ],
    [
      'a card from tomorrow on',
      { code: 'HOLDS_CARD', kinds: ['talent'] },
      { heldCards: [held({ validFrom: '2026-11-25' })] },
      'unmet',
      'NONE',
    ],
    ['nobody has looked for cards', { code: 'HOLDS_CARD', kinds: ['talent'] }, {}, 'unknown', 'NOT_CHECKED'],
    [
      'a class that is served',
      { code: 'CARD_CLASS_SERVED', served: [{ kind: 'talent', cardClass: 'A' }], from: null },
      { heldCards: [held()] },
      'met',
      'SERVED',
    ],
    [
      'every class of the kind',
      { code: 'CARD_CLASS_SERVED', served: [{ kind: 'talent', cardClass: null }], from: null },
      { heldCards: [held({ cardClass: null })] },
      'met',
      'SERVED',
    ],
    [
      'another class',
      { code: 'CARD_CLASS_SERVED', served: [{ kind: 'talent', cardClass: 'B' }], from: null },
      { heldCards: [held()] },
      'unmet',
      'OTHER_CLASS',
    ],
    [
      'nothing today',
      { code: 'CARD_CLASS_SERVED', served: [], from: '2027-01-01' },
      { heldCards: [held()] },
      'unmet',
      'NOT_TODAY',
    ],
    ['from abroad', { code: 'IS_FOREIGNER' }, { foreigner: true }, 'met', 'YES'],
    ['from China', { code: 'IS_FOREIGNER' }, { foreigner: false }, 'unmet', 'NO'],
    ['left to reviewers', { code: 'RECOGNISED' }, {}, 'unknown', 'REVIEW_DECIDES'],
  ];
  it.each(cases)('%s', (_, question, known, outcome, reason) => {
    expect(askOne(question, snapshot(known))).toEqual([outcome, `${question.code}.${reason}`]);
  });

  it('prefers what is checked over what is claimed, whatever their order', () => {
    const facts = [
      fact('employment', job({ employer: '甲' }), 'self'),
      fact('employment', job({ employer: '乙' })),
    ];
    for (const order of [facts, [...facts].reverse()]) {
      const { conditions } = evaluate(
        snapshot({ facts: order }),
        ruleSet([{ code: 'WORKS_IN_WEIHAI' }]),
        DAY,
      );
      expect(conditions[0]).toMatchObject({ outcome: 'met', params: { employer: '乙' } });
    }
  });

  it('takes a fact of the wrong shape for nothing', () => {
    const known = snapshot({ facts: [fact('employment', { employer: 1 })] });
    expect(askOne({ code: 'WORKS_IN_WEIHAI' }, known)[1]).toBe('WORKS_IN_WEIHAI.NOT_KNOWN');
  });

  it('says on which day enough years have passed', () => {
    expect(yearsAfter('2024-02-29', 3)).toBe('2027-03-01');
    expect(yearsAfter('2024-02-29', 4)).toBe('2028-02-29');
    expect(yearsAfter('2023-11-25', 3)).toBe('2026-11-25');
  });
});

describe('rules together', () => {
  const MET: Rule = { code: 'NO_VALID_CARD', kind: 'talent' };
  const UNMET: Rule = { code: 'IN_ROSTER', categories: ['9'] };
  const OPEN: Rule = { code: 'RECOGNISED' };
  const outcomeOf = (rule: Rule) => evaluate(snapshot(), ruleSet([rule]), DAY).outcome;

  it.each<[Rule[], string, string]>([
    [[MET, MET], 'met', 'met'],
    [[MET, UNMET], 'unmet', 'met'],
    [[MET, OPEN], 'unknown', 'met'],
    [[UNMET, OPEN], 'unmet', 'unknown'],
    [[UNMET, UNMET], 'unmet', 'unmet'],
    [[OPEN, OPEN], 'unknown', 'unknown'],
  ])('joins %#', (rules, all, any) => {
    expect(outcomeOf({ all: rules })).toBe(all);
    expect(outcomeOf({ all: [...rules].reverse() })).toBe(all);
    expect(outcomeOf({ any: rules, as: 'RECOGNISED' })).toBe(any);
    expect(outcomeOf({ any: [...rules].reverse(), as: 'RECOGNISED' })).toBe(any);
  });

  it('negates what is known and leaves open what is not', () => {
    expect(outcomeOf({ not: MET, as: 'NO_VALID_CARD' })).toBe('unmet');
    expect(outcomeOf({ not: UNMET, as: 'IN_ROSTER' })).toBe('met');
    expect(outcomeOf({ not: OPEN, as: 'RECOGNISED' })).toBe('unknown');
  });

  it('shows one condition for a choice, with the reason of what decided it', () => {
    const rule: Rule = {
      any: [{ code: 'HOLDS_PROVINCIAL_CARD' }, { code: 'IN_ROSTER', categories: ['1'] }],
      as: 'HOLDS_PROVINCIAL_CARD',
      source: '第三条',
    };
    expect(evaluate(snapshot(), ruleSet([rule]), DAY).conditions).toEqual([
      {
        code: 'HOLDS_PROVINCIAL_CARD',
        outcome: 'unknown',
        reason: 'HOLDS_PROVINCIAL_CARD.NOT_KNOWN',
        params: {},
        source: '第三条',
      },
    ]);
  });
});

describe('regimes', () => {
  const before = ruleSet([{ code: 'RECOGNISED' }], { id: 'old', effectiveTo: '2022-12-31' });
  const after = ruleSet([{ code: 'RECOGNISED' }], { id: 'new', effectiveFrom: '2023-01-01' });

  it.each([
    ['2017-12-31', []],
    ['2018-01-01', ['old']],
    ['2022-12-31', ['old']],
    ['2023-01-01', ['new']],
    ['2030-01-01', ['new']],
  ])('on %s', (day, ids) => {
    expect(inForce([before, after], day).map((set) => set.id)).toEqual(ids);
  });

  it('finds mistakes in rule data', () => {
    expect(problemsOfRuleSets([before, after])).toEqual([]);
    expect(
      problemsOfRuleSets([
        { ...before, effectiveTo: '2017-01-01' },
        { ...after, id: 'old', conditions: [{ all: [] }] },
        { ...after, id: 'third' },
      ]),
    ).toEqual([
      'old ends before it starts',
      'old has an empty group',
      'old is used twice',
      'old and third are in force on the same day',
    ]);
  });
});
