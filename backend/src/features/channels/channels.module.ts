import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { ChannelAdministration } from './channel-administration.js';
import { ChannelSubjects } from './channel-subjects.js';
import { ChannelViews } from './channel-views.js';
import { ChannelWords } from './channel-words.js';
import { ChannelsAdminController } from './channels.admin.controller.js';
import { ChannelsController } from './channels.controller.js';
import { ChannelsRepository } from './channels.repository.js';
import { Channels } from './channels.service.js';
import { Entitlements } from './entitlements.js';
import { PlaceNames } from './place-names.js';

/** Green channels: what they offer, to whom, how often and where. */
@Module({
  imports: [CardsModule, MessagesModule, VenuesModule],
  controllers: [ChannelsController, ChannelsAdminController],
  providers: [
    ChannelSubjects,
    ChannelsRepository,
    Channels,
    ChannelViews,
    ChannelWords,
    PlaceNames,
    Entitlements,
    ChannelAdministration,
  ],
  // The administration: demo data and tests make channels as the office does.
  exports: [Channels, ChannelWords, PlaceNames, Entitlements, ChannelAdministration],
})
export class ChannelsModule {}
