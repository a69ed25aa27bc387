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
  /** True when a second call with the same message does no harm; only then is an uncertain message tried again. */
  readonly idempotent: boolean;
  /**
   * Runs outside any transaction, for 20 seconds at most.
   *
   * @throws NotDelivered when it is certain that nothing reached the outside: any message is then tried again later.
   * Another error has an idempotent message tried again and makes any other one `unknown`.
   */
  handle(payload: OutboxPayload, message: DeliveredMessage): Promise<void>;
  /**
   * The same for many at once, in the order of publishing, where that is cheaper; topics that share the function are
   * handed over together. Only an idempotent handler may have it: when it throws, each message is handled by itself.
   */
  readonly handleMany?: HandleMany;
}

export type HandleMany = (
  deliveries: readonly { readonly payload: OutboxPayload; readonly message: DeliveredMessage }[],
) => Promise<void>;

/** Certainly nothing reached the outside: no connection, or a refusal that promises it. `reason` names no person. */
export class NotDelivered extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'NotDelivered';
  }
}

/** Who does what when a message of a topic was committed. One handler a topic. */
@Injectable()
export class OutboxHandlers {
  private readonly handlers = new Map<string, OutboxHandler>();

  register(topic: string, handler: OutboxHandler): void {
    if (handler.handleMany && !handler.idempotent)
      throw new Error(`outbox topic ${topic}: only an idempotent handler takes many at once`);
    if (this.handlers.has(topic)) throw new Error(`outbox topic ${topic} has a handler already`);
    this.handlers.set(topic, handler);
  }

  find(topic: string): OutboxHandler | undefined {
    return this.handlers.get(topic);
  }
}
