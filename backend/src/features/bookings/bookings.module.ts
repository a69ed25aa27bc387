import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { BookingCounts } from './booking-counts.js';
import { BookingData } from './booking-data.js';
import { BookingDesk } from './booking-desk.js';
import { BookingMoves } from './booking-moves.js';
import { BookingReading } from './booking-reading.js';
import { BookingReviews } from './booking-reviews.js';
import { BookingSubjects } from './booking-subjects.js';
import { BookingViews } from './booking-views.js';
import { BookingsController } from './bookings.controller.js';
import { BookingsRepository } from './bookings.repository.js';
import { Bookings } from './bookings.service.js';
import { FreeSlots } from './free-slots.js';
import { LineCheck } from './line-check.js';
import { VisitRecords } from './visit-records.js';
import { WaitingController } from './waiting.controller.js';
import { WaitingEvents } from './waiting-events.js';
import { WaitingLine } from './waiting-line.js';
import { WaitingViews } from './waiting-views.js';

/** Places at a time: booked, moved, cancelled, waited for. */
@Module({
  imports: [CardsModule, ChannelsModule, VenuesModule, MessagesModule],
  controllers: [BookingsController, WaitingController],
  providers: [
    BookingsRepository,
    BookingReviews,
    VisitRecords,
    FreeSlots,
    BookingDesk,
    BookingReading,
    WaitingEvents,
    BookingMoves,
    BookingViews,
    Bookings,
    WaitingViews,
    WaitingLine,
    LineCheck,
    BookingData,
    BookingSubjects,
    BookingCounts,
  ],
  // Repository, moves and views are for the venue's side of this feature; other features ask `Bookings`.
  exports: [
    Bookings,
    BookingCounts,
    BookingReviews,
    VisitRecords,
    BookingsRepository,
    BookingMoves,
    BookingViews,
  ],
})
export class BookingsModule {}
