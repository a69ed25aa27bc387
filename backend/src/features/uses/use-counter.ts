import { Injectable } from '@nestjs/common';
import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import type { Verdict } from '@talent-card/shared/uses/verdicts';
import { Quota } from '../../core/quota/quota.service.js';
import type { QuotaSpend, QuotaTerms } from '../../core/quota/quota.types.js';
import type { Principal } from '../../platform/accounts/principal.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Arrivals } from '../bookings/arrivals.service.js';
import { bookingCause } from '../bookings/booking-desk.js';
import { Bookings } from '../bookings/bookings.service.js';
import type { EntitlementDecision } from '../channels/entitlement.rules.js';
import { Entitlements } from '../channels/entitlements.js';
import type { SettleReason } from './use.entity.js';
import { arrivedVisit, type BookedVisit, isUsedAtWindows, visitAt } from './use.rules.js';

/** Somebody at a window wants one channel once. */
export interface UseRequest {
  readonly useId: string;
  readonly personId: string;
  readonly channelId: string;
  readonly venueId: string;
  readonly companions: number;
  /** Earlier than now where the window had no network. */
  readonly at: Date;
  /** The card shown, which was active then. */
  readonly cardId: string;
}

export type Counted =
  | {
      readonly ok: true;
      readonly left: number | null;
      readonly bookingId: string | null;
      readonly cardClass: string | null;
    }
  | {
      readonly ok: false;
      readonly error: DomainError;
      readonly verdict: Verdict;
      readonly settleReason: SettleReason;
      /** Of a use beyond the limit: what it would have spent. */
      readonly spend: QuotaSpend | null;
    };

const useCause = (useId: string) => ({ type: 'use', id: useId }) as const;

function refusal(
  code: ErrorCode,
  verdict: Verdict,
  settleReason: SettleReason,
  details: Record<string, unknown> = {},
  spend: QuotaSpend | null = null,
): Counted {
  return { ok: false, error: new DomainError(code, details), verdict, settleReason, spend };
}

const alreadyArrived = ({ id, arrivedAt }: Pick<BookedVisit, 'id' | 'arrivedAt'>): Counted =>
  refusal('BOOKING_ALREADY_ARRIVED', 'already-arrived', 'already-arrived', {
    bookingId: id,
    arrivedAt: arrivedAt?.toISOString() ?? null,
  });

const tooMany = (most: number): Counted =>
  refusal('COMPANIONS_TOO_MANY', 'companions-too-many', 'not-entitled', { most });

/**
 * Counts a use: takes over what its booking has spent and checks it in, or spends quota. Everything in the caller's
 * transaction. A use that checks a booking in takes the person's turn before the counters, as bookings do; one without
 * a booking needs no turn: what two of them share is the counters, and there the second waits for the first.
 */
@Injectable()
export class UseCounter {
  constructor(
    private readonly entitlements: Entitlements,
    private readonly bookings: Bookings,
    private readonly arrivals: Arrivals,
    private readonly quota: Quota,
  ) {}

  /** Nothing is written where the answer is no. */
  async count(tx: Tx, principal: Principal, request: UseRequest): Promise<Counted> {
    const { personId, channelId, venueId, companions, at, cardId } = request;
    const on = serviceDate(at);
    const question = { personId, channelId, venueId, on, wasActive: cardId };
    const book = await this.entitlements.load(tx.manager, [question]);
    const channel = book.channel(channelId);
    const decision = book.decide(question);
    if (!channel || !isUsedAtWindows(channel) || !channel.venueIds.includes(venueId))
      return refusal('CHANNEL_NOT_OPEN', 'wrong-venue', 'not-entitled', { channelId });
    const visits = await this.visitsInTurn(tx, { personId, venueId, day: on });
    const visit = visitAt(visits, channelId, at);
    if (visit) {
      if (companions > visit.companions) return tooMany(visit.companions);
      const paid = await this.pay(tx, request, visit, decision);
      if (paid.ok) await this.arrivals.markArrived(tx, principal, visit, { companions, at });
      return paid;
    }
    const arrived = arrivedVisit(visits, channelId);
    if (arrived) return alreadyArrived(arrived);
    if (channel.booking)
      return refusal('NOT_ENTITLED', 'not-entitled', 'no-booking', { bookingRequired: true });
    if (!decision.ok) return refusal(decision.code, 'not-entitled', 'not-entitled', { ...decision.details });
    if (companions > decision.companions) return tooMany(decision.companions);
    return this.spend(tx, request, decision.quota, null, decision.cardClass);
  }

