import { Module, type OnModuleInit } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { Channels } from '../channels/channels.service.js';
import { ExportsModule } from '../exports/exports.module.js';
import { SlotBookings } from '../venues/slot-bookings.js';
import { SlotHorizons } from '../venues/slot-horizons.js';
import { VenuesModule } from '../venues/venues.module.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsRepository } from './alerts.repository.js';
import { VacancyAlerts } from './alerts.service.js';
import { Arrivals } from './arrivals.service.js';
import { BookingMoves } from './booking-moves.js';
import { BookingsAdminController } from './bookings.admin.controller.js';
import { BookingsModule } from './bookings.module.js';
import { BookingsAdminRepository } from './bookings-admin.repository.js';
import { BookingsAdminViews } from './bookings-admin.views.js';
import { BookingsExport } from './bookings-export.js';
import { NoShowsController } from './no-shows.controller.js';
import { NoShows } from './no-shows.service.js';
import { Reminders } from './reminders.js';
import { SlotViewsController } from './slot-views.controller.js';
import { SlotViews } from './slot-views.js';
import { SlotsAdminController } from './slots.admin.controller.js';

/** The venue's side of bookings: slots, arrivals, who did not come, and who is told when a place is free. */
@Module({
  imports: [CardsModule, ChannelsModule, VenuesModule, BookingsModule, ExportsModule],
  controllers: [
    SlotViewsController,
    SlotsAdminController,
    BookingsAdminController,
    NoShowsController,
    AlertsController,
  ],
  providers: [
    SlotViews,
    BookingsAdminRepository,
    BookingsAdminViews,
    NoShows,
    Arrivals,
    AlertsRepository,
    VacancyAlerts,
    Reminders,
    BookingsExport,
  ],
  // For uses at the window, which check bookings in and give them back.
  exports: [Arrivals, NoShows],
})
export class BookingsAdminModule implements OnModuleInit {
  constructor(
    private readonly horizons: SlotHorizons,
    private readonly slotBookings: SlotBookings,
    private readonly channels: Channels,
    private readonly moves: BookingMoves,
    private readonly repository: BookingsAdminRepository,
  ) {}

  onModuleInit(): void {
    this.horizons.register(async (manager, channelIds) => {
      const rules = await this.channels.bookingRules(manager, channelIds);
      return new Map(
        [...rules].flatMap(([id, { booking }]) => (booking ? [[id, booking.opensDaysAhead] as const] : [])),
      );
    });
    this.slotBookings.register({
      count: (manager, slotIds) => this.repository.countLive(manager, slotIds),
      close: (tx, principal, slots, reason) => this.moves.closeSlots(tx, principal, slots, reason),
    });
  }
}
