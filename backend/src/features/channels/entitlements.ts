import { Injectable } from '@nestjs/common';
import type { ChannelTerms, Entitlement, QuotaBalance } from '@talent-card/shared/channels/schema';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { EntityManager } from 'typeorm';
import { People } from '../../core/people/people.service.js';
import type { PersonSnapshot } from '../../core/people/people.types.js';
import { Quota, type QuotaStanding } from '../../core/quota/quota.service.js';
import { ownerOf, type QuotaTerms } from '../../core/quota/quota.types.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { CardHoldings, classOn, type Holding } from '../cards/card-holdings.js';
import type { ChannelWithTerms } from './channel.types.js';
import { Channels } from './channels.service.js';
import { decideEntitlement, type EntitlementDecision, quotaTermsOf } from './entitlement.rules.js';

export interface EntitlementRequest {
  readonly personId: string;
  readonly channelId: string;
  /** Null asks for the channel as a whole. */
  readonly venueId: string | null;
  /** Service day on which it would be used. */
  readonly on: string;
  /** A card that was active at the moment asked about, whatever it is now; of uses that come in later. */
  readonly wasActive?: string;
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
    private readonly quota: Quota,
  ) {}

  /**
   * Reads what decisions about these requests need: four statements however many requests there are, three more
   * where a channel asks for the provincial card or for foreigners.
   */
  async load(
    manager: EntityManager,
    requests: readonly Pick<EntitlementRequest, 'personId' | 'channelId' | 'wasActive'>[],
  ): Promise<EntitlementBook> {
    const [channels, holdings] = await Promise.all([
      this.channels.withTerms(
        manager,
        requests.map(({ channelId }) => channelId),
      ),
      this.holdings.of(
        manager,
        requests.map(({ personId }) => personId),
        requests.flatMap(({ wasActive }) => wasActive ?? []),
      ),
    ]);
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

  /** What one published channel holds for a person. @throws DomainError NOT_FOUND */
  async of(manager: EntityManager, personId: string, channelId: string, day: string): Promise<Entitlement> {
    const [entitlement] = await this.read(manager, personId, [channelId], day);
    if (!entitlement) throw new DomainError('NOT_FOUND');
    return entitlement;
  }

  /** What every published channel holds for a person, in the city's order; a constant number of statements. */
  async all(manager: EntityManager, personId: string, day: string): Promise<Entitlement[]> {
    return this.read(manager, personId, await this.channels.publishedIds(manager), day);
  }

  private async read(
    manager: EntityManager,
    personId: string,
    channelIds: readonly string[],
    day: string,
  ): Promise<Entitlement[]> {
    const asked = channelIds.map((channelId) => ({ personId, channelId, venueId: null, on: day }));
    const book = await this.load(manager, asked);
    const answers = asked.flatMap((request) => {
      const channel = book.channel(request.channelId);
      if (channel?.status !== 'published') return [];
      const decision = book.decide(request);
      const keys = decision.ok ? keysOf(channel, decision.cell) : [];
      return [{ channel, decision, keys }];
    });
    const standings = await this.quota.standings(
      manager,
      personId,
      answers.flatMap(({ keys }) => keys),
      day,
    );
    const owners = standings.flatMap(({ fundedBy }) => (fundedBy === null ? [] : [ownerOf(fundedBy)]));
    const names = await this.channels.names(manager, owners);
    let at = 0;
    return answers.map(({ decision, keys }) => {
      const own = standings.slice(at, at + keys.length);
      at += keys.length;
      return viewOf(decision, mostLeft(own), names);
    });
  }
}

/** Where each venue counts by itself there is one balance for each of them. */
function keysOf(channel: ChannelWithTerms, cell: ChannelTerms): QuotaTerms[] {
  const venueIds = channel.perVenue && channel.venueIds.length > 0 ? channel.venueIds : [null];
  return venueIds.map((venueId) => quotaTermsOf(channel, cell, venueId));
}

/** The tightest balance of a window longer than one use; null where nothing limits. */
function tightest(standing: QuotaStanding): QuotaBalance | null {
  const counted = standing.balances.filter(({ window }) => window !== 'use');
  const [first, ...others] = counted;
  if (!first) return null;
  return others.reduce((least, balance) => (balance.left < least.left ? balance : least), first);
}

/** Of several venues the one where most is left: what the holder can still do somewhere. */
function mostLeft(standings: readonly QuotaStanding[]): QuotaStanding | null {
  const [first, ...others] = standings;
  if (!first) return null;
  const left = (standing: QuotaStanding) => tightest(standing)?.left ?? Number.POSITIVE_INFINITY;
  return others.reduce((most, standing) => (left(standing) > left(most) ? standing : most), first);
}

function viewOf(
  decision: EntitlementDecision,
  standing: QuotaStanding | null,
  names: ReadonlyMap<string, LocalizedText>,
): Entitlement {
  const cell = decision.ok ? decision.cell : null;
  const balance = standing && tightest(standing);
  const fundedBy = standing?.fundedBy ?? null;
  return {
    channelId: decision.channelId,
    cardId: decision.cardId,
    entitled: decision.ok,
    conditions: [...decision.conditions],
    limits: [...(standing?.balances ?? [])],
    left: balance?.left ?? null,
    leftWindow: balance?.window ?? null,
    excess: standing?.excess ?? 0,
    companions: decision.companions,
    discountPercent: cell?.discountPercent ?? null,
    capCents: cell?.capCents ?? null,
    fundedElsewhere: fundedBy === null ? null : (names.get(ownerOf(fundedBy)) ?? null),
  };
}
