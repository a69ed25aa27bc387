import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { ChannelsRepository } from './channels.repository.js';
import { Channels } from './channels.service.js';
import { Entitlements } from './entitlements.js';

/** Green channels: what they offer, to whom, how often and where. */
@Module({
  imports: [CardsModule, VenuesModule],
  providers: [ChannelsRepository, Channels, Entitlements],
  exports: [Channels, Entitlements],
})
export class ChannelsModule {}
