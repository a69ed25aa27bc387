import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelWords } from '../channels/channel-words.js';
import { MessageSubjects } from '../messages/message-subjects.js';
import { UsesRepository } from './uses.repository.js';

/** What messages say of uses; read when they are written. */
@Injectable()
export class UseSubjects implements OnModuleInit {
  constructor(
    private readonly uses: UsesRepository,
    private readonly words: ChannelWords,
    private readonly subjects: MessageSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('use', async (manager, id, { kind }) => {
      const use = await this.uses.find(manager, id);
      if (!use) return null;
      return {
        params: {
          ...(await this.words.of(manager, use)),
          at: use.at.toISOString(),
          companions: use.companions,
        },
        // They stood at the window.
        known: kind === 'use-recorded',
      };
    });
  }
}
