import { Body, Controller } from '@nestjs/common';
import { subscriptionRoutes } from '@talent-card/shared/messages/routes';
import { recordSubscriptionsSchema, subscriptionListSchema } from '@talent-card/shared/messages/schema';
import type * as z from 'zod';
import type { CitizenPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Citizen, Idempotency } from '../../platform/http/parameters.js';
import { Subscriptions } from './subscriptions.js';

type SubscriptionList = z.infer<typeof subscriptionListSchema>;

@Controller()
export class SubscriptionsController {
  constructor(private readonly subscriptions: Subscriptions) {}

  @Endpoint(subscriptionRoutes.list, {
    summary: 'Templates of WeChat messages, and what one has allowed',
    response: subscriptionListSchema,
  })
  async list(@Citizen() citizen: CitizenPrincipal): Promise<SubscriptionList> {
    return { items: await this.subscriptions.list(citizen.accountId) };
  }

  @Endpoint(subscriptionRoutes.record, {
    summary: 'Note what WeChat answered when one was asked',
    response: subscriptionListSchema,
  })
  async record(
    @Citizen() citizen: CitizenPrincipal,
    @Body({ schema: recordSubscriptionsSchema }) { answers }: z.output<typeof recordSubscriptionsSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<SubscriptionList> {
    return { items: await this.subscriptions.record(citizen, answers, idempotency) };
  }
}
