import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MessageSubjects } from '../messages/message-subjects.js';
import { Channels } from './channels.service.js';

/** What messages say of a channel. */
@Injectable()
export class ChannelSubjects implements OnModuleInit {
  constructor(
    private readonly channels: Channels,
    private readonly subjects: MessageSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('channel', async (manager, id, { payload: { startsAt } }) => {
      const name = (await this.channels.names(manager, [id])).get(id);
      return (
        name && {
          params: {
            channelZh: name.zh,
            channelEn: name.en,
            // A vacancy says when the first free place is.
            ...(typeof startsAt === 'string' ? { startsAt } : {}),
          },
        }
      );
    });
  }
}
