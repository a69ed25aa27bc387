import { Module, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { ClosedText } from '../../platform/crypto/closed-text.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { Deliveries } from './deliveries.js';
import { DeliveryDecisionRow } from './delivery.entity.js';
import { DeliveryLog } from './delivery-log.js';
import { DeliveryPreviews } from './delivery-previews.js';
import { DeliveryWorker } from './delivery-worker.js';
import { ForgetDeliveries } from './forget-deliveries.js';
import { MessageEvents } from './message-events.js';
import { MessageSubjects } from './message-subjects.js';
import { MessagesAdminController } from './messages.admin.controller.js';
import { MessagesController } from './messages.controller.js';
import { Messages } from './messages.js';
import { SubscriptionTemplates } from './subscription-templates.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { Subscriptions } from './subscriptions.js';

/** Tells people what happened: in the app, through WeChat, and by text message where it cannot wait. */
@Module({
  controllers: [MessagesController, SubscriptionsController, MessagesAdminController],
  providers: [
    Messages,
    MessageSubjects,
    MessageEvents,
    SubscriptionTemplates,
    Subscriptions,
    Deliveries,
    DeliveryWorker,
    DeliveryLog,
    DeliveryPreviews,
    ForgetDeliveries,
  ],
  exports: [Messages, MessageSubjects],
})
export class MessagesModule implements OnModuleInit {
  constructor(
    private readonly messages: Messages,
    private readonly subscriptions: Subscriptions,
    private readonly log: DeliveryLog,
    private readonly metrics: Metrics,
    private readonly personalData: PersonalData,
    private readonly closedText: ClosedText,
  ) {}

  onModuleInit(): void {
    this.closedText.register(DeliveryDecisionRow, 'note');
    this.personalData.register({
      section: 'messages',
      layer: 'last',
      export: async (personId, accountId) =>
        (await this.messages.all({ personId, accountId })).map((message) => ({ ...message })),
      erase: (tx, personId, accountId) => this.messages.erase(tx, { personId, accountId }),
      keeps: [
        {
          records: 'message-deliveries',
          because: '网络安全法 art. 21: logs for six months; that a message was sent, not to whom',
        },
      ],
    });
    this.personalData.register({
      section: 'message-deliveries',
      layer: 'last',
      export: (personId, accountId) => this.messages.deliveriesOf({ personId, accountId }),
      // Goes with the messages.
      erase: async () => undefined,
    });
    this.personalData.register({
      section: 'message-subscriptions',
      layer: 'last',
      export: async (_, accountId) =>
        (await this.subscriptions.list(accountId)).map((subscription) => ({ ...subscription })),
      erase: (tx, _, accountId) => this.subscriptions.erase(tx, accountId),
    });
    this.metrics.gaugeBy(
      'message_deliveries',
      'Deliveries of messages by state, of six months',
      'state',
      () => this.log.counts(),
    );
  }
}
