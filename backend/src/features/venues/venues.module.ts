import { Module } from '@nestjs/common';
import { VenueDirectory } from '../../platform/accounts/staff/venue-directory.js';
import { SlotsRepository } from './slots.repository.js';
import { Slots } from './slots.service.js';
import { VenueAccess } from './venue-access.js';
import { VenuesRepository } from './venues.repository.js';
import { Venues } from './venues.service.js';

/** Places where the card is used: when they are open, and the times that can be booked there. */
@Module({
  providers: [
    VenuesRepository,
    SlotsRepository,
    Venues,
    { provide: VenueDirectory, useExisting: Venues },
    VenueAccess,
    Slots,
  ],
  exports: [Venues, VenueAccess, Slots],
})
export class VenuesModule {}
