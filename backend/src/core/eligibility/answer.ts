import type { ConditionReason } from '@talent-card/shared/eligibility/codes';
import type { Outcome } from '@talent-card/shared/eligibility/schema';

/** What one question was answered with. */
export interface Answer {
  readonly outcome: Outcome;
  readonly reason: ConditionReason;
  readonly params: Record<string, string | number>;
}

export const met = (reason: ConditionReason, params: Answer['params'] = {}): Answer => ({
  outcome: 'met',
  reason,
  params,
});
export const unmet = (reason: ConditionReason, params: Answer['params'] = {}): Answer => ({
  outcome: 'unmet',
  reason,
  params,
});
export const unknown = (reason: ConditionReason, params: Answer['params'] = {}): Answer => ({
  outcome: 'unknown',
  reason,
  params,
});

/** Strongest first. What is known outweighs what is not, so that one more fact never takes an answer away. */
const STRENGTH: readonly Outcome[] = ['met', 'unmet', 'unknown'];

/** The strongest of several answers; among equals the first. */
export function strongest(answers: readonly Answer[], otherwise: Answer): Answer {
  for (const outcome of STRENGTH) {
    const found = answers.find((answer) => answer.outcome === outcome);
    if (found) return found;
  }
  return otherwise;
}

/** Kleene's conjunction: one `unmet` decides, else one `unknown` leaves it open. Nothing at all is met. */
export function allOf(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('unmet')) return 'unmet';
  return outcomes.includes('unknown') ? 'unknown' : 'met';
}

/** Kleene's disjunction: one `met` decides, else one `unknown` leaves it open. Nothing at all is unmet. */
export function anyOf(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('met')) return 'met';
  return outcomes.includes('unknown') ? 'unknown' : 'unmet';
}

export function negation(outcome: Outcome): Outcome {
  if (outcome === 'unknown') return 'unknown';
  return outcome === 'met' ? 'unmet' : 'met';
}
