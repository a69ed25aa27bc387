import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Channels } from '../channels/channels.service.js';
import { MessageSubjects } from '../messages/message-subjects.js';

/** What messages say of a request: the channel it is about, which is the category of its case. */
@Injectable()
export class RequestSubjects implements OnModuleInit {
  constructor(
    private readonly channels: Channels,
    private readonly subjects: MessageSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('request', async (manager, _, { payload: { category } }) => {
      if (typeof category !== 'string') return null;
      const name = (await this.channels.names(manager, [category])).get(category);
      return name && { params: { channelZh: name.zh, channelEn: name.en } };
    });
  }
}
