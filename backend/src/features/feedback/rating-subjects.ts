import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Channels } from '../channels/channels.service.js';
import { MessageSubjects } from '../messages/message-subjects.js';
import { Venues } from '../venues/venues.service.js';
import { RatingsRepository } from './ratings.repository.js';

/** What messages say of a rating. */
@Injectable()
export class RatingSubjects implements OnModuleInit {
  constructor(
    private readonly ratings: RatingsRepository,
    private readonly channels: Channels,
    private readonly venues: Venues,
    private readonly subjects: MessageSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('rating', async (manager, id) => {
      const rating = await this.ratings.find(manager, id);
      if (!rating) return null;
      const channel = (await this.channels.names(manager, [rating.channelId])).get(rating.channelId);
      const venue = (await this.venues.byIds(manager, [rating.venueId])).get(rating.venueId);
      return {
        params: {
          ...(channel ? { channelZh: channel.zh, channelEn: channel.en } : {}),
          ...(venue ? { venueZh: venue.name.zh, venueEn: venue.name.en } : {}),
          at: rating.createdAt.toISOString(),
        },
      };
    });
  }
}
