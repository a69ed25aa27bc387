import type { FieldProblemCode } from '../common/error-codes.js';

/** What a validator answers: the cleaned value, or the code of what is wrong with it. */
export type Checked<T> = { ok: true; value: T } | { ok: false; problem: FieldProblemCode };
export const fine = <T>(value: T): Checked<T> => ({ ok: true, value });
export const wrong = (problem: FieldProblemCode): Checked<never> => ({ ok: false, problem });
