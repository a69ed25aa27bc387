import { Module, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { MessageEvents } from './message-events.js';
import { MessagesController } from './messages.controller.js';
import { Messages } from './messages.js';

@Module({
  controllers: [MessagesController],
  providers: [Messages, MessageEvents],
  exports: [Messages],
})
export class MessagesModule implements OnModuleInit {
  constructor(
    private readonly messages: Messages,
    private readonly personalData: PersonalData,
  ) {}

  onModuleInit(): void {
    this.personalData.register({
      section: 'messages',
      layer: 'feature',
      export: async (personId, accountId) =>
        (await this.messages.all({ personId, accountId })).map((message) => ({ ...message })),
      erase: (tx, personId, accountId) => this.messages.erase(tx, { personId, accountId }),
    });
  }
}
