import { Injectable } from '@nestjs/common';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { Venue } from '@talent-card/shared/venues/schema';
import type { EntityManager } from 'typeorm';
import { Venues } from '../venues/venues.service.js';
import { Channels } from './channels.service.js';

/** Names of channels and venues, by id. */
export interface Places {
  readonly names: ReadonlyMap<string, LocalizedText>;
  readonly venues: ReadonlyMap<string, Pick<Venue, 'name' | 'address' | 'phone'>>;
}

/** What stands for the name, or the address, of what is gone. */
export const UNNAMED: LocalizedText = { zh: '', en: '' };

export const channelNamed = ({ names }: Pick<Places, 'names'>, channelId: string) => ({
  channelId,
  name: names.get(channelId) ?? UNNAMED,
});

export const venueNamed = ({ venues }: Pick<Places, 'venues'>, venueId: string) => ({
  venueId,
  name: venues.get(venueId)?.name ?? UNNAMED,
});

/** How views name the channel and the venue of what somebody booked, used, rated or waits for. */
@Injectable()
export class PlaceNames {
  constructor(
    private readonly channels: Channels,
    private readonly venues: Venues,
  ) {}

  /** Of all these rows, in two statements however many. */
  async of(
    manager: EntityManager,
    rows: readonly { readonly channelId: string; readonly venueId: string }[],
  ): Promise<Places> {
    const [names, venues] = await Promise.all([
      this.channels.names(manager, [...new Set(rows.map((row) => row.channelId))]),
      this.venues.names(manager, [...new Set(rows.map((row) => row.venueId))]),
    ]);
    return { names, venues };
  }
}
