import { Body, Controller, Inject, Param } from '@nestjs/common';
import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import {
  type AdminChannel,
  adminChannelListSchema,
  adminChannelSchema,
  type WriteChannel,
  type WriteTerms,
  writeChannelSchema,
  writeTermsSchema,
} from '@talent-card/shared/channels/schema';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import { ChannelAdministration } from './channel-administration.js';

@Controller()
export class ChannelsAdminController {
  constructor(
    private readonly administration: ChannelAdministration,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Endpoint(channelAdminRoutes.list, {
    summary: 'All channels; staff of venues see those of their venues',
    response: adminChannelListSchema,
  })
  async list(@Staff() staff: StaffPrincipal): Promise<{ items: AdminChannel[] }> {
    return { items: await this.administration.list(this.database.manager, staff) };
  }

  @Endpoint(channelAdminRoutes.detail, { summary: 'One channel', response: adminChannelSchema })
  detail(@Staff() staff: StaffPrincipal, @Param('channelId') channelId: string): Promise<AdminChannel> {
    return this.administration.detail(this.database.manager, staff, channelId);
  }

  @Endpoint(channelAdminRoutes.create, { summary: 'Add a channel', response: adminChannelSchema })
  create(
    @Staff() staff: StaffPrincipal,
    @Body({ schema: writeChannelSchema }) body: WriteChannel,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminChannel> {
    const demo = this.config.DEMO_DATA === 'load';
    return this.unitOfWork.run((tx) => this.administration.create(tx, staff, body, demo), { idempotency });
  }

  @Endpoint(channelAdminRoutes.update, {
    summary: 'Change, publish or withdraw a channel',
    response: adminChannelSchema,
  })
  update(
    @Staff() staff: StaffPrincipal,
    @Param('channelId') channelId: string,
    @Body({ schema: writeChannelSchema }) body: WriteChannel,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminChannel> {
    return this.unitOfWork.run((tx) => this.administration.update(tx, staff, channelId, body), {
      idempotency,
    });
  }

  @Endpoint(channelAdminRoutes.writeTerms, {
    summary: 'Replace the class × quota matrix of a channel',
    response: adminChannelSchema,
  })
  writeTerms(
    @Staff() staff: StaffPrincipal,
    @Param('channelId') channelId: string,
    @Body({ schema: writeTermsSchema }) body: WriteTerms,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminChannel> {
    return this.unitOfWork.run((tx) => this.administration.writeTerms(tx, staff, channelId, body), {
      idempotency,
    });
  }
}
