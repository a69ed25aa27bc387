import { base64urlEncode } from '@talent-card/shared/card-code/bytes';
import { offlineUseMessage } from '@talent-card/shared/card-code/signed-texts';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import { windowRoutes } from '@talent-card/shared/uses/routes';
import type { OfflineUse, Synced } from '@talent-card/shared/uses/schema';
import { create } from 'zustand';
import { ApiError, isOutcomeUnknown } from '@/platform/api-error';
import { newIdempotencyKey } from '@/platform/idempotency';
import { newId } from '@/platform/ids';
import { call, callAs } from '@/platform/request';
import { keepStored, readStored, writeStored } from '@/platform/storage';
import { countUnsent, onWindowForgotten, UNSENT_KEY, WINDOW_PREFIX } from '@/platform/window-keeping';
import { asClerk, clerkKey, useClerk } from './clerk';
import { take } from './taken';

/** A use that was let in without network: what is sent, and what the clerk recognises it by. */
export interface QueuedUse {
  use: OfflineUse;
  codeId: string;
  maskedName: string;
  cardClass: string | null;
  channel: LocalizedText;
  /** Set where the service refused even to look at it: it stays until somebody has seen to it. */
  rejected?: string;
}
export interface SyncedUse extends Omit<QueuedUse, 'use' | 'codeId' | 'rejected'> {
  clientUseId: string;
  at: string;
  outcome: Synced['items'][number]['outcome'];
  verdict: Synced['items'][number]['verdict'];
  /**
   * The device that was stopped, where its WeChat account handed the use in: nothing of it counts before the office says
   * so. A phone that is enrolled anew is another device.
   */
  handedInBy?: string | null;
}

const RESULTS_KEY = `${WINDOW_PREFIX}results`;
const KEPT_RESULTS = 50;
const BATCH = 100;

interface QueueState {
  unsent: QueuedUse[];
  results: SyncedUse[];
  syncing: boolean;
  /** Why the last sync did not come through; null when it did, or none was tried. */
  failed: unknown;
}
const stored = () => readStored<QueuedUse[]>(UNSENT_KEY) ?? [];
const kept = () => ({ unsent: stored(), results: readStored<SyncedUse[]>(RESULTS_KEY) ?? [], failed: null });
export const useQueue = create<QueueState>(() => ({ ...kept(), syncing: false }));
onWindowForgotten(() => useQueue.setState(kept()));

/** Always from the storage: another tab of a browser may have written meanwhile. */
function change(to: (unsent: QueuedUse[]) => QueuedUse[]): void {
  const unsent = to(stored());
  keepStored(UNSENT_KEY, unsent);
  useQueue.setState({ unsent });
  countUnsent();
}

/**
 * Signs a use and keeps it until the service has taken it. Resolves only when it lies in the phone's storage; throws
 * where it does not, and then nobody may be let in.
 */
export async function queueUse(
  use: Omit<OfflineUse, 'clientUseId' | 'signature'>,
  codeId: string,
  words: Pick<QueuedUse, 'maskedName' | 'cardClass' | 'channel'>,
): Promise<QueuedUse> {
  const { clerk } = useClerk.getState();
  if (!clerk) throw new ApiError('CLERK_DEVICE_REVOKED');
  const key = await clerkKey();
  const unsigned = { ...use, clientUseId: await newId() };
  const signature = base64urlEncode(await key.sign(offlineUseMessage(clerk.deviceId, unsigned)));
  const queued: QueuedUse = { use: { ...unsigned, signature }, codeId, ...words };
  change((unsent) => [...unsent, queued]);
  take(codeId);
  return queued;
}

/** Why this phone is at no window any more: it was stopped, or its clerk has other duties or none. */
const STOPPED = ['CLERK_DEVICE_REVOKED', 'STAFF_DISABLED', 'FORBIDDEN'];
const isStopped = (failure: unknown) => failure instanceof ApiError && STOPPED.includes(failure.code);

interface Answered extends Synced {
  handedInBy: string | null;
}

