import { Module } from '@nestjs/common';
import { BookingsModule } from '../bookings/bookings.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { RequestDefinitions } from './request-definitions.js';
import { RequestEntitlement } from './request-entitlement.js';
import { RequestSubjects } from './request-subjects.js';
import { RequestsController } from './requests.controller.js';
import { Requests } from './requests.service.js';

/** Requests to offices: asking a service officer, filing a case of a channel, reviewing a booking. */
@Module({
  imports: [ChannelsModule, VenuesModule, BookingsModule, MessagesModule],
  controllers: [RequestsController],
  providers: [Requests, RequestDefinitions, RequestEntitlement, RequestSubjects],
})
export class RequestsModule {}
