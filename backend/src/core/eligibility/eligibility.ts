import type { Condition, Eligibility } from '@talent-card/shared/eligibility/schema';
import { type Answer, allOf, anyOf, negation, strongest } from './answer.js';
import { ask } from './questions.js';
import type { EligibilitySnapshot, Rule, RuleSet } from './rule-set.js';

/** The sets in force on a day: old and new regimes stand side by side, the day chooses. */
export function inForce(ruleSets: readonly RuleSet[], day: string): RuleSet[] {
  return ruleSets.filter(
    (set) => set.effectiveFrom <= day && (set.effectiveTo === null || day <= set.effectiveTo),
  );
}

/** The answer to a rule as a whole. An `any` that is open or refused shows the reason of its first such part. */
function answer(rule: Rule, snapshot: EligibilitySnapshot, day: string): Answer {
  if ('all' in rule || 'any' in rule) {
    const parts = ('all' in rule ? rule.all : rule.any).map((part) => answer(part, snapshot, day));
    const outcomes = parts.map((part) => part.outcome);
    const outcome = 'all' in rule ? allOf(outcomes) : anyOf(outcomes);
    const deciding = parts.filter((part) => part.outcome === outcome);
    // A group without parts is a mistake in the rule data; checkRuleSet refuses it.
    const nothing: Answer = { outcome, reason: 'RECOGNISED.REVIEW_DECIDES', params: {} };
    return strongest(deciding, nothing);
  }
  if ('not' in rule) {
    const inner = answer(rule.not, snapshot, day);
    return { ...inner, outcome: negation(inner.outcome) };
  }
  return ask(rule, snapshot, day);
}

function conditionsOf(rule: Rule, snapshot: EligibilitySnapshot, day: string): Condition[] {
  if ('all' in rule) return rule.all.flatMap((part) => conditionsOf(part, snapshot, day));
  const code = 'code' in rule ? rule.code : rule.as;
  return [{ code, ...answer(rule, snapshot, day), source: rule.source ?? null }];
}

/** Answers a rule set from a snapshot for one day (Asia/Shanghai). Pure: the same input gives the same answer. */
export function evaluate(snapshot: EligibilitySnapshot, ruleSet: RuleSet, day: string): Eligibility {
  const conditions = ruleSet.conditions.flatMap((rule) => conditionsOf(rule, snapshot, day));
  return {
    outcome: allOf(conditions.map((condition) => condition.outcome)),
    ruleSetId: ruleSet.id,
    documentNumber: ruleSet.documentNumber,
    demo: ruleSet.demo,
    conditions,
  };
}

function emptyGroups(rule: Rule): boolean {
  if ('all' in rule) return rule.all.length === 0 || rule.all.some(emptyGroups);
  if ('any' in rule) return rule.any.length === 0 || rule.any.some(emptyGroups);
  return 'not' in rule && emptyGroups(rule.not);
}

/**
 * What is wrong with rule data, each problem a line: a set that ends before it starts, two sets of one subject in
 * force on one day, a group without parts, an id used twice.
 */
export function problemsOfRuleSets(ruleSets: readonly RuleSet[]): string[] {
  const problems = ruleSets.flatMap((set) => [
    ...(set.effectiveTo !== null && set.effectiveTo < set.effectiveFrom
      ? [`${set.id} ends before it starts`]
      : []),
    ...(set.conditions.length === 0 || set.conditions.some(emptyGroups)
      ? [`${set.id} has an empty group`]
      : []),
  ]);
  ruleSets.forEach((set, i) => {
    for (const other of ruleSets.slice(i + 1)) {
      if (other.id === set.id) problems.push(`${set.id} is used twice`);
      const overlap =
        other.subject === set.subject &&
        (other.effectiveTo === null || set.effectiveFrom <= other.effectiveTo) &&
        (set.effectiveTo === null || other.effectiveFrom <= set.effectiveTo);
      if (overlap) problems.push(`${set.id} and ${other.id} are in force on the same day`);
    }
  });
  return problems;
}
