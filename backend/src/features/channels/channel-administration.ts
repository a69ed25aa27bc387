import { Injectable } from '@nestjs/common';
import { isVenueRole, mayUse } from '@talent-card/shared/accounts/permissions';
import { CHANNEL_GROUP_NAMES } from '@talent-card/shared/channels/channel-groups';
import type { AdminChannel, WriteChannel, WriteTerms } from '@talent-card/shared/channels/schema';
import type { EntityManager } from 'typeorm';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Cards } from '../cards/cards.service.js';
import { Venues } from '../venues/venues.service.js';
import type { ChannelRow } from './channel.entity.js';
import type { ChannelTexts } from './channel-texts.js';
import { adminChannelOf } from './channel-views.js';
import { ChannelsRepository } from './channels.repository.js';
import { searchText } from './search-text.js';
import { overlapOf, problemsOfTerms } from './terms.rules.js';

type Written = Omit<ChannelRow, 'id' | 'demo' | 'version' | 'updatedAt'>;

function rowOf(write: WriteChannel): Written {
  const { summary, provider, blocks, companionRule } = write;
  const texts: ChannelTexts = { summary, provider, blocks, companionRule };
  return {
    number: write.number,
    channelGroup: write.group,
    usedBy: write.use,
    status: write.status,
    nameZh: write.name.zh,
    nameEn: write.name.en,
    texts: JSON.stringify(texts),
    search: searchText([write.name, write.provider, CHANNEL_GROUP_NAMES[write.group]]),
    hotline: write.hotline,
    officialLink: write.officialLink,
    booking: write.booking === null ? null : JSON.stringify(write.booking),
    offline: write.offline,
    sensitive: write.sensitive,
    provincialCard: write.audience.provincialCard,
    foreignersOnly: write.audience.foreignersOnly,
    fundingGroup: write.fundingGroup === '' ? null : write.fundingGroup,
    perVenue: write.perVenue,
    documentNumber: write.documentNumber === '' ? null : write.documentNumber,
  };
}

/**
 * Channels as the office keeps them. Everybody on the staff reads; the city edits all, a channel editor only those
 * whose every venue is one of theirs, since a page or a limit speaks for all venues of the channel at once.
 */
