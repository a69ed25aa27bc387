import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MessageSubjects } from '../messages/message-subjects.js';
import { ChannelWords } from './channel-words.js';

/** What messages say of a channel. */
@Injectable()
export class ChannelSubjects implements OnModuleInit {
  constructor(
    private readonly words: ChannelWords,
    private readonly subjects: MessageSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('channel', async (manager, channelId) => ({
      params: await this.words.of(manager, { channelId }),
    }));
  }
}
