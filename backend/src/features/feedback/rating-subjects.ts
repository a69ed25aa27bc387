import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelWords } from '../channels/channel-words.js';
import { MessageSubjects } from '../messages/message-subjects.js';
import { RatingsRepository } from './ratings.repository.js';

/** What messages say of a rating. */
@Injectable()
export class RatingSubjects implements OnModuleInit {
  constructor(
    private readonly ratings: RatingsRepository,
    private readonly words: ChannelWords,
    private readonly subjects: MessageSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('rating', async (manager, id) => {
      const rating = await this.ratings.find(manager, id);
      if (!rating) return null;
      return {
        params: {
          ...(await this.words.of(manager, rating)),
          at: rating.createdAt.toISOString(),
        },
      };
    });
  }
}
