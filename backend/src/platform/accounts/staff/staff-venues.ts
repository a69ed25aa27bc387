import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { isVenueRole, type StaffRole } from '@talent-card/shared/accounts/permissions';
import { type EntityManager, In } from 'typeorm';
import type { Tx } from '../../database/tx.js';
import { fieldError } from '../../errors/domain-error.js';
import { StaffVenue } from './staff-venue.entity.js';
import { VenueDirectory } from './venue-directory.js';

/** Which venues members of staff are posted to. */
@Injectable()
export class StaffVenues {
  constructor(private readonly modules: ModuleRef) {}

  /** In order; empty for roles of offices. */
  async of(manager: EntityManager, staffId: string): Promise<string[]> {
    const rows = await manager.find(StaffVenue, { where: { staffId }, order: { venueId: 'ASC' } });
    return rows.map((row) => row.venueId);
  }

  async ofMany(manager: EntityManager, staffIds: readonly string[]): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    if (staffIds.length === 0) return found;
    const rows = await manager.find(StaffVenue, {
      where: { staffId: In([...staffIds]) },
      order: { venueId: 'ASC' },
    });
    for (const { staffId, venueId } of rows) found.set(staffId, [...(found.get(staffId) ?? []), venueId]);
    return found;
  }

  /** How many members of staff each venue has; venues without any are left out. */
  async count(manager: EntityManager, venueIds: readonly string[]): Promise<Map<string, number>> {
    if (venueIds.length === 0) return new Map();
    const rows = await manager
      .createQueryBuilder(StaffVenue, 'posting')
      .select('posting.venueId', 'venueId')
      .addSelect('COUNT(*)', 'staff')
      .where('posting.venueId IN (:...venueIds)', { venueIds })
      .groupBy('posting.venueId')
      .getRawMany<{ venueId: string; staff: string | number }>();
    return new Map(rows.map(({ venueId, staff }) => [venueId, Number(staff)]));
  }

  /**
   * A venue role without a venue could do nothing, and any other role with one would believe it is limited to it.
   * @throws DomainError VALIDATION_FAILED at `venueIds`, or at the one that is no venue
   */
  async assertFit(manager: EntityManager, role: StaffRole, venueIds: readonly string[]): Promise<void> {
    if (!isVenueRole(role)) {
      if (venueIds.length > 0) throw fieldError({ path: 'venueIds', code: 'NOT_ALLOWED' });
      return;
    }
    if (venueIds.length === 0) throw fieldError({ path: 'venueIds', code: 'REQUIRED' });
    const directory = this.modules.get(VenueDirectory, { strict: false });
    const unknown = await directory.unknown(manager, venueIds);
    if (unknown.length === 0) return;
    throw fieldError(
      ...unknown.map((id) => ({ path: `venueIds.${venueIds.indexOf(id)}`, code: 'NOT_ALLOWED' })),
    );
  }

  async replace(tx: Tx, staffId: string, venueIds: readonly string[]): Promise<void> {
    await tx.manager.delete(StaffVenue, { staffId });
    await this.add(tx, staffId, venueIds);
  }

  async add(tx: Tx, staffId: string, venueIds: readonly string[]): Promise<void> {
    const rows = [...new Set(venueIds)].map((venueId) => ({ staffId, venueId }));
    if (rows.length > 0) await tx.manager.insert(StaffVenue, rows);
  }
}

/** Whether two postings name the same venues, in whatever order. */
export function sameVenues(a: readonly string[], b: readonly string[]): boolean {
  const [first, second] = [new Set(a), new Set(b)];
  return first.size === second.size && [...first].every((id) => second.has(id));
}
