import { channelRoutes } from '@talent-card/shared/channels/routes';
import type { Channel, ChannelSummary, Entitlement } from '@talent-card/shared/channels/schema';
import { useQuery } from '@tanstack/react-query';
import { call } from '@/platform/request';
import { readStored, writeStored } from '@/platform/storage';
import { useMe } from './account';

export const CHANNELS_KEY = ['channels'] as const;
export const ENTITLEMENTS_KEY = ['entitlements'] as const;
const KEPT_LIST = 'channels';
const KEPT_RECENT = 'channels-recent';
const MOST_RECENT = 4;

/** Every published channel. The list of last time stands in until the answer comes, so that a slow network shows it. */
export function useChannels() {
  return useQuery<ChannelSummary[]>({
    queryKey: CHANNELS_KEY,
    queryFn: async ({ signal }) => {
      const { items } = await call(channelRoutes.list, { signal });
      writeStored(KEPT_LIST, items);
      return items;
    },
    initialData: () => readStored<ChannelSummary[]>(KEPT_LIST) ?? undefined,
    initialDataUpdatedAt: 0,
  });
}

export function useChannel(channelId: string) {
  return useQuery<Channel>({
    queryKey: [...CHANNELS_KEY, channelId],
    queryFn: ({ signal }) => call(channelRoutes.one, { params: { channelId }, signal }),
  });
}

/** What every channel holds for the caller; nothing is asked for before the real name is proved. */
export function useEntitlements() {
  const me = useMe();
  return useQuery<Entitlement[]>({
    queryKey: ENTITLEMENTS_KEY,
    queryFn: async ({ signal }) => (await call(channelRoutes.mine, { signal })).items,
    enabled: Boolean(me.data?.person),
  });
}

export function useEntitlement(channelId: string) {
  const me = useMe();
  return useQuery<Entitlement>({
    queryKey: [...ENTITLEMENTS_KEY, channelId],
    queryFn: ({ signal }) => call(channelRoutes.mineOf, { params: { channelId }, signal }),
    enabled: Boolean(me.data?.person),
  });
}

/** Channels looked at last on this phone, newest first. */
export const recentChannels = (): string[] => readStored<string[]>(KEPT_RECENT) ?? [];

export function rememberChannel(channelId: string): void {
  const others = recentChannels().filter((id) => id !== channelId);
  writeStored(KEPT_RECENT, [channelId, ...others].slice(0, MOST_RECENT));
}
