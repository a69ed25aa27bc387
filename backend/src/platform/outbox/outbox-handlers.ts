import { Injectable } from '@nestjs/common';

export type OutboxPayload = Record<string, string | number | boolean | null>;

/** What a handler may know of the message beside its payload. */
export interface DeliveredMessage {
  /** Stable over all tries: the key under which an idempotent handler notes what it has done. */
  readonly id: string;
  readonly topic: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Moment of the transaction that published it. */
  readonly createdAt: Date;
}

export interface OutboxHandler {
  /** True when a second call with the same message does no harm; only then is a message ever tried again. */
  readonly idempotent: boolean;
  /** Runs outside any transaction. @throws to have an idempotent message tried again later */
  handle(payload: OutboxPayload, message: DeliveredMessage): Promise<void>;
}

/** Who does what when a message of a topic was committed. One handler a topic. */
@Injectable()
export class OutboxHandlers {
  private readonly handlers = new Map<string, OutboxHandler>();

  register(topic: string, handler: OutboxHandler): void {
    if (this.handlers.has(topic)) throw new Error(`outbox topic ${topic} has a handler already`);
    this.handlers.set(topic, handler);
  }

  find(topic: string): OutboxHandler | undefined {
    return this.handlers.get(topic);
  }
}
