import type { IssuerTrust } from '@talent-card/shared/card-code/issuer-keys';
import {
  mayReplaceList,
  type OpenStatusList,
  openStatusList,
} from '@talent-card/shared/card-code/status-list';
import type { OfflineChecks } from '@talent-card/shared/card-code/verify';
import { windowRoutes } from '@talent-card/shared/uses/routes';
import type { WindowKit } from '@talent-card/shared/uses/schema';
import { create } from 'zustand';
import { clock } from '@/platform/clock';
import { verifySignature } from '@/platform/ed25519';
import { callAs } from '@/platform/request';
import { learnServerTime, serverNow } from '@/platform/server-time';
import { readStored, writeStored } from '@/platform/storage';
import { onWindowForgotten, WINDOW_KIT_KEY } from '@/platform/window-keeping';
import { asClerk, assertStillHere, useClerk } from './clerk';
import { isTaken } from './taken';

/** Fetched again behind a scan when it is older, so that twelve hours without network begin late. */
const WORTH_FETCHING_MS = 10 * 60_000;

const kept = () => ({ kit: readStored<WindowKit>(WINDOW_KIT_KEY) });
export const useKit = create<{ kit: WindowKit | null }>(kept);
onWindowForgotten(() => useKit.setState(kept()));

const trustOf = (kit: WindowKit): IssuerTrust => ({ keys: kit.keys.keys, verify: verifySignature });

let opened: { list: string; open: OpenStatusList | null } | null = null;

/** Opened once for each list: its signature and its packing take a moment on a slow phone. */
function openList(kit: WindowKit): OpenStatusList | null {
  const { list } = kit.statusList;
  if (opened?.list !== list) opened = { list, open: openStatusList(list, trustOf(kit)) ?? null };
  return opened.open;
}

/** A list whose signature does not hold, or that is older than the kept one, is not taken over. */
function withNewestList(kept: WindowKit | null, next: WindowKit): WindowKit {
  if (!kept) return next;
  const before = openList(kept);
  const after = openStatusList(next.statusList.list, trustOf(next));
  return after && mayReplaceList(before, after) ? next : { ...next, statusList: kept.statusList };
}

/** Everything that the phone needs to decide alone for twelve hours. */
export async function fetchKit(): Promise<WindowKit> {
  const { clerk } = useClerk.getState();
  const askedAt = clock.now();
  const fetched = await asClerk((token) => callAs(token, windowRoutes.kit, {}));
  assertStillHere(clerk);
  learnServerTime(fetched.serverTime, askedAt);
  const kit = withNewestList(useKit.getState().kit, fetched);
  writeStored(WINDOW_KIT_KEY, kit);
  useKit.setState({ kit });
  return kit;
}

export function isKitWorthFetching(): boolean {
  const { kit } = useKit.getState();
  return !kit || serverNow().getTime() - Date.parse(kit.serverTime) > WORTH_FETCHING_MS;
}

/** What an offline decision is made from; null while no kit was ever fetched. */
export function offlineChecks(venueId: string): OfflineChecks | null {
  const { kit } = useKit.getState();
  if (!kit) return null;
  return {
    kit,
    verify: verifySignature,
    statusList: openList(kit),
    now: serverNow().getTime(),
    venueId,
    isTaken,
  };
}
