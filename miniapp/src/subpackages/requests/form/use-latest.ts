import { useRef } from 'react';

/** A value as it was last drawn, or as it was changed since: for what ends later than the drawing it began in. */
export function useLatest<T>(value: T): { current: T } {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}
