import { FIELD_PROBLEMS, type FieldProblemCode } from '@talent-card/shared/common/error-codes';
import type { FieldProblem } from '@talent-card/shared/common/schema';
import type { core } from 'zod';
import * as z from 'zod';

const KNOWN = new Set<string>(FIELD_PROBLEMS);

/**
 * A finished issue does not tell what was given, so a field left out looks like one that is wrong. Here, where the
 * value can still be seen, what is absent gets its own message; every other message stays zod's.
 */
z.config({
  customError: ({ code, input }) =>
    (code === 'invalid_type' || code === 'invalid_value') && (input === undefined || input === null)
      ? ('REQUIRED' satisfies FieldProblemCode)
      : undefined,
});

function problemOf(issue: core.$ZodIssue): {
  code: FieldProblemCode;
  params?: Record<string, string | number>;
} {
  if (KNOWN.has(issue.message)) return { code: issue.message as FieldProblemCode };
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'FORMAT' };
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return { code: 'REQUIRED' };
      return {
        code: issue.origin === 'string' ? 'TOO_SHORT' : 'TOO_SMALL',
        params: { min: Number(issue.minimum) },
      };
    case 'too_big':
      return {
        code: issue.origin === 'string' ? 'TOO_LONG' : 'TOO_BIG',
        params: { max: Number(issue.maximum) },
      };
    case 'invalid_value':
      return { code: 'NOT_ALLOWED' };
    case 'invalid_format':
      return { code: issue.format === 'date' || issue.format === 'datetime' ? 'DATE_INVALID' : 'FORMAT' };
    default:
      return { code: 'FORMAT' };
  }
}

/** Zod's issues as problems of single fields that a client can word. */
export function fieldProblems(issues: readonly core.$ZodIssue[]): FieldProblem[] {
  return issues.flatMap((issue): FieldProblem[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...path, key].join('.'), code: 'UNKNOWN_FIELD' }));
    }
    return [{ path: path.join('.'), ...problemOf(issue) }];
  });
}
