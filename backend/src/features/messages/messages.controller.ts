import { Controller, Param, Query } from '@nestjs/common';
import { cursorQuerySchema, idSchema, type Page, pageOf } from '@talent-card/shared/common/schema';
import { messageRoutes } from '@talent-card/shared/messages/routes';
import { type Message, messageSchema, unreadSchema } from '@talent-card/shared/messages/schema';
import type * as z from 'zod';
import type { CitizenPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Citizen, Idempotency } from '../../platform/http/parameters.js';
import { Messages } from './messages.js';

type Unread = z.infer<typeof unreadSchema>;

@Controller()
export class MessagesController {
  constructor(private readonly messages: Messages) {}

  @Endpoint(messageRoutes.list, { summary: 'Own messages, latest first', response: pageOf(messageSchema) })
  list(
    @Citizen() citizen: CitizenPrincipal,
    @Query({ schema: cursorQuerySchema }) query: z.output<typeof cursorQuerySchema>,
  ): Promise<Page<Message>> {
    return this.messages.list(citizen, query);
  }

  @Endpoint(messageRoutes.unread, { summary: 'How many are unread', response: unreadSchema })
  unread(@Citizen() citizen: CitizenPrincipal): Promise<Unread> {
    return this.messages.unread(citizen);
  }

  @Endpoint(messageRoutes.readAll, { summary: 'Mark all as read', response: unreadSchema })
  readAll(
    @Citizen() citizen: CitizenPrincipal,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Unread> {
    return this.messages.markAllRead(citizen, idempotency);
  }

  @Endpoint(messageRoutes.read, { summary: 'Mark one as read', response: unreadSchema })
  readOne(
    @Citizen() citizen: CitizenPrincipal,
    @Param('messageId', { schema: idSchema }) messageId: string,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Unread> {
    return this.messages.markRead(citizen, messageId, idempotency);
  }
}
