import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { BookingRules } from '@talent-card/shared/channels/schema';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { type Cause, OFFER } from '../../core/capacity/capacity.types.js';
import type { PoolBook } from '../../core/capacity/pool-book.js';
import { Quota } from '../../core/quota/quota.service.js';
import type { QuotaSpend } from '../../core/quota/quota.types.js';
import type { QuotaBook } from '../../core/quota/quota-book.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { FieldCipher } from '../../platform/crypto/field-cipher.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type Outcome, refused } from '../../platform/errors/outcome.js';
import { newId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { SlotRow } from '../venues/slots.service.js';
import { Venues } from '../venues/venues.service.js';
import type { BookingRow, WaitingRow } from './booking.entity.js';
import { type BookingTimes, decideBooking } from './booking.rules.js';
import { type Ask, BookingReading, type BookRequest, REMEMBERED, type Seen } from './booking-reading.js';
import { BookingReviews } from './booking-reviews.js';
import { BookingsRepository, type NewBooking } from './bookings.repository.js';
import { FreeSlots } from './free-slots.js';

export const NOTE_PURPOSE = 'bookings.note';
const NUMBERS = 100_000_000;
const NUMBER_TRIES = 5;

export const bookingCause = (bookingId: string): Cause & { readonly type: 'booking' } => ({
  type: 'booking',
  id: bookingId,
});

/** What the requests of one call are decided over; what may change was read after its lock. */
interface Desk extends Seen {
  readonly places: PoolBook;
}

/** A request that nothing stands against but places and quota. */
export interface Candidate {
  readonly request: BookRequest;
  readonly slot: SlotRow;
  readonly rules: BookingRules;
  readonly times: BookingTimes;
  readonly cardId: string;
  readonly cardClass: string | null;
  readonly spend: Omit<QuotaSpend, 'cause'>;
}

interface Made {
  readonly row: BookingRow;
  readonly request: BookRequest;
}

/** What a call's requests come to. Nothing stands until `write` is over. */
interface Decided<B> {
  /** What the caller asked for meanwhile. */
  readonly beside: B;
  /** The bookings made, in the order of their requests. */
  readonly rows: readonly BookingRow[];
  /** @param to `tx.atCommit` where the caller reads nothing of it in this transaction */
  write(to?: Tx): Promise<Outcome<BookingRow>[]>;
}

/**
 * Gives out places: eligibility, quota, place, booking, audit and message of many requests in one transaction, decided
 * one after another in memory and written by a constant number of statements. A single booking is a call with one.
 *
 * Lock order: people, pools, quota counters, each by ascending id.
 */
@Injectable()
export class BookingDesk {
  /** Pools that were full when last seen. Only what is asked for first depends on them. */
  private readonly full = new Set<string>();

  constructor(
    private readonly bookings: BookingsRepository,
    private readonly reading: BookingReading,
    private readonly venues: Venues,
    private readonly capacity: Capacity,
    private readonly quota: Quota,
    private readonly reviews: BookingReviews,
    private readonly freeSlots: FreeSlots,
    private readonly cipher: FieldCipher,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** The bookings made, or for each request why not, in their order. */
  async bookMany(tx: Tx, requests: readonly BookRequest[]): Promise<Outcome<BookingRow>[]> {
    return (await this.decideMany(tx, requests, async () => null)).write();
  }

  /**
   * The same in two steps.
   * @param meanwhile asks for what the caller wants to know about the slots; beside the locks it costs no round trip
   */
  async decideMany<B>(
    tx: Tx,
    requests: readonly BookRequest[],
    meanwhile: (slots: readonly SlotRow[]) => Promise<B>,
  ): Promise<Decided<B>> {
    const [seen, numbers] = await Promise.all([
      this.reading.see(tx, requests),
      this.freeNumbers(tx, requests.length),
    ]);
    const [beside, { desk, candidates, quota }] = await Promise.all([
      meanwhile([...seen.slots.values()]),
      this.lock(tx, seen),
    ]);
    const made: Made[] = [];
    const served = new Set<string>();
    const outcomes = desk.asks.map((ask, index): Outcome<BookingRow> => {
      // Anew where the same person got something in this call: it may be at the same time.
      const again = served.has(ask.request.principal.personId);
      const before = again ? undefined : candidates[index];
      const candidate = before ?? candidateOf(desk, desk.places, ask);
      if (!candidate.ok) return candidate;
      const row = this.rowOf(tx, candidate.value, numbers[index] ?? '');
      const taken = take(desk, quota, candidate.value, row);
      if (!taken.ok) return taken;
      const { id: bookingId, personId, slotId, startsAt, endsAt } = row;
      const own = desk.own.get(personId) ?? [];
      desk.own.set(personId, [...own, { bookingId, slotId, startsAt, endsAt }]);
      made.push({ row, request: ask.request });
      served.add(personId);
      return { ok: true, value: row };
    });
    return {
      beside,
      rows: made.map(({ row }) => row),
      write: async (to = tx) => {
        const full = outcomes.some((outcome) => !outcome.ok && outcome.error.code === 'SLOT_FULL');
        // Whoever could not move stays where they are, whatever the books say by now.
        if (made.length > 0) await this.write(tx, full ? tx : to, desk.places, quota, made);
        return full ? this.suggestOthers(tx, desk, outcomes) : outcomes;
      },
    };
  }

  /** What stands against a request apart from places, for those who wait. The book is open for more. */
  async ask(tx: Tx, request: BookRequest): Promise<Outcome<Candidate & { readonly places: PoolBook }>> {
    const desk = await this.open(tx, [request]);
    const [ask] = desk.asks;
    if (!ask) throw new Error('nothing was asked');
    const candidate = candidateOf(desk, desk.places, ask);
    if (!candidate.ok) return candidate;
    const { spend } = candidate.value;
    const affordable = (await this.quota.load(tx, [spend])).check(spend);
    if (!affordable.ok) return refused(affordable.code, { ...affordable.details });
    return { ok: true, value: { ...candidate.value, places: desk.places } };
  }

  /**
   * What stands against each of those in line, apart from places, if these were offered to them now; quota is for the caller to
   * ask for. The books know them; nothing of the book of quota is ever written.
   */
  async askInLine(
    tx: Tx,
    waits: readonly WaitingRow[],
  ): Promise<{
    readonly answers: readonly Outcome<Candidate>[];
    readonly places: PoolBook;
    readonly quota: QuotaBook;
  }> {
    const requests = waits.map(({ id, personId, slotId, companions }): BookRequest => {
      const principal = { type: 'citizen', accountId: '', sessionId: '', personId } as const;
      return { principal, slotId, companions, note: null, offerOf: id, consentLater: true };
    });
    const desk = await this.open(tx, requests);
    const answers = desk.asks.map((ask) => candidateOf(desk, desk.places, ask));
    return { answers, places: desk.places, quota: await this.loadQuota(tx, desk, answers) };
  }

  private async open(tx: Tx, requests: readonly BookRequest[]): Promise<Desk> {
    const seen = await this.reading.see(tx, requests);
    return { ...seen, places: await this.lockPools(tx, seen) };
  }

  /**
   * Pools and counters: from here to the commit everybody else who wants them waits, so they come last of what is read,
   * and in one packet, pools first. Where a slot was full the last time its pool is looked at before counters are locked.
   */
  private async lock(
    tx: Tx,
    seen: Seen,
  ): Promise<{ desk: Desk; candidates: Outcome<Candidate>[]; quota: QuotaBook }> {
    const open = seen.asks.map((ask) => candidateOf(seen, null, ask));
    const plain = seen.asks.every(({ request, slot }) => {
      const { offerOf, moving } = request;
      return offerOf === undefined && moving === undefined && (!slot || !this.full.has(slot.poolId));
    });
    const [places, early] = await Promise.all([
      this.lockPools(tx, seen),
      plain
        ? this.quota.load(
            tx,
            open.flatMap((candidate) => (candidate.ok ? [candidate.value.spend] : [])),
          )
        : null,
    ]);
    const desk = { ...seen, places };
    const candidates = open.map((candidate, index) => {
      const ask = seen.asks[index];
      const closed = ask?.slot !== undefined && places.isClosed(ask.slot.poolId);
      return closed ? candidateOf(seen, places, ask) : candidate;
    });
    return { desk, candidates, quota: early ?? (await this.loadQuota(tx, desk, candidates)) };
  }

  private async lockPools(tx: Tx, { asks, slots }: Seen): Promise<PoolBook> {
    const poolIds = [...slots.values()].map(({ poolId }) => poolId);
    const places = await this.capacity.load(tx, poolIds, {
      causes: asks.flatMap(({ request: { offerOf, moving } }) => [
        ...(offerOf ? [{ type: OFFER, id: offerOf }] : []),
        ...(moving ? [bookingCause(moving.id)] : []),
      ]),
      waiterIds: asks.flatMap(({ request: { offerOf } }) => (offerOf ? [offerOf] : [])),
    });
    if (this.full.size > REMEMBERED) this.full.clear();
    for (const poolId of poolIds) {
      if (places.left(poolId, null) > 0) this.full.delete(poolId);
      else this.full.add(poolId);
    }
    return places;
  }

  /** Counters of those who may yet get a place, once the pools are known: who finds none left needs no counters. */
  private loadQuota(tx: Tx, desk: Desk, candidates: readonly Outcome<Candidate>[]): Promise<QuotaBook> {
    const spends = candidates.flatMap((candidate) => {
      if (!candidate.ok) return [];
      const { request, slot, cardClass, spend } = candidate.value;
      const sure = request.offerOf !== undefined || request.moving !== undefined;
      return sure || desk.places.left(slot.poolId, cardClass) >= spend.party ? [spend] : [];
    });
    const moved = desk.asks.flatMap(({ request: { moving } }) => (moving ? [bookingCause(moving.id)] : []));
    return this.quota.load(tx, spends, moved);
  }

  private rowOf(tx: Tx, candidate: Candidate, number: string): BookingRow {
    const { request, slot, rules, times, cardId, cardClass, spend } = candidate;
    const { moving } = request;
    const { cancelUntil, rescheduleUntil, arriveUntil, bookableUntil } = times;
    const held = !moving && rules.reviewed && this.reviews.get() !== null;
    // Written out: put together from parts it costs as much as everything else that is decided.
    return {
      id: moving?.id ?? newId(tx.now),
      number: moving?.number ?? number,
      personId: spend.personId,
      cardId,
      cardClass,
      channelId: slot.channelId,
      venueId: slot.venueId,
      slotId: slot.slotId,
      poolId: slot.poolId,
      serviceDate: slot.serviceDate,
      startsAt: slot.startsAt,
      endsAt: slot.endsAt,
      companions: request.companions,
      note: held && request.note !== null ? this.cipher.encrypt(NOTE_PURPOSE, request.note) : null,
      status: held ? 'held' : 'booked',
      heldUntil: held ? bookableUntil : null,
      cancelUntil,
      rescheduleUntil,
      arriveUntil,
      cancelledBy: null,
      reason: null,
      caseId: null,
      arrivedAt: null,
      arrivedCompanions: null,
      pointsUntil: null,
      appealStatus: null,
      appealReason: null,
      appealAnswer: null,
      createdAt: moving?.createdAt ?? tx.now,
      version: moving ? moving.version + 1 : 1,
      activePersonId: spend.personId,
    };
  }

  /** Bookings, places, quota, audit and messages, each by one statement however many; held ones open their review. */
  private async write(
    tx: Tx,
    to: Tx,
    places: PoolBook,
    quota: QuotaBook,
    made: readonly Made[],
  ): Promise<void> {
    const fresh = made.filter(({ request }) => !request.moving);
    await this.openReviews(tx, fresh);
    await this.endWaits(tx, places, made);
    for (const { row, request } of made) {
      const { moving } = request;
      if (moving && !(await this.bookings.change(tx, moving, movedTo(row)))) {
        throw new DomainError('BOOKING_STATE_CONFLICT', { status: moving.status });
      }
    }
    await Promise.all([
      this.bookings.insert(
        to,
        fresh.map(({ row }) => row),
      ),
      this.capacity.write(tx, places, to),
      this.quota.write(to, quota),
      this.audit.recordMany(
        tx,
        made.map(({ row, request }) => ({
          principal: request.principal,
          action: request.moving ? 'bookings.reschedule' : 'bookings.book',
          objectType: 'booking',
          objectId: row.id,
          ...(request.requestId === undefined ? {} : { requestId: request.requestId }),
        })),
      ),
      this.outbox.publishMany(
        tx,
        made.map(({ row, request }) => ({
          topic: request.moving ? 'booking.rescheduled' : `booking.${row.status}`,
          payload: { personId: row.personId, bookingId: row.id },
        })),
      ),
    ]);
  }

  /** Who has a place in a slot waits for it no longer. Where nobody waits nothing is read. */
  private async endWaits(tx: Tx, places: PoolBook, made: readonly Made[]): Promise<void> {
    const there = made.filter(
      ({ row, request }) => request.offerOf === undefined && places.isWaitedFor(row.poolId),
    );
    if (there.length === 0) return;
    const waits = await this.bookings.liveWaitsFor(
      tx.manager,
      there.map(({ row }) => row),
    );
    if (waits.length === 0) return;
    await this.capacity.learn(
      tx,
      places,
      waits.map(({ id }) => id),
    );
    for (const { row, request } of there) {
      const wait = waits.find(({ personId, slotId }) => personId === row.personId && slotId === row.slotId);
      if (!wait || !places.leave(wait.id)) continue;
      const status = wait.status === 'offered' ? 'declined' : 'left';
      await this.bookings.changeWaiting(tx, wait, { status });
      const action = 'bookings.stop-waiting';
      await this.audit.record(tx, request.principal, { action, objectType: 'waiting', objectId: wait.id });
    }
  }

  private async openReviews(tx: Tx, made: readonly Made[]): Promise<void> {
    const held = made.filter(({ row }) => row.status === 'held');
    const review = this.reviews.get();
    if (!review || held.length === 0) return;
    const venues = await this.venues.byIds(
      tx.manager,
      held.map(({ row }) => row.venueId),
    );
    for (const { row, request } of held) {
      const venue = venues.get(row.venueId);
      if (!venue || !row.heldUntil) throw new Error(`booking ${row.id} cannot be reviewed`);
      const { id: bookingId, personId, channelId, venueId, slotId, startsAt, endsAt, companions } = row;
      row.caseId = await review.open(tx, request.principal, {
        bookingId,
        personId,
        channelId,
        venueId,
        zoneCode: venue.zoneCode,
        slotId,
        startsAt,
        endsAt,
        companions,
        note: request.note,
        heldUntil: row.heldUntil,
      });
    }
  }

  /** Who found a slot full is told where places are left, now that everybody of the call has had theirs. */
  private async suggestOthers(
    tx: Tx,
    desk: Desk,
    outcomes: readonly Outcome<BookingRow>[],
  ): Promise<Outcome<BookingRow>[]> {
    const wanted = desk.asks.flatMap(({ request, slot, channel, entitlement }, index) => {
      const outcome = outcomes[index];
      if (!outcome || outcome.ok || outcome.error.code !== 'SLOT_FULL' || !slot || !channel?.booking)
        return [];
      const cardClass = entitlement?.ok ? entitlement.cardClass : null;
      return [{ index, slot, rules: channel.booking, party: 1 + request.companions, cardClass }];
    });
    if (wanted.length === 0) return [...outcomes];
    const nearest = await this.freeSlots.nearest(tx, wanted);
    const told = new Map(wanted.map(({ index }, at) => [index, nearest[at] ?? []]));
    return outcomes.map((outcome, index) => {
      const slots = told.get(index);
      if (outcome.ok || !slots) return outcome;
      return refused('SLOT_FULL', { ...outcome.error.details, nearest: slots });
    });
  }

  /** Numbers that no booking has. */
  private async freeNumbers(tx: Tx, count: number): Promise<string[]> {
    const free = new Set<string>();
    for (let attempt = 0; free.size < count; attempt += 1) {
      // Each try leaves out no more than what is taken, a few in a thousand: five in a row are not chance.
      if (attempt === NUMBER_TRIES) throw new Error('no free booking numbers found');
      const drawn = Array.from({ length: count - free.size }, () =>
        String(randomInt(0, NUMBERS)).padStart(8, '0'),
      );
      const taken = await this.bookings.takenNumbers(tx.manager, drawn);
      for (const number of drawn) if (!taken.has(number)) free.add(number);
    }
    return [...free];
  }
}

/** @param places null while the pools are not locked yet: then the slot alone says whether it is closed */
function candidateOf({ now, own }: Seen, places: PoolBook | null, ask: Ask): Outcome<Candidate> {
  const { request, slot, channel, entitlement } = ask;
  const { personId } = request.principal;
  // Whoever moves a booking is not in the way of themselves, unless it is to where it is already.
  const others = (own.get(personId) ?? []).filter(
    ({ bookingId, slotId }) => bookingId !== request.moving?.id || slotId === request.slotId,
  );
  const decided = decideBooking({
    now,
    slot,
    closed: slot !== undefined && (slot.status === 'closed' || places?.isClosed(slot.poolId) === true),
    rules: channel?.booking ?? null,
    companions: request.companions,
    person: { pausedUntil: ask.pausedUntil, own: others },
    entitlement: entitlement ?? { ok: false, code: 'CHANNEL_NOT_OPEN', details: {} },
    missingConsent: ask.missingConsent,
    offered: request.offerOf !== undefined,
  });
  if (!decided.ok) return decided;
  if (!slot || !channel?.booking || !entitlement?.ok) throw new Error('decided without slot, rules or card');
  const { cardId, cardClass, quota: terms } = entitlement;
  const spend = { personId, terms, party: 1 + request.companions, on: slot.serviceDate };
  return {
    ok: true,
    value: { request, slot, rules: channel.booking, times: decided.value, cardId, cardClass, spend },
  };
}

/** Takes place and quota, or neither; after a refused move the transaction must not commit. */
function take({ places, now }: Desk, quota: QuotaBook, candidate: Candidate, row: BookingRow): Outcome<null> {
  const { request, slot, cardClass } = candidate;
  const cause = bookingCause(row.id);
  if (request.moving) {
    places.release(cause);
    quota.giveBack(cause);
  }
  const { party } = candidate.spend;
  const left = places.left(slot.poolId, cardClass);
  if (request.offerOf === undefined && left < party) {
    return refused('SLOT_FULL', { slotId: slot.slotId, left });
  }
  const affordable = quota.check(candidate.spend);
  if (!affordable.ok) return refused(affordable.code, { ...affordable.details });
  const { heldUntil, poolId } = row;
  const got =
    request.offerOf === undefined
      ? places.claim({ poolId, amount: party, cardClass, cause, heldUntil }).ok
      : places.accept(request.offerOf, cause, heldUntil, now);
  if (!got) return refused('OFFER_ENDED');
  quota.spend({ ...candidate.spend, cause });
  return { ok: true, value: null };
}

/** What moving changes in the row; who, how many and the number stay. */
function movedTo(row: BookingRow): Partial<NewBooking> {
  const { cardId, cardClass, channelId, venueId, slotId, poolId, serviceDate, startsAt, endsAt } = row;
  const { cancelUntil, rescheduleUntil, arriveUntil } = row;
  const until = { cancelUntil, rescheduleUntil, arriveUntil };
  return { cardId, cardClass, channelId, venueId, slotId, poolId, serviceDate, startsAt, endsAt, ...until };
}
