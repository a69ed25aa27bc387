import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { isOutcomeUnknown } from './api-error';
import { newIdempotencyKey } from './idempotency';

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
  const busy = useRef(false);
  const mutation = useMutation({
    mutationFn: async (input: I) => {
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
    },
    retry: false,
    networkMode: 'always',
  });
  return {
    submit: async (input) => {
      if (busy.current) return null;
      busy.current = true;
      try {
        return await mutation.mutateAsync(input);
      } catch {
        // The caller reads it from `error`, which the mutation keeps.
        return null;
      } finally {
        busy.current = false;
      }
    },
    pending: mutation.isPending,
    error: mutation.error,
    reset: mutation.reset,
  };
}
