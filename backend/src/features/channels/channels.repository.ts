import { Injectable } from '@nestjs/common';
import type { BookingRules, ChannelTerms, QuotaLimit } from '@talent-card/shared/channels/schema';
import { type EntityManager, In } from 'typeorm';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { insertRows, queryList } from '../../platform/database/many-rows.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { ChannelRow, ChannelTermsRow, ChannelVenueRow } from './channel.entity.js';
import type { ChannelRules } from './channel.types.js';

const TERMS_COLUMNS = [
  'id',
  'channelId',
  'position',
  'cardKind',
  'cardClass',
  'effectiveFrom',
  'effectiveTo',
  'limits',
  'companions',
  'discountPercent',
  'capCents',
] as const;

const termsOf = (row: ChannelTermsRow): ChannelTerms => ({
  cardKind: row.cardKind,
  cardClass: row.cardClass,
  effectiveFrom: row.effectiveFrom,
  effectiveTo: row.effectiveTo,
  limits: JSON.parse(row.limits) as QuotaLimit[],
  companions: row.companions,
  discountPercent: row.discountPercent,
  capCents: row.capCents,
});

export const bookingOf = (row: Pick<ChannelRow, 'booking'>): BookingRules | null =>
  row.booking === null ? null : (JSON.parse(row.booking) as BookingRules);

/** What the rules are made of; the texts of the page, the longest part of a row, are not read for each booking. */
const RULE_COLUMNS = [
  'id',
  'number',
  'usedBy',
  'status',
  'nameZh',
  'nameEn',
  'booking',
  'offline',
  'sensitive',
  'provincialCard',
  'foreignersOnly',
  'fundingGroup',
  'perVenue',
  'documentNumber',
  'demo',
] as const satisfies readonly (keyof ChannelRow)[];
type RuleRow = Pick<ChannelRow, (typeof RULE_COLUMNS)[number]>;

const rulesOf = (row: RuleRow, venueIds: readonly string[]): ChannelRules => ({
  channelId: row.id,
  number: row.number,
  name: { zh: row.nameZh, en: row.nameEn },
  status: row.status,
  use: row.usedBy,
  booking: bookingOf(row),
  offline: row.offline,
  sensitive: row.sensitive,
  audience: { provincialCard: Boolean(row.provincialCard), foreignersOnly: Boolean(row.foreignersOnly) },
  fundingGroup: row.fundingGroup,
  perVenue: Boolean(row.perVenue),
  documentNumber: row.documentNumber,
  demo: Boolean(row.demo),
  venueIds,
});

/** Groups values by a key, each group in the order given. */
function grouped<T, V>(rows: readonly T[], keyOf: (row: T) => string, pick: (row: T) => V): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(pick(row));
    else groups.set(keyOf(row), [pick(row)]);
  }
  return groups;
}

type ChannelName = Pick<ChannelRow, 'id' | 'nameZh' | 'nameEn'>;

/** The only SQL of the channel tables. */
@Injectable()
export class ChannelsRepository {
  find(manager: EntityManager, channelId: string): Promise<ChannelRow | null> {
    return manager.findOneBy(ChannelRow, { id: channelId });
  }

  /** Rules of channels, whatever their status, with their venues. */
  async rules(manager: EntityManager, channelIds: readonly string[]): Promise<ChannelRules[]> {
    const ids = [...new Set(channelIds)];
    const sql = `SELECT ${RULE_COLUMNS.map((column) => `\`${column}\``).join(', ')} FROM channels WHERE id IN (:list)`;
    const [rows, venues] = await Promise.all([
      queryList<RuleRow>(manager, sql, [], ids),
      this.venuesOf(manager, ids),
    ]);
    return rows.map((row) => rulesOf(row, venues.get(row.id) ?? []));
  }

  names(manager: EntityManager, channelIds: readonly string[]): Promise<ChannelName[]> {
    const sql = 'SELECT id, nameZh, nameEn FROM channels WHERE id IN (:list)';
    return queryList<ChannelName>(manager, sql, [], [...new Set(channelIds)]);
  }

  published(manager: EntityManager): Promise<ChannelRow[]> {
    return manager.find(ChannelRow, { where: { status: 'published' }, order: { number: 'ASC' } });
  }

  all(manager: EntityManager): Promise<ChannelRow[]> {
    return manager.find(ChannelRow, { order: { number: 'ASC' } });
  }

  /** Venues of channels by channel, in their order. */
  async venuesOf(manager: EntityManager, channelIds: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await queryList<Pick<ChannelVenueRow, 'channelId' | 'venueId'>>(
      manager,
      'SELECT channelId, venueId FROM channel_venues WHERE channelId IN (:list) ORDER BY channelId, position',
      [],
      [...new Set(channelIds)],
    );
    return grouped(
      rows,
      (row) => row.channelId,
      (row) => row.venueId,
    );
  }

  /** Channels of venues by venue. */
  async channelsAt(manager: EntityManager, venueIds: readonly string[]): Promise<Map<string, string[]>> {
    if (venueIds.length === 0) return new Map();
    const rows = await manager.findBy(ChannelVenueRow, { venueId: In([...new Set(venueIds)]) });
    return grouped(
      rows,
      (row) => row.venueId,
      (row) => row.channelId,
    );
  }

  /** The matrices of channels, each in the order of its editor. */
  async termsOf(manager: EntityManager, channelIds: readonly string[]): Promise<Map<string, ChannelTerms[]>> {
    const rows = await queryList<ChannelTermsRow>(
      manager,
      `SELECT ${TERMS_COLUMNS.join(', ')} FROM channel_terms WHERE channelId IN (:list) ORDER BY channelId, position`,
      [],
      [...new Set(channelIds)],
    );
    return grouped(rows, (row) => row.channelId, termsOf);
  }

  /** @throws DomainError CHANNEL_NUMBER_TAKEN */
  async insert(tx: Tx, channel: ChannelRow): Promise<void> {
    await this.numbered(channel.number, () => tx.manager.insert(ChannelRow, channel));
  }

  /**
   * Changes the channel only if nobody has since it was looked at; false when somebody was faster.
   * @throws DomainError CHANNEL_NUMBER_TAKEN
   */
  async change(tx: Tx, seen: ChannelRow, change: Partial<ChannelRow>): Promise<boolean> {
    const changed = await this.numbered(change.number ?? seen.number, () =>
      tx.manager.update(
        ChannelRow,
        { id: seen.id, version: seen.version },
        { ...change, version: seen.version + 1, updatedAt: tx.now },
      ),
    );
    return changed.affected === 1;
  }

  async replaceVenues(tx: Tx, channelId: string, venueIds: readonly string[]): Promise<void> {
    await tx.manager.delete(ChannelVenueRow, { channelId });
    const rows = venueIds.map((venueId, position) => ({ channelId, venueId, position }));
    await insertRows(tx, 'channel_venues', ['channelId', 'venueId', 'position'], rows);
  }

  async replaceTerms(tx: Tx, channelId: string, terms: readonly ChannelTerms[]): Promise<void> {
    await tx.manager.delete(ChannelTermsRow, { channelId });
    const rows = terms.map((cell, position) => ({
      ...cell,
      id: newId(tx.now),
      channelId,
      position,
      limits: JSON.stringify(cell.limits),
    }));
    await insertRows(tx, 'channel_terms', TERMS_COLUMNS, rows);
  }

  private async numbered<T>(number: number, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('CHANNEL_NUMBER_TAKEN', { number });
      throw error;
    }
  }
}
