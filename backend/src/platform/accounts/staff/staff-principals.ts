import { Injectable } from '@nestjs/common';
import { isVenueRole } from '@talent-card/shared/accounts/permissions';
import type { EntityManager } from 'typeorm';
import type { StaffPrincipal } from '../principal.js';
import { StaffRow } from './staff-member.entity.js';
import { StaffVenues } from './staff-venues.js';

/** What members of staff may see and do now, for work that goes on after their call was answered. */
@Injectable()
export class StaffPrincipals {
  constructor(private readonly venues: StaffVenues) {}

  /** Null for an account that is not there or not active any more. */
  async find(manager: EntityManager, staffId: string, sessionId: string): Promise<StaffPrincipal | null> {
    const staff = await manager.findOneBy(StaffRow, { id: staffId });
    if (staff?.status !== 'active') return null;
    const { role, zoneCode, displayName } = staff;
    const venueIds = isVenueRole(role) ? await this.venues.of(manager, staffId) : [];
    return { type: 'staff', staffId, sessionId, role, zoneCode, venueIds, displayName };
  }
}
