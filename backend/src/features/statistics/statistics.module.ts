import { Module } from '@nestjs/common';
import { BookingsModule } from '../bookings/bookings.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { FeedbackModule } from '../feedback/feedback.module.js';
import { UsesModule } from '../uses/uses.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { StatisticsController } from './statistics.controller.js';
import { Statistics } from './statistics.service.js';

/** How the channels are used. */
@Module({
  imports: [UsesModule, BookingsModule, FeedbackModule, ChannelsModule, VenuesModule],
  controllers: [StatisticsController],
  providers: [Statistics],
})
export class StatisticsModule {}
