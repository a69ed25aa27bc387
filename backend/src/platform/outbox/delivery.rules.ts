import { NotDelivered } from './outbox-handlers.js';
import type { OutboxState } from './outbox-message.entity.js';

/** Tries after which a message is given up; with the waits below that is most of a day. */
export const MAX_ATTEMPTS = 12;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 3 * 3_600_000;

/** Wait before the next try: doubling, with up to a quarter more, so that what failed together does not return together. */
export function waitAfter(attempts: number, jitter: number): number {
  return Math.round(Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS) * (1 + jitter / 4));
}

/** How one try went. `uncertain`: the handler broke off, or its process did, somewhere on the way. */
export type TryOutcome = 'delivered' | 'not-delivered' | 'uncertain';

export function outcomeOf(error: unknown): TryOutcome {
  return error instanceof NotDelivered ? 'not-delivered' : 'uncertain';
}

/** The state after a try. Nothing that may have reached the outside is sent again, unless again does no harm. */
export function stateAfter(outcome: TryOutcome, idempotent: boolean, attempts: number): OutboxState {
  if (outcome === 'delivered') return 'sent';
  if (outcome === 'uncertain' && !idempotent) return 'unknown';
  return attempts < MAX_ATTEMPTS ? 'pending' : 'failed';
}
