import { serverNow } from '@/platform/server-time';
import { readStored, writeStored } from '@/platform/storage';
import { UNSENT_KEY, WINDOW_PREFIX } from '@/platform/window-keeping';

/** Codes that this phone has let in. A code is good for minutes; they are kept for as long as a kit is. */
const TAKEN_KEY = `${WINDOW_PREFIX}taken`;
const KEEP_MS = 12 * 3_600_000;

type Taken = [codeId: string, at: number];

const recent = (): Taken[] => {
  const from = serverNow().getTime() - KEEP_MS;
  return (readStored<Taken[]>(TAKEN_KEY) ?? []).filter(([, at]) => at > from);
};

/** What waits to be sent counts by itself, should the phone have had no room for the second note. */
export function isTaken(codeId: string): boolean {
  const waiting = readStored<{ codeId: string }[]>(UNSENT_KEY) ?? [];
  return waiting.some((one) => one.codeId === codeId) || recent().some(([taken]) => taken === codeId);
}

export function take(codeId: string): void {
  writeStored(TAKEN_KEY, [...recent(), [codeId, serverNow().getTime()] satisfies Taken]);
}
