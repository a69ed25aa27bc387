import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import type { AdminChannel } from '@talent-card/shared/channels/schema';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import type { AdminVenue } from '@talent-card/shared/venues/schema';
import { useMemo } from 'react';
import { useLocalized } from '../i18n/index.js';
import { useRead } from './query.js';

const FRESH = 60_000;

/** The venues that this member of staff sees; staff of venues see their own. */
export function useVenues() {
  return useRead(venueAdminRoutes.list, {}, { staleTime: FRESH });
}

export function useChannels() {
  return useRead(channelAdminRoutes.list, {}, { staleTime: FRESH });
}

/** A venue's name by its id; the id itself while the list is not there, or where it names a venue out of sight. */
export function useVenueName(): (venueId: string) => string {
  const venues = useVenues();
  const localized = useLocalized();
  const byId = useMemo(
    () => new Map((venues.data?.items ?? []).map((venue: AdminVenue) => [venue.venueId, venue.name])),
    [venues.data],
  );
  return (venueId) => localized(byId.get(venueId)) || `…${venueId.slice(-6)}`;
}

export function useChannelById(): (channelId: string) => AdminChannel | undefined {
  const channels = useChannels();
  const byId = useMemo(
    () => new Map((channels.data?.items ?? []).map((channel) => [channel.channelId, channel])),
    [channels.data],
  );
  return (channelId) => byId.get(channelId);
}
