import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  type DeliveredMessage,
  type HandleMany,
  OutboxHandlers,
  type OutboxPayload,
} from '../../platform/outbox/outbox-handlers.js';
import { announcementOf, TOPICS } from './message-kinds.js';
import { MessageSubjects } from './message-subjects.js';
import { type Letter, type MessageContent, Messages, type Recipient } from './messages.js';

/** Tells people what happened to what is theirs. */
@Injectable()
export class MessageEvents implements OnModuleInit {
  constructor(
    private readonly handlers: OutboxHandlers,
    private readonly messages: Messages,
    private readonly subjects: MessageSubjects,
    private readonly read: ReadDatabase,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    const handleMany: HandleMany = (deliveries) => this.tellMany(deliveries);
    for (const topic of TOPICS) {
      this.handlers.register(topic, {
        idempotent: true,
        handle: (payload, message) => this.tell(payload, message),
        handleMany,
      });
    }
    this.handlers.register('accounts.session-revoked', {
      idempotent: true,
      handle: (payload, message) => this.warn(payload, message),
    });
  }

  private async tell(payload: OutboxPayload, message: DeliveredMessage): Promise<void> {
    const letter = await this.letterOf(payload, message);
    if (letter) await this.sendOnce(letter.recipient, letter.content);
  }

  /** One transaction for all. One that was delivered before has them told one by one. */
  private async tellMany(deliveries: Parameters<HandleMany>[0]): Promise<void> {
    const letters = [];
    for (const { payload, message } of deliveries) letters.push(await this.letterOf(payload, message));
    const told = letters.filter((letter) => letter !== null);
    if (told.length > 0) await this.unitOfWork.run((tx) => this.messages.sendMany(tx, told));
  }

  private async letterOf(
    payload: OutboxPayload,
    { id: sourceId, topic }: DeliveredMessage,
  ): Promise<Letter | null> {
    const told = announcementOf(topic, payload);
    if (!told) return null;
    const { personId, kind, link } = told;
    const { params, usefulUntil, known, moot } = await this.subjects.describe(this.read.manager, link, {
      kind,
      payload,
    });
    if (moot) return null;
    return {
      recipient: { personId },
      content: { kind, link, sourceId, params, usefulUntil, outside: !known },
    };
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