@Injectable()
export class ChannelAdministration {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly venues: Venues,
    private readonly cards: Cards,
    private readonly audit: AuditTrail,
  ) {}

  /** In the city's order; staff of venues see the channels of their venues. */
  async list(manager: EntityManager, staff: StaffPrincipal): Promise<AdminChannel[]> {
    const rows = await this.channels.all(manager);
    const ids = rows.map(({ id }) => id);
    const venues = await this.channels.venuesOf(manager, ids);
    const terms = await this.channels.termsOf(manager, ids);
    return rows.flatMap((row) => {
      const venueIds = venues.get(row.id) ?? [];
      if (!maySee(staff, venueIds)) return [];
      return [adminChannelOf(row, venueIds, terms.get(row.id) ?? [], mayEdit(staff, venueIds))];
    });
  }

  /** @throws DomainError NOT_FOUND also for a channel of other venues */
  async detail(manager: EntityManager, staff: StaffPrincipal, channelId: string): Promise<AdminChannel> {
    const row = await this.channels.find(manager, channelId);
    const venueIds = (await this.channels.venuesOf(manager, [channelId])).get(channelId) ?? [];
    if (!row || !maySee(staff, venueIds)) throw new DomainError('NOT_FOUND');
    const terms = (await this.channels.termsOf(manager, [channelId])).get(channelId) ?? [];
    return adminChannelOf(row, venueIds, terms, mayEdit(staff, venueIds));
  }

  /** @throws DomainError CHANNEL_NUMBER_TAKEN, FORBIDDEN for an editor of other venues, VALIDATION_FAILED at `venueIds` */
  async create(tx: Tx, staff: StaffPrincipal, write: WriteChannel, demo: boolean): Promise<AdminChannel> {
    assertConsentIsAsked(write);
    await this.checkVenues(tx, staff, write.venueIds);
    const row: ChannelRow = { ...rowOf(write), id: newId(tx.now), demo, version: 1, updatedAt: tx.now };
    await this.channels.insert(tx, row);
    await this.channels.replaceVenues(tx, row.id, write.venueIds);
    await this.note(tx, staff, 'channels.create', row.id);
    return this.detail(tx.manager, staff, row.id);
  }

  /**
   * Changes a channel, or withdraws it by its status.
   * @throws DomainError NOT_FOUND, FORBIDDEN, STALE_VERSION, CHANNEL_NUMBER_TAKEN, VALIDATION_FAILED
   */
  async update(tx: Tx, staff: StaffPrincipal, channelId: string, write: WriteChannel): Promise<AdminChannel> {
    const { row, venueIds } = await this.editable(tx, staff, channelId, write.version);
    assertConsentIsAsked(write);
    await this.checkVenues(tx, staff, write.venueIds);
    const written = rowOf(write);
    if (!(await this.channels.change(tx, row, written))) throw new DomainError('STALE_VERSION');
    await this.channels.replaceVenues(tx, channelId, write.venueIds);
    const fields = (Object.keys(written) as (keyof Written)[]).filter((name) => written[name] !== row[name]);
    const moved = venueIds.join() === write.venueIds.join() ? [] : ['venueIds'];
    await this.note(tx, staff, 'channels.update', channelId, [...fields, ...moved]);
    return this.detail(tx.manager, staff, channelId);
  }

  /**
   * Replaces the class × quota matrix. What was counted stays counted: a lowered limit lets nobody in further, a
   * raised one opens at once.
   * @throws DomainError NOT_FOUND, FORBIDDEN, STALE_VERSION, TERMS_OVERLAP with both rows, CARD_CLASS_UNKNOWN,
   *   VALIDATION_FAILED
   */
  async writeTerms(
    tx: Tx,
    staff: StaffPrincipal,
    channelId: string,
    { version, terms }: WriteTerms,
  ): Promise<AdminChannel> {
    const problems = problemsOfTerms(terms);
    if (problems.length > 0) throw fieldError(...problems);
    const overlap = overlapOf(terms);
    if (overlap) throw new DomainError('TERMS_OVERLAP', overlap);
    const { row } = await this.editable(tx, staff, channelId, version);
    for (const cardClass of new Set(terms.map((cell) => cell.cardClass))) {
      await this.cards.knownClass(tx.manager, cardClass);
    }
    // The version is changed first, so that of two editors at once one stands before the row and then finds it stale.
    if (!(await this.channels.change(tx, row, {}))) throw new DomainError('STALE_VERSION');
    await this.channels.replaceTerms(tx, channelId, terms);
    await this.note(tx, staff, 'channels.write-terms', channelId, ['terms']);
    return this.detail(tx.manager, staff, channelId);
  }

  private async editable(
    tx: Tx,
    staff: StaffPrincipal,
    channelId: string,
    version: number | undefined,
  ): Promise<{ row: ChannelRow; venueIds: readonly string[] }> {
    const row = await this.channels.find(tx.manager, channelId);
    const venueIds = (await this.channels.venuesOf(tx.manager, [channelId])).get(channelId) ?? [];
    if (!row || !maySee(staff, venueIds)) throw new DomainError('NOT_FOUND');
    if (!mayEdit(staff, venueIds)) throw new DomainError('FORBIDDEN');
    if (row.version !== version) throw new DomainError('STALE_VERSION', { version: row.version });
    return { row, venueIds };
  }

  private async checkVenues(tx: Tx, staff: StaffPrincipal, venueIds: readonly string[]): Promise<void> {
    if (!mayEdit(staff, venueIds)) throw new DomainError('FORBIDDEN');
    const twice = venueIds.findIndex((id, i) => venueIds.indexOf(id) < i);
    if (twice !== -1) throw fieldError({ path: `venueIds.${twice}`, code: 'NOT_ALLOWED' });
    const unknown = await this.venues.unknown(tx.manager, venueIds);
    const [first] = unknown;
    if (first) throw fieldError({ path: `venueIds.${venueIds.indexOf(first)}`, code: 'NOT_ALLOWED' });
  }

  private note(
    tx: Tx,
    staff: StaffPrincipal,
    action: string,
    objectId: string,
    fields: string[] = [],
  ): Promise<void> {
    return this.audit.record(tx, staff, { action, objectType: 'channel', objectId, fields });
  }
}

/**
 * Health, and what concerns children, needs a consent of its own (PIPL art. 29, 31). Bookings and requests ask for it;
 * nobody would at a window where only the code is shown.
 */
function assertConsentIsAsked({ sensitive, use }: WriteChannel): void {
  if (sensitive !== null && use === 'code') throw fieldError({ path: 'sensitive', code: 'NOT_ALLOWED' });
}

function maySee(staff: StaffPrincipal, venueIds: readonly string[]): boolean {
  return !isVenueRole(staff.role) || venueIds.some((id) => staff.venueIds.includes(id));
}

function mayEdit(staff: StaffPrincipal, venueIds: readonly string[]): boolean {
  if (!mayUse('channels.edit', staff.role)) return false;
  if (!isVenueRole(staff.role)) return true;
  return venueIds.length > 0 && venueIds.every((id) => staff.venueIds.includes(id));
}
