import { clock } from './clock';
import { readStored, writeStored } from './storage';

const OFFSET_KEY = 'server-offset';
/** Smaller differences are the network's and not worth a write. */
const WORTH_KEEPING_MS = 500;

/** How far the service's clock is ahead of the phone's, from their last contact; it outlives a restart offline. */
let offsetMs = readStored<number>(OFFSET_KEY) ?? 0;

/** The service's time as far as the phone can know it. Codes and signatures carry this one. */
export function serverNow(): Date {
  return new Date(clock.now().getTime() + offsetMs);
}

export function serverOffsetMs(): number {
  return offsetMs;
}

/**
 * Sets the phone's offset by a time that the service has just told. `askedAt` is the phone's own time when the call
 * went out: the answer was made about half way between.
 */
export function learnServerTime(serverTime: string | number, askedAt: Date): void {
  const told = new Date(serverTime).getTime();
  if (Number.isNaN(told)) return;
  const heard = clock.now().getTime();
  const learnt = Math.round(told - (askedAt.getTime() + heard) / 2);
  if (Math.abs(learnt - offsetMs) < WORTH_KEEPING_MS) return;
  offsetMs = learnt;
  writeStored(OFFSET_KEY, offsetMs);
}

const HALF_A_SECOND_MS = 500;

/** The `Date` header of an answer that no cache can have kept; it has whole seconds. */
export function learnFromHeader(header: Record<string, unknown> | undefined, askedAt: Date): void {
  const name = Object.keys(header ?? {}).find((key) => key.toLowerCase() === 'date');
  const date = name ? header?.[name] : undefined;
  if (typeof date === 'string') learnServerTime(Date.parse(date) + HALF_A_SECOND_MS, askedAt);
}
