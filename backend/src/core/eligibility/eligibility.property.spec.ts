import { CONDITION_REASON_CODES } from '@talent-card/shared/eligibility/codes';
import fc from 'fast-check';
import { evaluate } from './eligibility.js';
import type { EligibilitySnapshot, KnownFact, Rule, RuleSet } from './rule-set.js';

const day = fc
  .integer({ min: 0, max: 9000 })
  .map((n) => new Date(Date.UTC(2012, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
const maybeDay = fc.option(day, { nil: null });
const level = fc.constantFrom('municipal' as const, 'provincial' as const, 'national' as const);
const degree = fc.constantFrom('doctor' as const, 'master' as const, 'bachelor' as const, 'college' as const);
const kind = fc.constantFrom('talent' as const, 'youth' as const);

const source = fc.constantFrom(
  'self' as const,
  'roster' as const,
  'window' as const,
  'social-insurance' as const,
);
const value = fc.oneof(
  fc.record({ since: day, until: maybeDay }).map((dates) => ({
    kind: 'employment',
    value: { employer: '甲', creditCode: null, zoneCode: '371002', position: '乙', ...dates },
  })),
  maybeDay.map((validUntil) => ({ kind: 'provincial-card', value: { number: '1', validUntil } })),
  level.map((l) => ({
    kind: 'programme',
    value: { name: '丙', level: l, year: null, documentNumber: null },
  })),
  fc.tuple(degree, day).map(([l, graduatedOn]) => ({
    kind: 'degree',
    value: { level: l, school: '丁', field: '戊', graduatedOn, doubleFirstClass: false },
  })),
  fc.tuple(fc.constantFrom('1', '2'), maybeDay).map(([category, validUntil]) => ({
    kind: 'roster-entry',
    value: { entryId: '01KAS0000000000000000000AA', category, validUntil },
  })),
);
const fact: fc.Arbitrary<KnownFact> = fc.tuple(value, source).map(([v, s]) => ({ ...v, source: s }));

const question: fc.Arbitrary<Rule> = fc.oneof(
  fc.constant<Rule>({ code: 'WORKS_IN_WEIHAI' }),
  fc.constant<Rule>({ code: 'HOLDS_PROVINCIAL_CARD' }),
  fc.constant<Rule>({ code: 'RECOGNISED' }),
  fc.array(level).map((levels): Rule => ({ code: 'IN_PROGRAMME', levels })),
  fc.constant<Rule>({ code: 'IN_ROSTER', categories: ['1'] }),
  fc
    .tuple(fc.integer({ min: 5, max: 40 }), fc.array(level))
    .map(([years, liftedBy]): Rule => ({ code: 'AGE_AT_MOST', years, liftedBy })),
  degree.map((l): Rule => ({ code: 'DEGREE_AT_LEAST', level: l })),
  fc.integer({ min: 1, max: 9 }).map((years): Rule => ({ code: 'IN_POST_AT_LEAST_YEARS', years })),
  kind.map((k): Rule => ({ code: 'NO_VALID_CARD', kind: k })),
  kind.map((k): Rule => ({ code: 'HOLDS_CARD', kinds: [k] })),
  kind.map((k): Rule => ({ code: 'CARD_CLASS_SERVED', served: [{ kind: k, cardClass: 'A' }], from: null })),
  fc.constant<Rule>({ code: 'IS_FOREIGNER' }),
);
const group = (tie: fc.LetrecTypedTie<{ rule: Rule }>) =>
  fc.array(tie('rule'), { minLength: 1, maxLength: 3 });
const ruleOf = (more: (tie: fc.LetrecTypedTie<{ rule: Rule }>) => fc.Arbitrary<Rule>[]) =>
  fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      question,
      group(tie).map((all): Rule => ({ all })),
      group(tie).map((any): Rule => ({ any, as: 'RECOGNISED' })),
      ...more(tie),
    ),
  })).rule;
const positiveRule = ruleOf(() => []);
const rule = ruleOf((tie) => [tie('rule').map((not): Rule => ({ not, as: 'RECOGNISED' }))]);

const snapshot: fc.Arbitrary<EligibilitySnapshot> = fc.record({
  birthDate: fc.option(day, { nil: null }),
  facts: fc.array(fact, { maxLength: 5 }),
  validCards: fc.option(fc.array(fc.record({ kind, validUntil: day }), { maxLength: 2 }), { nil: null }),
  heldCards: fc.option(
    fc.array(
      fc.record({
        kind,
        status: fc.constantFrom('active', 'suspended', 'lost'),
        cardClass: fc.constantFrom('A', 'B', null),
        validFrom: day,
        validUntil: day,
      }),
      { maxLength: 2 },
    ),
    { nil: null },
  ),
  foreigner: fc.constantFrom(true, false, null),
});
const setOf = (conditions: Rule[]): RuleSet => ({
  id: 'set',
  subject: 'test',
  documentNumber: null,
  issuer: null,
  effectiveFrom: '2000-01-01',
  effectiveTo: null,
  demo: true,
  conditions,
});

describe('any rule', () => {
  const outcomes = (r: Rule, known: EligibilitySnapshot, more: KnownFact, place: number, on: string) => {
    const facts = [...known.facts.slice(0, place), more, ...known.facts.slice(place)];
    return [evaluate(known, setOf([r]), on).outcome, evaluate({ ...known, facts }, setOf([r]), on).outcome];
  };

  it('without negation stays met when one more fact is known', () => {
    fc.assert(
      fc.property(positiveRule, snapshot, fact, day, fc.nat(5), (r, known, more, on, place) => {
        const [before, after] = outcomes(r, known, more, place, on);
        if (before === 'met') expect(after).toBe('met');
      }),
      { numRuns: 1000 },
    );
  });

  it('of a single question, negated too, never loses its answer when one more fact is known', () => {
    const single = fc.oneof(
      question,
      question.map((not): Rule => ({ not, as: 'RECOGNISED' })),
    );
    fc.assert(
      fc.property(single, snapshot, fact, day, fc.nat(5), (r, known, more, on, place) => {
        const [before, after] = outcomes(r, known, more, place, on);
        if (before !== 'unknown') expect(after).not.toBe('unknown');
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of the facts', () => {
    fc.assert(
      fc.property(rule, snapshot, day, (r, known, on) => {
        const turned = { ...known, facts: [...known.facts].reverse() };
        expect(evaluate(turned, setOf([r]), on).outcome).toBe(evaluate(known, setOf([r]), on).outcome);
      }),
    );
  });

  it('answers with reasons that the clients have words for', () => {
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), snapshot, day, (rules, known, on) => {
        for (const condition of evaluate(known, setOf(rules), on).conditions) {
          expect(CONDITION_REASON_CODES).toContain(condition.reason);
        }
      }),
    );
  });
});
