import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelWords } from '../channels/channel-words.js';
import { MessageSubjects } from '../messages/message-subjects.js';

/** What messages say of a request: the channel it is about, which is the category of its case. */
@Injectable()
export class RequestSubjects implements OnModuleInit {
  constructor(
    private readonly words: ChannelWords,
    private readonly subjects: MessageSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('request', async (manager, _, { payload: { category } }) => {
      if (typeof category !== 'string') return null;
      return { params: await this.words.of(manager, { channelId: category }) };
    });
  }
}
