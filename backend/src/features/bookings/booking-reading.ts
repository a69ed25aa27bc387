import { Injectable } from '@nestjs/common';
import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { Consents } from '../../platform/accounts/consents.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import type { Tx } from '../../platform/database/tx.js';
import type { ChannelRules } from '../channels/channel.types.js';
import type { EntitlementDecision } from '../channels/entitlement.rules.js';
import { type EntitlementBook, Entitlements } from '../channels/entitlements.js';
import { type SlotRow, Slots } from '../venues/slots.service.js';
import type { BookingRow } from './booking.entity.js';
import type { BookingQuestion, OwnTime } from './booking.rules.js';
import { BookingsRepository } from './bookings.repository.js';

/** Slots of some weeks in a large city. */
export const REMEMBERED = 20_000;

/** One person asks for one slot. */
export interface BookRequest {
  readonly principal: PersonPrincipal;
  readonly slotId: string;
  readonly companions: number;
  /** For the office, where the channel is reviewed. */
  readonly note: string | null;
  readonly requestId?: string | undefined;
  /** Takes the places offered to this one in line. */
  readonly offerOf?: string;
  /** Only asked for somebody in line: consent is given by an account, and when it is their turn to accept. */
  readonly consentLater?: boolean;
  /** Moves this booking, whose person has their turn, instead of making one; only as the one request of a call. */
  readonly moving?: BookingRow;
}

/** A request with what was read for it. */
export interface Ask {
  readonly request: BookRequest;
  readonly slot: SlotRow | undefined;
  readonly channel: ChannelRules | undefined;
  readonly entitlement: EntitlementDecision | undefined;
  readonly missingConsent: BookingQuestion['missingConsent'];
  readonly pausedUntil: string | null;
}

/** What was read for the requests of one call, after the turns of their people. */
export interface Seen {
  readonly now: Date;
  readonly asks: readonly Ask[];
  /** Times of each person, growing with what is given out. */
  readonly own: Map<string, OwnTime[]>;
  readonly slots: ReadonlyMap<string, SlotRow>;
}

/** Reads what requests for places are decided over, but for the places and counters themselves. */
@Injectable()
export class BookingReading {
  /** Channels of slots as they were last seen. Only what is asked for first depends on them. */
  private readonly channelOf = new Map<string, string>();

  constructor(
    private readonly bookings: BookingsRepository,
    private readonly slots: Slots,
    private readonly entitlements: Entitlements,
    private readonly consents: Consents,
  ) {}

  /** Reads what decisions about these requests need, the turns of their people first; one packet where the slots are known. */
  async see(tx: Tx, requests: readonly BookRequest[]): Promise<Seen> {
    const { manager, now } = tx;
    const personIds = requests.map(({ principal }) => principal.personId);
    const channelIds = requests.map(({ slotId }) => this.channelOf.get(slotId));
    // What stands side by side travels together. Turns come first: what a person has is read once nobody changes it.
    const [paused, slots, own, guessed] = await Promise.all([
      this.bookings.takeTurns(tx, personIds),
      this.slots.byIds(
        manager,
        requests.map(({ slotId }) => slotId),
      ),
      this.bookings.ownTimes(manager, personIds, now),
      this.guess(tx, personIds, channelIds),
    ]);
    const wishes = requests.map(({ principal, slotId }) => {
      const slot = slots.get(slotId);
      if (!slot) return null;
      const { channelId, venueId, serviceDate } = slot;
      return { personId: principal.personId, channelId, venueId, on: serviceDate };
    });
    const known = wishes.filter((wish) => wish !== null);
    const right = requests.every(({ slotId }, index) => slots.get(slotId)?.channelId === channelIds[index]);
    const entitlements = guessed && right ? guessed : await this.entitlements.load(manager, known);
    this.remember(slots.values());
    const sensitive = new Set(
      known.flatMap(({ channelId }) => entitlements.channel(channelId)?.sensitive ?? []),
    );
    const consents = await this.consentsFor(tx, sensitive, requests);
    const asks = requests.map((request, index): Ask => {
      const { personId, accountId } = request.principal;
      const wish = wishes[index];
      const channel = wish ? entitlements.channel(wish.channelId) : undefined;
      const matter = channel?.sensitive ?? null;
      const purpose = matter === null ? null : (`channel-${matter}` as const);
      const consented = purpose === null || request.consentLater || consents.get(purpose)?.has(accountId);
      return {
        request,
        channel,
        slot: slots.get(request.slotId),
        entitlement: wish ? entitlements.decide(wish) : undefined,
        missingConsent: consented ? null : { purpose, currentVersion: CONSENT_VERSIONS[purpose] },
        pausedUntil: paused.get(personId) ?? null,
      };
    });
    return { now, asks, own, slots };
  }

  /** What the channels hold that these slots were of when they were last read: asked for beside the slots themselves. */
  private async guess(
    tx: Tx,
    personIds: readonly string[],
    channelIds: readonly (string | undefined)[],
  ): Promise<EntitlementBook | null> {
    const wishes = personIds.flatMap((personId, index) => {
      const channelId = channelIds[index];
      return channelId === undefined ? [] : [{ personId, channelId }];
    });
    return wishes.length < personIds.length ? null : this.entitlements.load(tx.manager, wishes);
  }

  private remember(slots: Iterable<SlotRow>): void {
    if (this.channelOf.size > REMEMBERED) this.channelOf.clear();
    for (const { slotId, channelId } of slots) this.channelOf.set(slotId, channelId);
  }

  /** Health and minors need a consent of their own: which of the callers have given it. */
  private async consentsFor(
    { manager }: Tx,
    matters: ReadonlySet<'health' | 'minor'>,
    requests: readonly BookRequest[],
  ): Promise<Map<string, ReadonlySet<string>>> {
    const given = new Map<string, ReadonlySet<string>>();
    const accounts = requests.map(({ principal }) => principal.accountId);
    for (const matter of matters) {
      const purpose = `channel-${matter}` as const;
      given.set(purpose, await this.consents.holders(manager, purpose, accounts));
    }
    return given;
  }
}
