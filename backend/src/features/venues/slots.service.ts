import { Injectable } from '@nestjs/common';
import type { ChangeSlot } from '@talent-card/shared/bookings/schema';
import type { EntityManager } from 'typeorm';
import { Capacity } from '../../core/capacity/capacity.service.js';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { SlotEntity } from './slot.entity.js';
import { SlotBookings } from './slot-bookings.js';
import { SlotsRepository } from './slots.repository.js';
import { VenueAccess } from './venue-access.js';
import { VenuesRepository } from './venues.repository.js';

/** What booking needs of a slot. */
export interface SlotRow {
  readonly slotId: string;
  readonly channelId: string;
  readonly venueId: string;
  /** Day in Asia/Shanghai. */
  readonly serviceDate: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly poolId: string;
  readonly status: 'open' | 'closed';
  /** `plan`: week or exception have no room for it any more; nobody needs to see it. */
  readonly closedBy: 'plan' | 'staff' | null;
  readonly closedReason: string | null;
}

export const slotOf = (row: SlotEntity): SlotRow => ({
  slotId: row.id,
  channelId: row.channelId,
  venueId: row.venueId,
  serviceDate: row.serviceDate,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  poolId: row.poolId,
  status: row.status,
  closedBy: row.closedBy,
  closedReason: row.closedReason,
});

/** Bookable times. How many places are left is asked of `core/capacity` by `poolId`. */
@Injectable()
export class Slots {
  constructor(
    private readonly slots: SlotsRepository,
    private readonly venues: VenuesRepository,
    private readonly access: VenueAccess,
    private readonly capacity: Capacity,
    private readonly slotBookings: SlotBookings,
    private readonly audit: AuditTrail,
  ) {}

  /** One statement however many; ids of no slot are left out. */
  async byIds(manager: EntityManager, slotIds: readonly string[]): Promise<Map<string, SlotRow>> {
    const rows = await this.slots.findMany(manager, slotIds);
    return new Map(rows.map((row) => [row.id, slotOf(row)]));
  }

  /** Slots of a venue between two days, both included, by their start. One statement. */
  async week(
    manager: EntityManager,
    venueId: string,
    from: string,
    to: string,
    channelId?: string,
  ): Promise<SlotRow[]> {
    return (await this.slots.ofVenue(manager, venueId, from, to, channelId)).map(slotOf);
  }

  /**
   * Changes one slot by hand; templates leave it alone from then on. Closing cancels its bookings, gives back what they
   * spent and tells each holder the reason, so that fewer places are in nobody's way then; places that come with more
   * capacity go to the line first.
   *
   * @returns how many bookings were cancelled
   * @throws DomainError NOT_FOUND also for a slot of a venue that is not the caller's, SLOT_PAST,
   *   SLOT_CAPACITY_BELOW_TAKEN, SCHEDULE_OVERLAP for opening one across another that stands in its place now
   */
  async change(tx: Tx, staff: StaffPrincipal, slotId: string, change: ChangeSlot): Promise<number> {
    const seen = await this.visible(tx.manager, staff, slotId);
    await this.venues.takeTurn(tx, seen.venueId);
    const slot = (await this.slots.find(tx.manager, slotId)) ?? seen;
    if (slot.endsAt <= tx.now) throw new DomainError('SLOT_PAST', { slotId });
    const { capacity, classCapacities, closed, reason } = change;
    // Before the pool is touched: closing takes the people of the slot first.
    const cancelled = closed
      ? await this.slotBookings.close(tx, staff, [{ slotId, poolId: slot.poolId }], reason)
      : 0;
    if (capacity !== undefined || classCapacities) {
      await this.capacity.resize(tx, slot.poolId, {
        ...(capacity === undefined ? {} : { capacity }),
        ...(classCapacities ? { classCapacities } : {}),
      });
    }
    await this.slots.change(tx, slotId, {
      byHand: true,
      ...(capacity === undefined ? {} : { capacity }),
      ...(classCapacities ? { classCapacities: JSON.stringify(classCapacities) } : {}),
    });
    const fields = Object.keys(change).filter((field) => field !== 'reason');
    await this.audit.record(tx, staff, {
      action: 'venues.change-slot',
      objectType: 'slot',
      objectId: slotId,
      fields,
    });
    if (closed === false && slot.status === 'closed') {
      await this.assertRoom(tx.manager, slot);
      await this.capacity.reopen(tx, slot.poolId);
      await this.slots.change(tx, slotId, { status: 'open', closedBy: null, closedReason: null });
    }
    if (closed) {
      await this.slots.change(tx, slotId, { status: 'closed', closedBy: 'staff', closedReason: reason });
    }
    return cancelled;
  }

  /** The venue serves one plan of a channel at a time. */
  private async assertRoom(manager: EntityManager, slot: SlotEntity): Promise<void> {
    const { id, venueId, channelId, serviceDate, startsAt, endsAt } = slot;
    const others = await this.slots.ofVenue(manager, venueId, serviceDate, serviceDate, channelId);
    const other = others.find(
      (one) => one.id !== id && one.status === 'open' && one.startsAt < endsAt && startsAt < one.endsAt,
    );
    if (other) throw new DomainError('SCHEDULE_OVERLAP', { slotId: other.id });
  }

  private async visible(manager: EntityManager, staff: StaffPrincipal, slotId: string): Promise<SlotEntity> {
    const slot = await this.slots.find(manager, slotId);
    const venue = slot ? await this.venues.find(manager, slot.venueId) : null;
    if (!slot || !venue) throw new DomainError('NOT_FOUND');
    const { id: venueId, zoneCode } = venue;
    if (!this.access.mayAct(staff, { venueId, zoneCode })) throw new DomainError('NOT_FOUND');
    return slot;
  }
}
