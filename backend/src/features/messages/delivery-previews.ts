import { Inject, Injectable } from '@nestjs/common';
import type { Delivery } from '@talent-card/shared/messages/schema';
import { type EntityManager, In } from 'typeorm';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import type { DeliveryRow } from './delivery.entity.js';
import { MessageRow } from './message.entity.js';
import { OUTSIDE } from './message-kinds.js';
import { fillTemplate, type MessageParams, valuesOf } from './message-words.js';
import { SubscriptionTemplates } from './subscription-templates.js';

type Preview = NonNullable<Delivery['preview']>;

/**
 * What messages say outside the app, for whoever tries the service out. The sandbox alone shows it: with the real WeChat
 * a log says that something went, not what.
 */
@Injectable()
export class DeliveryPreviews {
  constructor(
    private readonly templates: SubscriptionTemplates,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** By delivery, in one statement; without those that say nothing outside, or whose message was erased. */
  async of(manager: EntityManager, rows: readonly DeliveryRow[]): Promise<Map<string, Preview>> {
    const previews = new Map<string, Preview>();
    const outside = rows.filter(({ channel }) => channel !== 'in-app');
    if (!this.config.sandbox || outside.length === 0) return previews;
    const found = await manager.findBy(MessageRow, { id: In(outside.map(({ messageId }) => messageId)) });
    const messages = new Map(found.map((message) => [message.id, message]));
    for (const row of outside) {
      const message = messages.get(row.messageId);
      const fields = message && this.fieldsOf(row, message);
      if (fields)
        previews.set(
          row.id,
          Object.entries(fields).map(([field, value]) => ({ field, value })),
        );
    }
    return previews;
  }

  private fieldsOf({ channel, kind }: DeliveryRow, message: MessageRow): Record<string, string> | null {
    const values = valuesOf(kind, JSON.parse(message.params) as MessageParams, message.createdAt);
    if (channel === 'sms') return values;
    const ways = OUTSIDE[kind];
    const template = ways && this.templates.find(ways.topic);
    const filled = template && fillTemplate(template, values);
    return filled && 'data' in filled ? filled.data : null;
  }
}
