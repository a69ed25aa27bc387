import { CITY_ZONE } from '@talent-card/shared/accounts/districts';
import type { ChannelGroup } from '@talent-card/shared/channels/channel-groups';
import type { ChannelSummary } from '@talent-card/shared/channels/schema';
import { create } from 'zustand';

export interface HallFilter {
  query: string;
  group: ChannelGroup | null;
  zone: string | null;
}
export const EVERYTHING: HallFilter = { query: '', group: null, zone: null };

/** What is looked for. It outlives the page: a tab is switched to without parameters, and one comes back to it. */
export const useHall = create<HallFilter>(() => EVERYTHING);

/** Whether a channel is offered in a zone: its own zones, or all of them. */
function servesZone(channel: ChannelSummary, zone: string): boolean {
  const { zoneCodes } = channel;
  return zoneCodes.length === 0 || zoneCodes.some((code) => code === zone || code === CITY_ZONE);
}

/** Each word has to be found; what is typed as one word of pinyin may be parted in the index, and the other way round. */
function matches(channel: ChannelSummary, query: string): boolean {
  const typed = query.trim().toLowerCase();
  if (typed === '') return true;
  const index = channel.search.toLowerCase();
  const words = typed.split(/\s+/);
  return words.every((word) => index.includes(word)) || index.replace(/\s+/g, '').includes(words.join(''));
}

/** The channels that fit, in the city's order. */
export function findChannels(
  channels: readonly ChannelSummary[],
  { query, group, zone }: HallFilter,
): ChannelSummary[] {
  return channels
    .filter((channel) => (group === null || channel.group === group) && (!zone || servesZone(channel, zone)))
    .filter((channel) => matches(channel, query))
    .sort((a, b) => a.number - b.number);
}

/** Groups that have a channel, in the order in which their first one is counted. */
export function groupsOf(channels: readonly ChannelSummary[]): ChannelGroup[] {
  const sorted = [...channels].sort((a, b) => a.number - b.number);
  return [...new Set(sorted.map(({ group }) => group))];
}
