import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Message, MessageKind } from '@talent-card/shared/messages/schema';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  type DeliveredMessage,
  OutboxHandlers,
  type OutboxPayload,
} from '../../platform/outbox/outbox-handlers.js';
import { type MessageContent, Messages, type Recipient } from './messages.js';

type LinkType = NonNullable<Message['link']>['type'];

/** Which event becomes which message, and where tapping it leads. */
const EVENTS: Readonly<Record<string, { readonly kind: MessageKind; readonly link: LinkType }>> = {
  'card.issued': { kind: 'card-issued', link: 'card' },
  'card.suspended': { kind: 'card-suspended', link: 'card' },
  'card.restored': { kind: 'card-restored', link: 'card' },
  'card.revoked': { kind: 'card-revoked', link: 'card' },
  'case.submitted': { kind: 'application-submitted', link: 'application' },
  'case.returned': { kind: 'application-returned', link: 'application' },
  'case.approved': { kind: 'application-approved', link: 'application' },
  'case.rejected': { kind: 'application-rejected', link: 'application' },
};
const ID_OF: Readonly<Record<LinkType, string>> = {
  card: 'cardId',
  application: 'caseId',
  booking: 'bookingId',
  waiting: 'waitingId',
  use: 'useId',
  rating: 'ratingId',
  request: 'caseId',
  channel: 'channelId',
  'code-devices': 'cardId',
};

/** Tells people what happened to their card or application. */
@Injectable()
export class MessageEvents implements OnModuleInit {
  constructor(
    private readonly handlers: OutboxHandlers,
    private readonly messages: Messages,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    for (const [topic, { kind, link }] of Object.entries(EVENTS)) {
      this.handlers.register(topic, {
        idempotent: true,
        handle: (payload, message) => this.tell(kind, link, payload, message),
      });
    }
    this.handlers.register('accounts.session-revoked', {
      idempotent: true,
      handle: (payload, message) => this.warn(payload, message),
    });
  }

  private async tell(
    kind: MessageKind,
    link: LinkType,
    payload: OutboxPayload,
    { id: sourceId }: DeliveredMessage,
  ): Promise<void> {
    const { personId, [ID_OF[link]]: linkId } = payload;
    // An erased person has nobody to tell.
    if (typeof personId !== 'string' || typeof linkId !== 'string') return;
    await this.sendOnce({ personId }, { kind, link: { type: link, id: linkId }, sourceId });
  }

  /** A session ended because its refresh token came back: told to the account, whoever is behind it. */
  private async warn({ accountId }: OutboxPayload, { id: sourceId }: DeliveredMessage): Promise<void> {
    if (typeof accountId !== 'string') return;
    await this.sendOnce({ accountId }, { kind: 'security-session-revoked', sourceId });
  }

  private async sendOnce(recipient: Recipient, content: MessageContent): Promise<void> {
    try {
      await this.unitOfWork.run((tx) => this.messages.send(tx, recipient, content));
    } catch (error) {
      // Delivered before: the unique source says so.
      if (!isUniqueViolation(error)) throw error;
    }
  }
}
