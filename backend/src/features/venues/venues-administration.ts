import { Injectable } from '@nestjs/common';
import { isVenueRole } from '@talent-card/shared/accounts/permissions';
import type { AdminVenue, WriteVenue } from '@talent-card/shared/venues/schema';
import type { EntityManager } from 'typeorm';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { StaffVenues } from '../../platform/accounts/staff/staff-venues.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { assertStretches } from './stretches.js';
import type { VenueRow } from './venue.entity.js';
import { VenueAccess } from './venue-access.js';
import { VenuesRepository } from './venues.repository.js';
import { venueOf } from './venues.service.js';

/** Venues as staff see and change them. */
@Injectable()
export class VenuesAdministration {
  constructor(
    private readonly venues: VenuesRepository,
    private readonly access: VenueAccess,
    private readonly staffVenues: StaffVenues,
    private readonly audit: AuditTrail,
  ) {}

  async list(manager: EntityManager, staff: StaffPrincipal): Promise<AdminVenue[]> {
    const rows = await this.venues.list(manager, await this.access.visibleVenueIds(manager, staff));
    return this.describe(manager, rows);
  }

  /** @throws DomainError NOT_FOUND also for a venue that is not the caller's */
  async detail(manager: EntityManager, staff: StaffPrincipal, venueId: string): Promise<AdminVenue> {
    const [venue] = await this.describe(manager, [await this.visible(manager, staff, venueId)]);
    if (!venue) throw new DomainError('NOT_FOUND');
    return venue;
  }

  /** @throws DomainError VALIDATION_FAILED, at `zoneCode` also for a zone that the caller does not act for */
  async create(tx: Tx, staff: StaffPrincipal, body: WriteVenue, demo: boolean): Promise<AdminVenue> {
    assertStretches(body.openingHours, 'openingHours');
    const venueId = newId(tx.now);
    if (!this.access.mayAct(staff, { venueId, zoneCode: body.zoneCode })) {
      throw fieldError({ path: 'zoneCode', code: 'NOT_ALLOWED' });
    }
    const content = contentOf(body);
    await this.venues.insert(tx, {
      ...content,
      id: venueId,
      demo,
      createdAt: tx.now,
      version: 1,
      shapings: 0,
    });
    await this.note(tx, staff, 'venues.create', venueId, Object.keys(content));
    return this.detail(tx.manager, staff, venueId);
  }

  /** @throws DomainError NOT_FOUND, STALE_VERSION, VALIDATION_FAILED */
  async update(tx: Tx, staff: StaffPrincipal, venueId: string, body: WriteVenue): Promise<AdminVenue> {
    const before = await this.visible(tx.manager, staff, venueId);
    assertStretches(body.openingHours, 'openingHours');
    const moves = body.zoneCode !== before.zoneCode;
    // A venue decides nothing about whose it is.
    if (
      moves &&
      (isVenueRole(staff.role) || !this.access.mayAct(staff, { venueId, zoneCode: body.zoneCode }))
    ) {
      throw fieldError({ path: 'zoneCode', code: 'NOT_ALLOWED' });
    }
    const content = contentOf(body);
    if (!(await this.venues.change(tx, venueId, body.version ?? 0, content))) {
      throw new DomainError('STALE_VERSION', { version: before.version });
    }
    const fields = Object.entries(content).filter(
      ([name, value]) => before[name as keyof VenueRow] !== value,
    );
    await this.note(
      tx,
      staff,
      'venues.update',
      venueId,
      fields.map(([name]) => name),
    );
    return this.detail(tx.manager, staff, venueId);
  }

  /** @throws DomainError NOT_FOUND also for a venue that is not the caller's */
  async visible(manager: EntityManager, staff: StaffPrincipal, venueId: string): Promise<VenueRow> {
    const venue = await this.venues.find(manager, venueId);
    if (!venue || !this.access.mayAct(staff, { venueId, zoneCode: venue.zoneCode })) {
      throw new DomainError('NOT_FOUND');
    }
    return venue;
  }

  private async describe(manager: EntityManager, rows: readonly VenueRow[]): Promise<AdminVenue[]> {
    const staff = await this.staffVenues.count(
      manager,
      rows.map((row) => row.id),
    );
    return rows.map((row) => ({
      ...venueOf(row),
      status: row.status,
      version: row.version,
      staffCount: staff.get(row.id) ?? 0,
    }));
  }

  private note(
    tx: Tx,
    staff: StaffPrincipal,
    action: string,
    venueId: string,
    fields: string[] = [],
  ): Promise<void> {
    return this.audit.record(tx, staff, { action, objectType: 'venue', objectId: venueId, fields });
  }
}

function contentOf(body: WriteVenue) {
  return {
    nameZh: body.name.zh,
    nameEn: body.name.en,
    zoneCode: body.zoneCode,
    addressZh: body.address.zh,
    addressEn: body.address.en,
    latitude: body.latitude,
    longitude: body.longitude,
    phone: body.phone,
    openingHours: JSON.stringify(body.openingHours),
    closedOnHolidays: body.closedOnHolidays,
    noticeZh: body.notice?.zh ?? null,
    noticeEn: body.notice?.en ?? null,
    status: body.status,
  };
}
