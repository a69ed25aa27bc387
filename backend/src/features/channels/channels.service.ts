import { Injectable } from '@nestjs/common';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { EntityManager } from 'typeorm';
import type { ChannelRules, ChannelWithTerms } from './channel.types.js';
import { ChannelsRepository } from './channels.repository.js';

/** What other features ask of channels. */
@Injectable()
export class Channels {
  constructor(private readonly channels: ChannelsRepository) {}

  /** Rules of channels by id, whatever their status, in two statements; ids of none are left out. */
  async bookingRules(
    manager: EntityManager,
    channelIds: readonly string[],
  ): Promise<Map<string, ChannelRules>> {
    const rules = await this.channels.rules(manager, channelIds);
    return new Map(rules.map((one) => [one.channelId, one]));
  }

  /** The same with their matrices, in three statements. */
  async withTerms(
    manager: EntityManager,
    channelIds: readonly string[],
  ): Promise<Map<string, ChannelWithTerms>> {
    const [rules, terms] = await Promise.all([
      this.bookingRules(manager, channelIds),
      this.channels.termsOf(manager, channelIds),
    ]);
    return new Map([...rules].map(([id, one]) => [id, { ...one, terms: terms.get(id) ?? [] }]));
  }

  /** Ids of all published channels, in the city's order. */
  async publishedIds(manager: EntityManager): Promise<string[]> {
    return (await this.channels.published(manager)).map(({ id }) => id);
  }

  async names(manager: EntityManager, channelIds: readonly string[]): Promise<Map<string, LocalizedText>> {
    const rows = await this.channels.names(manager, channelIds);
    return new Map(rows.map((row) => [row.id, { zh: row.nameZh, en: row.nameEn }]));
  }

  /** Published channels that are used at venues, by venue, in the city's order; three statements. */
  async publishedAt(
    manager: EntityManager,
    venueIds: readonly string[],
  ): Promise<Map<string, ChannelRules[]>> {
    const at = await this.channels.channelsAt(manager, venueIds);
    const rules = await this.bookingRules(manager, [...at.values()].flat());
    return new Map(
      venueIds.map((venueId) => {
        const here = (at.get(venueId) ?? []).flatMap((channelId) => rules.get(channelId) ?? []);
        const published = here.filter(({ status }) => status === 'published');
        return [venueId, published.sort((a, b) => a.number - b.number)];
      }),
    );
  }
}
