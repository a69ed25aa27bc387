import type { PhoneErrorCode } from '@talent-card/shared/common/error-codes';
import type { FieldProblem } from '@talent-card/shared/common/schema';

/** What can go wrong before the service answers, or where its answer is not one. */
export const CLIENT_ERROR_CODES = [
  'NETWORK_UNREACHABLE',
  'NETWORK_TIMEOUT',
  'ANSWER_UNREADABLE',
  'UNSENT_USES',
] as const;
export type ClientErrorCode = (typeof CLIENT_ERROR_CODES)[number];
export type AnyErrorCode = PhoneErrorCode | ClientErrorCode;

/** A call that did not succeed, by its code. `status` is 0 and `requestId` null when no answer came. */
export class ApiError extends Error {
  constructor(
    readonly code: AnyErrorCode,
    readonly details: Record<string, unknown> = {},
    readonly requestId: string | null = null,
    readonly status = 0,
  ) {
    super(code);
    this.name = 'ApiError';
  }

  /** Wrong fields of a VALIDATION_FAILED, empty for everything else. */
  get fields(): FieldProblem[] {
    return Array.isArray(this.details.fields) ? (this.details.fields as FieldProblem[]) : [];
  }
}

/** Answers given before the work was begun: they say nothing of its outcome and are not kept for its key. */
const NOT_BEGUN: readonly AnyErrorCode[] = ['RATE_LIMITED', 'UNAUTHENTICATED', 'SESSION_EXPIRED'];

/** Whether the service may or may not have done what was asked: the same submission must be repeated with its key. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.status === 0 || error.status >= 500 || NOT_BEGUN.includes(error.code);
}
