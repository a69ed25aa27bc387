import { Inject, Injectable } from '@nestjs/common';
import { SUBSCRIPTION_TOPICS, type SubscriptionTopic } from '@talent-card/shared/messages/schema';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { readTemplateSetting, type TemplateSetting } from '../../platform/wechat/template-setting.js';

/** What the sandbox has where nothing is configured, so that asking and sending can be tried. */
const SANDBOX: Readonly<Record<SubscriptionTopic, string>> = {
  booking: 'one-time thing1=what time2=when thing3=where thing4=note',
  waiting: 'one-time thing1=what phrase2=status thing3=note',
  card: 'one-time thing1=what phrase2=status time3=when thing4=note',
  request: 'long-term thing1=what phrase2=status time3=when thing4=note',
};

/** The templates that the operator registered with WeChat, one a topic at most. */
@Injectable()
export class SubscriptionTemplates {
  private readonly templates: ReadonlyMap<SubscriptionTopic, TemplateSetting>;

  constructor(@Inject(APP_CONFIG) config: AppConfig) {
    const given: Record<SubscriptionTopic, TemplateSetting | undefined> = {
      booking: config.WECHAT_TEMPLATE_BOOKING,
      waiting: config.WECHAT_TEMPLATE_WAITING,
      card: config.WECHAT_TEMPLATE_CARD,
      request: config.WECHAT_TEMPLATE_REQUEST,
    };
    const none = Object.values(given).every((template) => template === undefined);
    const templates = new Map<SubscriptionTopic, TemplateSetting>();
    for (const topic of SUBSCRIPTION_TOPICS) {
      const template = config.sandbox && none ? sandboxTemplate(topic) : given[topic];
      if (template) templates.set(topic, template);
    }
    this.templates = templates;
  }

  find(topic: SubscriptionTopic): TemplateSetting | undefined {
    return this.templates.get(topic);
  }

  byId(templateId: string): TemplateSetting | undefined {
    return [...this.templates.values()].find((template) => template.templateId === templateId);
  }

  all(): readonly (readonly [SubscriptionTopic, TemplateSetting])[] {
    return [...this.templates];
  }
}

function sandboxTemplate(topic: SubscriptionTopic): TemplateSetting {
  const template = readTemplateSetting(topic, `sandbox-template-${topic} ${SANDBOX[topic]}`);
  if (Array.isArray(template)) throw new Error(`sandbox template ${topic}: ${template.join('; ')}`);
  return template;
}
