import * as z from 'zod';

/** Answer to one condition. `unknown` means that the fact is not known yet, not that it is false. */
export const OUTCOMES = ['met', 'unmet', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * One condition with its reason. The words live in the clients, keyed by `code` and `reason`:
 * `reason` says what is missing and what to do, `params` fills it.
 */
export const conditionSchema = z.object({
  code: z.string().describe('What is asked: WORKS_IN_WEIHAI, AGE_AT_MOST, …'),
  outcome: z.enum(OUTCOMES),
  reason: z.string().describe('Why: AGE_AT_MOST.TOO_OLD, …'),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  source: z.string().nullable().describe('Document number and paragraph'),
});
export type Condition = z.infer<typeof conditionSchema>;

export const eligibilitySchema = z.object({
  outcome: z.enum(OUTCOMES),
  ruleSetId: z.string(),
  documentNumber: z.string().nullable(),
  demo: z.boolean().describe('Not published fact: shown with the 演示数据 mark'),
  conditions: z.array(conditionSchema),
});
export type Eligibility = z.infer<typeof eligibilitySchema>;
