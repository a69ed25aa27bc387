import { Injectable } from '@nestjs/common';
import { CITY_ZONE, visibleZones, type ZoneCode } from '@talent-card/shared/accounts/districts';
import { isVenueRole } from '@talent-card/shared/accounts/permissions';
import type { EntityManager } from 'typeorm';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { VenuesRepository } from './venues.repository.js';

/** Which venues a member of staff sees and acts for: a venue role those of its posting, an office those of its zone. */
@Injectable()
export class VenueAccess {
  constructor(private readonly venues: VenuesRepository) {}

  mayAct(
    principal: StaffPrincipal,
    venue: { readonly venueId: string; readonly zoneCode: ZoneCode },
  ): boolean {
    if (isVenueRole(principal.role)) return principal.venueIds.includes(venue.venueId);
    return visibleZones(principal.zoneCode).includes(venue.zoneCode);
  }

  async visibleVenueIds(
    manager: EntityManager,
    principal: StaffPrincipal,
  ): Promise<readonly string[] | 'all'> {
    if (isVenueRole(principal.role)) return principal.venueIds;
    if (principal.zoneCode === CITY_ZONE) return 'all';
    return this.venues.idsInZones(manager, visibleZones(principal.zoneCode));
  }
}
