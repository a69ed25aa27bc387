import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import type { FieldProblem } from '@talent-card/shared/common/schema';

/** An expected outcome that ends a call. Services throw it by its code; they do not know HTTP. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: Record<string, unknown> = {},
  ) {
    super(code);
    this.name = 'DomainError';
  }
}

/** VALIDATION_FAILED with the fields that are wrong. */
export function fieldError(...fields: FieldProblem[]): DomainError {
  return new DomainError('VALIDATION_FAILED', { fields });
}
