import type { FieldProblem } from '@talent-card/shared/common/schema';
import { fieldError } from '../../platform/errors/domain-error.js';
import type { Stretch } from './venue-days.js';

/**
 * Stretches of one day neither end before they begin nor lie across each other.
 * @throws DomainError VALIDATION_FAILED at `path.n.to` and `path.n.from`
 */
export function assertStretches(stretches: readonly (Stretch & { weekday?: number })[], path: string): void {
  const problems = stretches.flatMap((one, i): FieldProblem[] => {
    if (one.from >= one.to) return [{ path: `${path}.${i}.to`, code: 'DATE_ORDER' }];
    const across = stretches.some(
      (other, j) => j < i && other.weekday === one.weekday && one.from < other.to && other.from < one.to,
    );
    return across ? [{ path: `${path}.${i}.from`, code: 'NOT_ALLOWED' }] : [];
  });
  if (problems.length > 0) throw fieldError(...problems);
}
