import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import { DomainError } from './domain-error.js';

/** How one of many ended, where one refusal must not end the others: a value, or the refusal as a value. */
export type Outcome<R> =
  | { readonly ok: true; readonly value: R }
  | { readonly ok: false; readonly error: DomainError };

export const done = <R>(value: R): Outcome<R> => ({ ok: true, value });

export const refused = (code: ErrorCode, details: Record<string, unknown> = {}): Outcome<never> => ({
  ok: false,
  error: new DomainError(code, details),
});

/** The value of a single outcome. @throws DomainError the refusal */
export function orThrow<R>(outcome: Outcome<R> | undefined): R {
  if (!outcome) throw new Error('no outcome for an item');
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}