  /**
   * Counts a use that somebody lets stand: as the visit that was booked, which has spent already, else within the limit
   * where there is room, else in excess. Answers the booking, null where there was none.
   * @param inExcess written down in excess already, when it came in
   */
  async countAnyway(
    tx: Tx,
    principal: Principal,
    request: UseRequest,
    inExcess = false,
  ): Promise<string | null> {
    const { personId, channelId, venueId, companions, at, useId, cardId: wasActive } = request;
    const question = { personId, channelId, venueId, on: serviceDate(at), wasActive };
    const decision = (await this.entitlements.load(tx.manager, [question])).decide(question);
    const visits = await this.visitsInTurn(tx, { personId, venueId, day: question.on });
    const visit = visitAt(visits, channelId, at);
    if (visit) {
      const came = { ...request, companions: Math.min(companions, visit.companions) };
      const paid = inExcess ? null : await this.pay(tx, came, visit, decision);
      if (paid && !paid.ok) await this.recordExcess(tx, paid.spend);
      await this.arrivals.markArrived(tx, principal, visit, came);
      return visit.id;
    }
    if (inExcess) return null;
    // Checked in by its number meanwhile.
    for (const arrived of visits) {
      if (arrived.channelId !== channelId || arrived.status !== 'arrived') continue;
      if (await this.quota.attach(tx, bookingCause(arrived.id), useCause(useId))) return arrived.id;
    }
    if (!decision.ok) return null;
    const counted = await this.spend(tx, request, decision.quota, null, null);
    if (!counted.ok) await this.recordExcess(tx, counted.spend);
    return null;
  }

  /** Hands what a use took over back to its booking. False where the use held nothing. */
  handBack(tx: Tx, useId: string, bookingId: string): Promise<boolean> {
    return this.quota.attach(tx, useCause(useId), bookingCause(bookingId));
  }

  async recordExcess(tx: Tx, spend: QuotaSpend | null): Promise<void> {
    if (spend) await this.quota.recordExcess(tx, spend);
  }

  /** False where the use held nothing. */
  giveBack(tx: Tx, useId: string): Promise<boolean> {
    return this.quota.giveBack(tx, useCause(useId));
  }

  /**
   * The bookings of a day as they stand in the person's turn, read again once it is theirs: whoever was faster with one,
   * such as a desk that has its number, is seen and not run into.
   */
  private async visitsInTurn(
    tx: Tx,
    search: { readonly personId: string; readonly venueId: string; readonly day: string },
  ): Promise<BookedVisit[]> {
    const [any] = await this.bookings.findForCheckIn(tx.manager, search);
    if (!any) return [];
    await this.arrivals.inTurn(tx, any.id);
    return this.bookings.findForCheckIn(tx.manager, search);
  }

  /** Takes over what a booking has spent, or spends where that was given back. */
  private async pay(
    tx: Tx,
    request: UseRequest,
    visit: BookedVisit,
    decision: EntitlementDecision,
  ): Promise<Counted> {
    const { id: bookingId, cardClass } = visit;
    if (await this.quota.attach(tx, bookingCause(bookingId), useCause(request.useId))) {
      const left = decision.ok ? await this.left(tx, request, decision.quota) : null;
      return { ok: true, left, bookingId, cardClass };
    }
    // Given back meanwhile, such as after an appeal against not having come.
    if (!decision.ok) return { ok: true, left: null, bookingId, cardClass };
    return this.spend(tx, request, decision.quota, bookingId, cardClass);
  }

  private async spend(
    tx: Tx,
    { personId, companions, at, useId }: UseRequest,
    terms: QuotaTerms,
    bookingId: string | null,
    cardClass: string | null,
  ): Promise<Counted> {
    const cause = useCause(useId);
    const spend: QuotaSpend = { personId, terms, party: 1 + companions, on: serviceDate(at), cause };
    const book = await this.quota.load(tx, [spend]);
    const outcome = book.spend(spend);
    if (!outcome.ok) {
      const verdict = outcome.code === 'QUOTA_GONE' ? 'quota-gone' : 'funded-elsewhere';
      return refusal(outcome.code, verdict, 'excess', { ...outcome.details }, spend);
    }
    await this.quota.write(tx, book);
    return { ok: true, left: outcome.left, bookingId, cardClass };
  }

  private async left(tx: Tx, { personId, at }: UseRequest, terms: QuotaTerms): Promise<number | null> {
    const [balances = []] = await this.quota.balances(tx.manager, personId, [terms], serviceDate(at));
    const counted = balances.filter(({ window }) => window !== 'use').map(({ left }) => left);
    return counted.length > 0 ? Math.min(...counted) : null;
  }
}
