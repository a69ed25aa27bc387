import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/**
 * Filters of a list, kept in the address: a link shows the same rows, and the back button undoes a choice.
 * `undefined` or an empty text takes a filter out.
 */
export function useFilters<const K extends string>(
  names: readonly K[],
): {
  filters: Partial<Record<K, string>>;
  setFilters: (patch: Partial<Record<K, string | undefined>>) => void;
  clear: () => void;
  anySet: boolean;
} {
  const [search, setSearch] = useSearchParams();
  const key = names.join();
  const filters = useMemo(() => {
    const found: Partial<Record<string, string>> = {};
    for (const name of key.split(',')) {
      const value = search.get(name);
      if (value) found[name] = value;
    }
    return found as Partial<Record<K, string>>;
  }, [search, key]);
  const setFilters = useCallback(
    (patch: Partial<Record<K, string | undefined>>) => {
      setSearch((old) => {
        const next = new URLSearchParams(old);
        for (const [name, value] of Object.entries(patch) as [string, string | undefined][]) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      });
    },
    [setSearch],
  );
  const clear = useCallback(() => {
    setSearch((old) => {
      const next = new URLSearchParams(old);
      for (const name of key.split(',')) next.delete(name);
      return next;
    });
  }, [setSearch, key]);
  return { filters, setFilters, clear, anySet: Object.keys(filters).length > 0 };
}

/** A text from the address as one of the values that the contract knows, else nothing: links may be old or typed. */
export function oneOf<const T extends string>(values: readonly T[], text: string | undefined): T | undefined {
  return values.find((value) => value === text);
}
