import { Injectable } from '@nestjs/common';
import { CITY_ZONE, visibleZones, type ZoneCode } from '@talent-card/shared/accounts/districts';
import { type EntityManager, In } from 'typeorm';
import { RosterBatch } from './import/roster-batch.entity.js';
import { RosterEntryRow } from './roster-entry.entity.js';

/** How much the roster holds, counted from its indexes alone. */
@Injectable()
export class RosterNumbers {
  /** Active entries of the zones that staff posted to `staffZone` see. */
  entries(manager: EntityManager, staffZone: ZoneCode): Promise<number> {
    return manager.countBy(RosterEntryRow, {
      status: 'active',
      ...(staffZone === CITY_ZONE ? {} : { zoneCode: In([...visibleZones(staffZone)]) }),
    });
  }

  /** Imports that a job is working on; only the city imports. */
  async importsRunning(manager: EntityManager, staffZone: ZoneCode): Promise<number> {
    if (staffZone !== CITY_ZONE) return 0;
    return manager.countBy(RosterBatch, { status: In(['checking', 'applying', 'undoing']) });
  }
}
