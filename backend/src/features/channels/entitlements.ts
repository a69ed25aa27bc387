import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { People } from '../../core/people/people.service.js';
import type { PersonSnapshot } from '../../core/people/people.types.js';
import { CardHoldings, classOn, type Holding } from '../cards/card-holdings.js';
import type { ChannelWithTerms } from './channel.types.js';
import { Channels } from './channels.service.js';
import { decideEntitlement, type EntitlementDecision } from './entitlement.rules.js';

export interface EntitlementRequest {
  readonly personId: string;
  readonly channelId: string;
  /** Null asks for the channel as a whole. */
  readonly venueId: string | null;
  /** Service day on which it would be used. */
  readonly on: string;
}

/** Citizens of China hold a resident identity card here; whoever shows another document is asked where they are from. */
const isForeigner = ({ person }: PersonSnapshot): boolean =>
  person.identityType !== 'resident-id' && person.nationality !== 'CHN';

/** Everything that decisions about some requests need, read at one moment; decides without the database. */
export class EntitlementBook {
  constructor(
    private readonly channels: ReadonlyMap<string, ChannelWithTerms>,
    private readonly holdings: ReadonlyMap<string, readonly Holding[]>,
    private readonly people: ReadonlyMap<string, PersonSnapshot>,
  ) {}

  channel(channelId: string): ChannelWithTerms | undefined {
    return this.channels.get(channelId);
  }

  decide(request: EntitlementRequest): EntitlementDecision {
    const { channelId, personId, venueId, on } = request;
    const channel = this.channels.get(channelId);
    if (!channel) {
      const nothing = { conditions: [], companions: 0, details: {} };
      return { ok: false, channelId, code: 'NOT_FOUND', cardId: null, ...nothing };
    }
    const person = this.people.get(personId);
    const cards = (this.holdings.get(personId) ?? []).map((holding) => ({
      cardId: holding.cardId,
      kind: holding.kind,
      status: holding.status,
      validFrom: holding.validFrom,
      validUntil: holding.validUntil,
      cardClass: classOn(holding, on),
    }));
    const asker = { cards, facts: person?.facts ?? [], foreigner: person ? isForeigner(person) : null };
    return decideEntitlement(channel, asker, venueId, on);
  }
}

/** What channels hold for people. */
@Injectable()
export class Entitlements {
  constructor(
    private readonly channels: Channels,
    private readonly holdings: CardHoldings,
    private readonly people: People,
  ) {}

  /**
   * Reads what decisions about these requests need: five statements however many requests there are, three more
   * where a channel asks for the provincial card or for foreigners.
   */
  async load(manager: EntityManager, requests: readonly EntitlementRequest[]): Promise<EntitlementBook> {
    const channels = await this.channels.withTerms(
      manager,
      requests.map(({ channelId }) => channelId),
    );
    const holdings = await this.holdings.of(
      manager,
      requests.map(({ personId }) => personId),
    );
    const known = requests.filter(({ channelId }) => {
      const audience = channels.get(channelId)?.audience;
      return audience?.provincialCard || audience?.foreignersOnly;
    });
    const people = await this.people.snapshots(
      manager,
      known.map(({ personId }) => personId),
    );
    return new EntitlementBook(channels, holdings, people);
  }
}
