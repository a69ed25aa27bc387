import { useEffect, useState } from 'react';

/** `value` once it has rested for `delayMs`. Values count as equal when they read the same as JSON. */
export function useDebounced<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: compared by content
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [text, delayMs]);
  return settled;
}
