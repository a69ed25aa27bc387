import { useState } from 'react';
import { DRAFT_PREFIX } from '@/platform/drafts';
import { readStored, writeStored } from '@/platform/storage';
import { useMe } from '@/services/account';

/**
 * Something typed and not handed in, kept on the phone at each key stroke for the person who typed it, so that a call
 * in between, or a mini-program that WeChat ends, loses nothing. `forget` once it has been handed in.
 */
export function useTypedDraft<T>(name: string, empty: T): [T, (value: T) => void, () => void] {
  const personId = useMe().data?.person?.personId ?? '';
  const key = `${DRAFT_PREFIX}typed:${personId}:${name}`;
  const [value, setValue] = useState<T>(() => readStored<T>(key) ?? empty);
  return [
    value,
    (next) => {
      writeStored(key, next);
      setValue(next);
    },
    () => writeStored(key, null),
  ];
}
