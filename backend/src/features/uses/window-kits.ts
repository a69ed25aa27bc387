import { Injectable } from '@nestjs/common';
import type { WindowKit } from '@talent-card/shared/uses/schema';
import type { EntityManager } from 'typeorm';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { ChannelWithTerms } from '../channels/channel.types.js';
import { Channels } from '../channels/channels.service.js';
import { IssuerKeys } from '../codes/issuer-keys.js';
import { StatusLists } from '../codes/status-lists.js';
import { VenuesAdministration } from '../venues/venues-administration.js';
import { isUsedAtWindows } from './use.rules.js';

const KIT_MS = 12 * 3_600_000;

/** Packs what a clerk's device takes along. */
@Injectable()
export class WindowKits {
  constructor(
    private readonly keys: IssuerKeys,
    private readonly lists: StatusLists,
    private readonly venues: VenuesAdministration,
    private readonly channels: Channels,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** Everything that a clerk's device needs to decide alone for twelve hours. */
  async pack(staff: StaffPrincipal): Promise<WindowKit> {
    const { manager } = this.database;
    const now = this.clock.now();
    const statusList = await this.lists.current(now);
    const keys = await this.keys.keySet(manager, now);
    const venues = (await this.venues.list(manager, staff)).filter(({ status }) => status === 'open');
    const venueIds = venues.map(({ venueId }) => venueId);
    return {
      serverTime: now.toISOString(),
      usableUntil: new Date(now.getTime() + KIT_MS).toISOString(),
      keys,
      statusList,
      venues: venues.map(({ venueId, name }) => ({ venueId, name })),
      channels: await this.channelsAt(manager, venueIds, serviceDate(now)),
    };
  }

  private async channelsAt(
    manager: EntityManager,
    venueIds: readonly string[],
    day: string,
  ): Promise<WindowKit['channels']> {
    const published = await this.channels.publishedAt(manager, venueIds);
    const ids = new Set(
      [...published.values()]
        .flat()
        .filter(isUsedAtWindows)
        .map(({ channelId }) => channelId),
    );
    const channels = await this.channels.withTerms(manager, [...ids]);
    return [...channels.values()]
      .sort((a, b) => a.number - b.number)
      .map((channel) => ({
        channelId: channel.channelId,
        name: channel.name,
        venueIds: channel.venueIds.filter((id) => venueIds.includes(id)),
        offline: offlineOf(channel),
        bookingRequired: channel.booking !== null,
        terms: channel.terms
          .filter(({ effectiveFrom, effectiveTo }) => effectiveFrom <= day && day <= (effectiveTo ?? day))
          .map(({ cardKind, cardClass, companions }) => ({ cardKind, cardClass, companions })),
      }));
  }
}

/** Documents that a channel asks for beyond the card are known to the service only. */
function offlineOf({ offline, audience }: ChannelWithTerms): WindowKit['channels'][number]['offline'] {
  return audience.provincialCard || audience.foreignersOnly ? 'online-only' : offline;
}
