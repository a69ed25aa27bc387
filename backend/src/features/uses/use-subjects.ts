import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Channels } from '../channels/channels.service.js';
import { MessageSubjects } from '../messages/message-subjects.js';
import { Venues } from '../venues/venues.service.js';
import { UsesRepository } from './uses.repository.js';

/** What messages say of uses; read when they are written. */
@Injectable()
export class UseSubjects implements OnModuleInit {
  constructor(
    private readonly uses: UsesRepository,
    private readonly channels: Channels,
    private readonly venues: Venues,
    private readonly subjects: MessageSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('use', async (manager, id, { kind }) => {
      const use = await this.uses.find(manager, id);
      if (!use) return null;
      const channel = (await this.channels.names(manager, [use.channelId])).get(use.channelId);
      const venue = (await this.venues.byIds(manager, [use.venueId])).get(use.venueId);
      return {
        params: {
          ...(channel ? { channelZh: channel.zh, channelEn: channel.en } : {}),
          ...(venue ? { venueZh: venue.name.zh, venueEn: venue.name.en } : {}),
          at: use.at.toISOString(),
          companions: use.companions,
        },
        // They stood at the window.
        known: kind === 'use-recorded',
      };
    });
  }
}
