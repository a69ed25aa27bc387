import { Body, Controller, Param, Query } from '@nestjs/common';
import { idSchema, type Page, pageOf } from '@talent-card/shared/common/schema';
import { messageAdminRoutes } from '@talent-card/shared/messages/routes';
import {
  type Delivery,
  deliveryQuerySchema,
  deliverySchema,
  settleDeliverySchema,
} from '@talent-card/shared/messages/schema';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import { DeliveryLog } from './delivery-log.js';

@Controller()
export class MessagesAdminController {
  constructor(private readonly log: DeliveryLog) {}

  @Endpoint(messageAdminRoutes.log, {
    summary: 'How messages went out, latest first; kept for six months',
    response: pageOf(deliverySchema),
  })
  list(
    @Staff() staff: StaffPrincipal,
    @Query({ schema: deliveryQuerySchema }) query: z.output<typeof deliveryQuerySchema>,
  ): Promise<Page<Delivery>> {
    return this.log.list(staff, query);
  }

  @Endpoint(messageAdminRoutes.settle, {
    summary: 'Send a failed or unknown message again, or let it be, with a note',
    response: deliverySchema,
  })
  settle(
    @Staff() staff: StaffPrincipal,
    @Param('deliveryId', { schema: idSchema }) deliveryId: string,
    @Body({ schema: settleDeliverySchema }) settlement: z.output<typeof settleDeliverySchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Delivery> {
    return this.log.settle(staff, deliveryId, settlement, idempotency);
  }
}
