import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Subject } from '../messages/message-subjects.js';
import { Venues } from '../venues/venues.service.js';
import { Channels } from './channels.service.js';

/** How messages name a channel and the venue where it was or will be used. */
@Injectable()
export class ChannelWords {
  constructor(
    private readonly channels: Channels,
    private readonly venues: Venues,
  ) {}

  /** What is gone is left out. */
  async of(
    manager: EntityManager,
    { channelId, venueId }: { readonly channelId: string; readonly venueId?: string },
  ): Promise<Subject['params']> {
    const channel = (await this.channels.names(manager, [channelId])).get(channelId);
    const venue = venueId && (await this.venues.byIds(manager, [venueId])).get(venueId);
    return {
      ...(channel ? { channelZh: channel.zh, channelEn: channel.en } : {}),
      ...(venue ? { venueZh: venue.name.zh, venueEn: venue.name.en } : {}),
    };
  }
}
