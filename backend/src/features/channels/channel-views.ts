import { Injectable } from '@nestjs/common';
import type {
  AdminChannel,
  Channel,
  ChannelSummary,
  ChannelTerms,
} from '@talent-card/shared/channels/schema';
import type { Venue } from '@talent-card/shared/venues/schema';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Venues } from '../venues/venues.service.js';
import type { ChannelRow } from './channel.entity.js';
import { textsOf } from './channel-texts.js';
import { bookingOf, ChannelsRepository } from './channels.repository.js';

/** Today and the six days after. */
const DAYS_SHOWN = 7;

/** Channels as everybody reads them. */
@Injectable()
export class ChannelViews {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly venues: Venues,
    private readonly clock: Clock,
  ) {}

  /** Every published channel in the city's order; four statements. */
  async list(manager: EntityManager): Promise<{ items: ChannelSummary[] }> {
    const rows = await this.channels.published(manager);
    const ids = rows.map(({ id }) => id);
    const [venueIds, terms] = await Promise.all([
      this.channels.venuesOf(manager, ids),
      this.channels.termsOf(manager, ids),
    ]);
    const venues = await this.venues.byIds(manager, [...new Set([...venueIds.values()].flat())]);
    const today = serviceDate(this.clock.now());
    const items = rows.map((row) => {
      const here = (venueIds.get(row.id) ?? []).flatMap((id) => venues.get(id) ?? []);
      return summaryOf(row, here, terms.get(row.id) ?? [], today);
    });
    return { items };
  }

  /** One published channel with its venues and their week; six statements. @throws DomainError NOT_FOUND */
  async page(manager: EntityManager, channelId: string): Promise<Channel> {
    const [row, venuesOf, termsOf] = await Promise.all([
      this.channels.find(manager, channelId),
      this.channels.venuesOf(manager, [channelId]),
      this.channels.termsOf(manager, [channelId]),
    ]);
    if (row?.status !== 'published') throw new DomainError('NOT_FOUND');
    const venueIds = venuesOf.get(channelId) ?? [];
    const terms = termsOf.get(channelId) ?? [];
    const today = serviceDate(this.clock.now());
    const [venues, days] = await Promise.all([
      this.venues.byIds(manager, venueIds),
      this.venues.days(manager, venueIds, today, DAYS_SHOWN),
    ]);
    const here = venueIds.flatMap((id) => venues.get(id) ?? []);
    const { blocks, companionRule } = textsOf(row);
    return {
      ...summaryOf(row, here, terms, today),
      blocks,
      venues: here.map((venue) => ({ ...venue, days: days.get(venue.venueId) ?? [] })),
      hotline: row.hotline,
      officialLink: row.officialLink,
      companionRule,
      booking: bookingOf(row),
      offline: row.offline,
      sensitive: row.sensitive,
      documentNumber: row.documentNumber,
    };
  }
}

function summaryOf(
  row: ChannelRow,
  venues: readonly Venue[],
  terms: readonly ChannelTerms[],
  today: string,
): ChannelSummary {
  const { summary, provider } = textsOf(row);
  const inForce = terms.filter(
    ({ effectiveFrom, effectiveTo }) =>
      effectiveFrom <= today && (effectiveTo === null || today <= effectiveTo),
  );
  return {
    channelId: row.id,
    number: row.number,
    group: row.channelGroup,
    name: { zh: row.nameZh, en: row.nameEn },
    summary,
    provider,
    use: row.usedBy,
    companions: Math.max(0, ...inForce.map(({ companions }) => companions)),
    zoneCodes: [...new Set(venues.map(({ zoneCode }) => zoneCode))],
    search: row.search,
    demo: row.demo,
  };
}

/** A channel as its editor writes it, with what only the office sees. */
export function adminChannelOf(
  row: ChannelRow,
  venueIds: readonly string[],
  terms: readonly ChannelTerms[],
  mayEdit: boolean,
): AdminChannel {
  return {
    ...textsOf(row),
    channelId: row.id,
    version: row.version,
    number: row.number,
    group: row.channelGroup,
    use: row.usedBy,
    name: { zh: row.nameZh, en: row.nameEn },
    venueIds: [...venueIds],
    hotline: row.hotline,
    officialLink: row.officialLink,
    booking: bookingOf(row),
    offline: row.offline,
    sensitive: row.sensitive,
    audience: { provincialCard: row.provincialCard, foreignersOnly: row.foreignersOnly },
    fundingGroup: row.fundingGroup,
    perVenue: row.perVenue,
    documentNumber: row.documentNumber,
    status: row.status,
    demo: row.demo,
    terms: [...terms],
    mayEdit,
  };
}
