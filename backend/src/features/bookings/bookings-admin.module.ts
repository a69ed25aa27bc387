import { Module, type OnModuleInit } from '@nestjs/common';
import { ChannelsModule } from '../channels/channels.module.js';
import { Channels } from '../channels/channels.service.js';
import { SlotHorizons } from '../venues/slot-horizons.js';
import { VenuesModule } from '../venues/venues.module.js';
import { SlotViewsController } from './slot-views.controller.js';
import { SlotViews } from './slot-views.js';
import { SlotsAdminController } from './slots.admin.controller.js';

/** The venue's side of bookings: slots, arrivals, who did not come. */
@Module({
  imports: [ChannelsModule, VenuesModule],
  controllers: [SlotViewsController, SlotsAdminController],
  providers: [SlotViews],
  exports: [SlotViews],
})
export class BookingsAdminModule implements OnModuleInit {
  constructor(
    private readonly horizons: SlotHorizons,
    private readonly channels: Channels,
  ) {}

  onModuleInit(): void {
    this.horizons.register(async (manager, channelIds) => {
      const rules = await this.channels.bookingRules(manager, channelIds);
      return new Map(
        [...rules].flatMap(([id, { booking }]) => (booking ? [[id, booking.opensDaysAhead] as const] : [])),
      );
    });
  }
}