/** Sends in the name of the clerk; a phone that is stopped hands in what it has signed before, as its WeChat account. */
async function deliver(body: { deviceId: string; uses: OfflineUse[] }): Promise<Answered> {
  // Uses carry ids of their own: a batch that comes twice changes nothing, so that its key need not outlive it.
  try {
    const idempotencyKey = await newIdempotencyKey();
    const synced = await asClerk((token) => callAs(token, windowRoutes.sync, { body, idempotencyKey }));
    return { ...synced, handedInBy: null };
  } catch (failure) {
    if (!isStopped(failure)) throw failure;
    const handed = await call(windowRoutes.handIn, { body, idempotencyKey: await newIdempotencyKey() });
    return { ...handed, handedInBy: body.deviceId };
  }
}

/** What came of a batch: results are kept before the uses leave the queue, so that none is lost between the two. */
function settle(batch: QueuedUse[], { items, handedInBy }: Answered): void {
  const answered = batch.flatMap(({ use, maskedName, cardClass, channel }) => {
    const item = items.find(({ clientUseId }) => clientUseId === use.clientUseId);
    const { clientUseId, at } = use;
    if (!item) return [];
    const { outcome, verdict } = item;
    return [{ clientUseId, at, maskedName, cardClass, channel, outcome, verdict, handedInBy }];
  });
  const known = new Set(answered.map(({ clientUseId }) => clientUseId));
  const before = useQueue.getState().results.filter(({ clientUseId }) => !known.has(clientUseId));
  const results = [...answered.reverse(), ...before].slice(0, KEPT_RESULTS);
  writeStored(RESULTS_KEY, results);
  useQueue.setState({ results });
  change((unsent) => unsent.filter(({ use }) => !known.has(use.clientUseId)));
}

async function send(batch: QueuedUse[]): Promise<void> {
  const { clerk } = useClerk.getState();
  if (!clerk) throw new ApiError('CLERK_DEVICE_REVOKED');
  const body = { deviceId: clerk.deviceId, uses: batch.map(({ use }) => use) };
  try {
    settle(batch, await deliver(body));
  } catch (failure) {
    if (!(failure instanceof ApiError) || isOutcomeUnknown(failure) || failure.code !== 'VALIDATION_FAILED') {
      throw failure;
    }
    // One that the service cannot read must not hold up the others.
    if (batch.length === 1) {
      const id = batch[0]?.use.clientUseId;
      const mark = (one: QueuedUse) =>
        one.use.clientUseId === id ? { ...one, rejected: failure.code } : one;
      change((unsent) => unsent.map(mark));
      return;
    }
    const half = Math.ceil(batch.length / 2);
    await send(batch.slice(0, half));
    await send(batch.slice(half));
  }
}

/** Uses that nobody takes from this phone: another WeChat account enrolled it, or the service cannot read them. */
export function stuckUses({ unsent, failed }: Pick<QueueState, 'unsent' | 'failed'>): QueuedUse[] {
  return isStopped(failed) ? unsent : unsent.filter(({ rejected }) => rejected);
}

/** Takes uses off the phone that somebody else has been told of: otherwise it could never be signed out of. */
export function discard(uses: readonly QueuedUse[]): void {
  const gone = new Set(uses.map(({ use }) => use.clientUseId));
  change((unsent) => unsent.filter(({ use }) => !gone.has(use.clientUseId)));
}

let running: Promise<boolean> | null = null;

/** Sends what waits; resolves to whether all of it was taken. Never throws: what went wrong is in the state. */
export function syncNow(): Promise<boolean> {
  running ??= sendAll().finally(() => {
    running = null;
  });
  return running;
}

async function sendAll(): Promise<boolean> {
  useQueue.setState({ syncing: true });
  try {
    const waiting = stored().filter(({ rejected }) => !rejected);
    for (let from = 0; from < waiting.length; from += BATCH) await send(waiting.slice(from, from + BATCH));
    useQueue.setState({ failed: null });
  } catch (failed) {
    useQueue.setState({ failed });
  }
  useQueue.setState({ syncing: false, unsent: stored() });
  return useQueue.getState().unsent.length === 0;
}
