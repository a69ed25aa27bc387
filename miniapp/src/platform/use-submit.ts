import { useRef } from 'react';
import { isOutcomeUnknown } from './api-error';
import { newIdempotencyKey } from './idempotency';
import { useAction } from './use-action';

export interface Submit<I, O> {
  /** Sends; a second call while one is under way does nothing. Resolves to null when it failed: see `error`. */
  submit: (input: I) => Promise<O | null>;
  pending: boolean;
  error: unknown;
  reset: () => void;
}

/**
 * A write with its idempotency key. The same input keeps its key until the service has given a definite answer, so
 * that tapping again after a lost connection never does a thing twice; another input, or a new try after an answer,
 * gets a new key.
 */
export function useSubmit<I, O>(send: (input: I, idempotencyKey: string) => Promise<O>): Submit<I, O> {
  const kept = useRef<{ input: string; key: string } | null>(null);
  const action = useAction(async (input: I) => {
    const fingerprint = JSON.stringify(input) ?? '';
    if (kept.current?.input !== fingerprint) {
      kept.current = { input: fingerprint, key: await newIdempotencyKey() };
    }
    try {
      const result = await send(input, kept.current.key);
      kept.current = null;
      return result;
    } catch (failure) {
      if (!isOutcomeUnknown(failure)) kept.current = null;
      throw failure;
    }
  });
  return { submit: action.run, pending: action.pending, error: action.error, reset: action.reset };
}
