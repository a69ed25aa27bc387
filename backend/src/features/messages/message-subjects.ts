import { Injectable } from '@nestjs/common';
import type { MessageKind, MessageLink, MessageParam } from '@talent-card/shared/messages/schema';
import type { EntityManager } from 'typeorm';
import type { OutboxPayload } from '../../platform/outbox/outbox-handlers.js';

/** What a message is about, read when it is written: the outbox carries opaque ids only. */
export interface Subject {
  readonly params: Readonly<Partial<Record<MessageParam, string | number>>>;
  /** After this moment the message is of no use outside the app. */
  readonly usefulUntil?: Date;
  /** The person did it themselves or saw it happen: it stays in the app. */
  readonly known?: boolean;
  /** It is over already, and they have not been told that it began: nobody is told anything. */
  readonly moot?: boolean;
}

/** Of what happened: one thing is told of for several reasons. */
export interface Occasion {
  readonly kind: MessageKind;
  readonly payload: OutboxPayload;
}

/** @returns null when it is gone; the message then says what it can without it */
export type Describe = (
  manager: EntityManager,
  id: string,
  occasion: Occasion,
) => Promise<Subject | null | undefined>;

/** Who knows what about the things that messages lead to. */
@Injectable()
export class MessageSubjects {
  private readonly describers = new Map<MessageLink, Describe>();

  register(link: MessageLink, describe: Describe): void {
    if (this.describers.has(link)) throw new Error(`messages about a ${link} are described twice`);
    this.describers.set(link, describe);
  }

  async describe(
    manager: EntityManager,
    link: { readonly type: MessageLink; readonly id: string },
    occasion: Occasion,
  ): Promise<Subject> {
    const describe = this.describers.get(link.type);
    return (await describe?.(manager, link.id, occasion)) ?? { params: {} };
  }
}
