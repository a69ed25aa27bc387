import { Controller, Param, Req, Res } from '@nestjs/common';
import { channelRoutes } from '@talent-card/shared/channels/routes';
import {
  channelListSchema,
  channelSchema,
  type Entitlement,
  entitlementListSchema,
  entitlementSchema,
} from '@talent-card/shared/channels/schema';
import type { FastifyReply } from 'fastify';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Person } from '../../platform/http/parameters.js';
import type { AppRequest } from '../../platform/http/request.js';
import { SharedAnswers } from '../../platform/http/shared-answer.js';
import { ChannelViews } from './channel-views.js';
import { Entitlements } from './entitlements.js';

@Controller()
export class ChannelsController {
  constructor(
    private readonly views: ChannelViews,
    private readonly entitlements: Entitlements,
    private readonly shared: SharedAnswers,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  @Endpoint(channelRoutes.list, { summary: 'Every published channel', response: channelListSchema })
  list(@Req() request: AppRequest, @Res() reply: FastifyReply): Promise<unknown> {
    return this.shared.answer(
      request,
      reply,
      'channels',
      () => this.views.list(this.database.manager),
      channelListSchema,
    );
  }

  @Endpoint(channelRoutes.one, {
    summary: 'One channel with its venues and how they are open for a week',
    response: channelSchema,
  })
  one(
    @Param('channelId') channelId: string,
    @Req() request: AppRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.shared.answer(
      request,
      reply,
      `channels/${channelId}`,
      () => this.views.page(this.database.manager, channelId),
      channelSchema,
    );
  }

  @Endpoint(channelRoutes.mine, {
    summary: 'What every channel holds for the caller today',
    response: entitlementListSchema,
  })
  async mine(@Person() person: PersonPrincipal): Promise<{ items: Entitlement[] }> {
    const today = serviceDate(this.clock.now());
    return { items: await this.entitlements.all(this.database.manager, person.personId, today) };
  }

  @Endpoint(channelRoutes.mineOf, {
    summary: 'What one channel holds for the caller today, with each condition',
    response: entitlementSchema,
  })
  mineOf(@Person() person: PersonPrincipal, @Param('channelId') channelId: string): Promise<Entitlement> {
    const today = serviceDate(this.clock.now());
    return this.entitlements.of(this.database.manager, person.personId, channelId, today);
  }
}
