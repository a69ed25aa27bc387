import { CARD_CATEGORIES, type CardCategory } from '@talent-card/shared/cards/categories';
import type { FactSource } from '@talent-card/shared/people/schema';
import { evaluate, inForce, problemsOfRuleSets } from '../../../core/eligibility/eligibility.js';
import type { KnownFact } from '../../../core/eligibility/rule-set.js';
import {
  checkFields,
  type DraftForm,
  documentsFor,
  missingConditions,
  missingDocuments,
  missingFields,
  ownWord,
  proposeCategory,
  withoutReplacedCards,
} from './application.rules.js';
import { CARD_RULE_SETS, cardSubject } from './card-rule-sets.js';

const TODAY = '2026-11-24';
const FORM: DraftForm = {
  category: '1',
  zoneCode: '371002',
  employer: '威海港集团',
  position: '工程师',
  employedSince: '2020-03-01',
  mobile: '13800000000',
};
const fact = (kind: string, value: Record<string, unknown>, source: FactSource = 'roster'): KnownFact => ({
  kind,
  value,
  source,
});

describe('the category proposed', () => {
  const card = fact('provincial-card', { number: 'H1', validUntil: null });
  const programme = fact('programme', { name: '计划', level: 'municipal', year: null, documentNumber: null });
  it.each<[string, DraftForm, CardCategory[], KnownFact[], CardCategory | null]>([
    ['nothing known', {}, [], [], null],
    ['listed', {}, ['2'], [card], '2'],
    ['listed twice, own choice among them', { category: '2' }, ['1', '2'], [], '2'],
    ['listed, another chosen', { category: '3' }, ['2', '1'], [], '1'],
    ['only chosen', { category: '4' }, [], [card], '4'],
    ['a provincial card known', {}, [], [programme, card], '1'],
    ['a programme known', {}, [], [programme], '2'],
  ])('%s', (_, form, listedAs, facts, expected) => {
    expect(proposeCategory(form, listedAs, facts)).toBe(expected);
  });
});

describe('what is missing', () => {
  it.each<[string, DraftForm, CardCategory | null, boolean, string[]]>([
    ['a full form', { ...FORM, provincialCardNumber: 'H1' }, '1', false, []],
    ['no card number', FORM, '1', false, ['provincialCardNumber']],
    ['no card number, but listed', FORM, '1', true, []],
    ['no programme', { ...FORM, category: '2' }, '2', false, ['programme']],
    ['an empty employer', { ...FORM, employer: '' }, '3', false, ['employer']],
    [
      'nothing at all',
      {},
      null,
      false,
      ['category', 'zoneCode', 'employer', 'position', 'employedSince', 'mobile'],
    ],
  ])('%s', (_, form, category, listed, expected) => {
    expect(missingFields(form, category, listed)).toEqual(expected);
  });

  it('counts required documents, never paper', () => {
    expect(missingDocuments(documentsFor('3', false), [{ documentType: 'programme-notice' }])).toEqual([
      'employment-contract',
    ]);
    expect(missingDocuments(documentsFor('3', true), [])).toEqual([]);
  });

  it.each(CARD_CATEGORIES)(
    'category %s asks for at least one document, on paper when classified',
    (category) => {
      expect(documentsFor(category, false).some((slot) => slot.required && !slot.offline)).toBe(true);
      expect(documentsFor(category, true).every((slot) => slot.offline)).toBe(true);
    },
  );
});

describe('fields', () => {
  it('are cleaned where they can be', () => {
    const { form, problems } = checkFields({ ...FORM, mobile: '+86 138-0000-0000' }, TODAY);
    expect(form.mobile).toBe('13800000000');
    expect(problems).toEqual([]);
  });

  it.each<[DraftForm, string, string]>([
    [{ mobile: '10000' }, 'form.mobile', 'MOBILE_FORMAT'],
    [{ creditCode: '91371000' }, 'form.creditCode', 'CREDIT_CODE_LENGTH'],
    [{ employedSince: '2026-11-25' }, 'form.employedSince', 'DATE_IN_FUTURE'],
  ])('%j', (wrong, path, code) => {
    expect(checkFields({ ...FORM, ...wrong }, TODAY).problems).toEqual([{ path, code }]);
  });

  it('may name today as the first day', () => {
    expect(checkFields({ ...FORM, employedSince: TODAY }, TODAY).problems).toEqual([]);
  });
});

describe('the rules of the four categories', () => {
  const evaluateFor = (
    category: CardCategory,
    facts: KnownFact[],
    birthDate: string | null = '1980-01-01',
  ) => {
    const [ruleSet] = inForce(CARD_RULE_SETS, TODAY).filter((set) => set.subject === cardSubject(category));
    if (!ruleSet) throw new Error('no rules');
    return evaluate({ birthDate, facts, validCards: [] }, ruleSet, TODAY);
  };
  const listed = (category: CardCategory) =>
    fact('roster-entry', { entryId: '01KAS0000000000000000000AA', category, validUntil: null });
  const job = fact(
    'employment',
    {
      employer: '甲',
      creditCode: null,
      zoneCode: '371002',
      position: '乙',
      since: '2020-01-01',
      until: null,
    },
    'social-insurance',
  );
  const doctor = fact(
    'degree',
    { level: 'doctor', school: '丙', field: '丁', graduatedOn: '2010-07-01' },
    'education-registry',
  );

  it('contain no contradiction, and one set for each category is in force', () => {
    expect(problemsOfRuleSets(CARD_RULE_SETS)).toEqual([]);
    for (const category of CARD_CATEGORIES) expect(evaluateFor(category, [])).toBeDefined();
  });

  it.each<[string, CardCategory, KnownFact[], string]>([
    ['1: listed and working here', '1', [listed('1'), job], 'met'],
    ['1: listed for another category', '1', [listed('2'), job], 'unknown'],
    ['1: only their own word', '1', ownWord({ ...FORM, provincialCardNumber: 'H1' }), 'unknown'],
    ['2: listed', '2', [listed('2')], 'met'],
    ['2: nothing known', '2', [], 'unknown'],
    ['3: left to reviewers', '3', [listed('3')], 'unknown'],
    ['4: a doctor in post for three years', '4', [doctor, job], 'met'],
    ['4: left to reviewers', '4', [job], 'unknown'],
  ])('%s', (_, category, facts, outcome) => {
    expect(evaluateFor(category, facts).outcome).toBe(outcome);
  });

  it('stop somebody over 55 in category 4 and say which condition it is', () => {
    const eligibility = evaluateFor('4', [doctor, job], '1970-11-24');
    expect(eligibility.outcome).toBe('unmet');
    expect(missingConditions(eligibility)).toEqual(['AGE_AT_MOST']);
  });

  it('cite the document where it is known', () => {
    expect(evaluateFor('2', []).documentNumber).toBe('威发〔2018〕22号');
  });

  it('look past an old provincial card when a newer one is stated', () => {
    const old = fact('provincial-card', { number: 'H1', validUntil: '2026-01-01' });
    expect(withoutReplacedCards([old], { provincialCardNumber: 'H2' }, TODAY)).toEqual([]);
    expect(withoutReplacedCards([old], { provincialCardNumber: 'H1' }, TODAY)).toEqual([old]);
    expect(withoutReplacedCards([old], {}, TODAY)).toEqual([old]);
  });
});
