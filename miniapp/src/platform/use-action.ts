import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';

export interface Action<I, O> {
  /** Runs it; while one run is under way another does nothing. Resolves to null when it failed: see `error`. */
  run: (input: I) => Promise<O | null>;
  pending: boolean;
  /** What the run under way was given. */
  input: I | undefined;
  error: unknown;
  reset: () => void;
}

/** Something done on a tap: once for two taps, with its progress and its failure to show. Never retried by itself. */
export function useAction<I, O>(work: (input: I) => Promise<O>): Action<I, O> {
  // Two taps may come before the first is drawn, so that the pending state alone would let both through.
  const busy = useRef(false);
  const mutation = useMutation({ mutationFn: work, retry: false, networkMode: 'always' });
  return {
    run: async (input) => {
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
    input: mutation.isPending ? mutation.variables : undefined,
    error: mutation.error,
    reset: mutation.reset,
  };
}
