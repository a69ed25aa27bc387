import { Module } from '@nestjs/common';
import { VenueDirectory } from '../../platform/accounts/staff/venue-directory.js';
import { SlotBookings } from './slot-bookings.js';
import { SlotHorizons } from './slot-horizons.js';
import { SlotMaker } from './slot-maker.js';
import { SlotsRepository } from './slots.repository.js';
import { Slots } from './slots.service.js';
import { VenueAccess } from './venue-access.js';
import { VenueWeeks } from './venue-weeks.js';
import { VenuesAdminController } from './venues.admin.controller.js';
import { VenuesController } from './venues.controller.js';
import { VenuesRepository } from './venues.repository.js';
import { Venues } from './venues.service.js';
import { VenuesAdministration } from './venues-administration.js';

/** Places where the card is used: when they are open, and the times that can be booked there. */
@Module({
  controllers: [VenuesController, VenuesAdminController],
  providers: [
    VenuesRepository,
    SlotsRepository,
    Venues,
    { provide: VenueDirectory, useExisting: Venues },
    VenueAccess,
    SlotHorizons,
    SlotBookings,
    SlotMaker,
    Slots,
    VenuesAdministration,
    VenueWeeks,
  ],
  exports: [Venues, VenueAccess, Slots, SlotHorizons, SlotBookings, VenuesAdministration, VenueWeeks],
})
export class VenuesModule {}
