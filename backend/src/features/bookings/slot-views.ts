import { Injectable } from '@nestjs/common';
import type {
  Slot,
  SlotWeek,
  slotQuerySchema,
  venueWeekQuerySchema,
} from '@talent-card/shared/bookings/schema';
import type { BookingRules } from '@talent-card/shared/channels/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { Capacity } from '../../core/capacity/capacity.service.js';
import type { PoolCounts } from '../../core/capacity/capacity.types.js';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { addDays, serviceDate, startOfServiceDay } from '../../platform/clock/shanghai.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { ChannelRules } from '../channels/channel.types.js';
import { Channels } from '../channels/channels.service.js';
import { type SlotRow, Slots } from '../venues/slots.service.js';
import { Venues } from '../venues/venues.service.js';
import { VenuesAdministration } from '../venues/venues-administration.js';
import { bookingTimes } from './booking.rules.js';
import { slotState } from './slot-views.rules.js';

export type SlotListQuery = z.output<typeof slotQuerySchema>;
export type WeekQuery = z.output<typeof venueWeekQuerySchema>;

const WEEK = 7;

/** Slots as citizens choose among them and as venues see their week. */
@Injectable()
export class SlotViews {
  constructor(
    private readonly slots: Slots,
    private readonly venues: Venues,
    private readonly administration: VenuesAdministration,
    private readonly channels: Channels,
    private readonly capacity: Capacity,
    private readonly clock: Clock,
  ) {}

  /**
   * Some days of a channel at a venue. The number of statements does not depend on that of the slots.
   * @throws DomainError NOT_FOUND where the channel is not open, books nothing, or not at this venue
   */
  async ofChannel(manager: EntityManager, channelId: string, query: SlotListQuery): Promise<SlotWeek> {
    const { venueId, days, from = serviceDate(this.clock.now()) } = query;
    const rules = this.channels.bookingRules(manager, [channelId]);
    const [known, week] = await Promise.all([
      rules,
      this.days(manager, venueId, { from, days, channelId }, () => rules),
    ]);
    if (!offeredAt(known.get(channelId), venueId)) throw new DomainError('NOT_FOUND');
    return week;
  }

  /** Whether a channel is open, is booked, and is used at this venue. */
  async isOffered(manager: EntityManager, channelId: string, venueId: string): Promise<boolean> {
    const rules = await this.channels.bookingRules(manager, [channelId]);
    return offeredAt(rules.get(channelId), venueId);
  }

  /**
   * Every slot of a venue in one week, of all its channels or one.
   * @throws DomainError NOT_FOUND also for a venue that is not the caller's
   */
  async ofVenue(
    manager: EntityManager,
    staff: StaffPrincipal,
    venueId: string,
    query: WeekQuery,
  ): Promise<SlotWeek> {
    await this.administration.visible(manager, staff, venueId);
    const { from = mondayOf(serviceDate(this.clock.now())), channelId } = query;
    return this.days(manager, venueId, { from, days: WEEK, channelId }, (channelIds) =>
      this.channels.bookingRules(manager, channelIds),
    );
  }

  /** What does not need an answer of the database is asked beside it: whoever waits, waits for two turns and not nine. */
  private async days(
    manager: EntityManager,
    venueId: string,
    { from, days, channelId }: { from: string; days: number; channelId?: string | undefined },
    rulesOf: (channelIds: readonly string[]) => Promise<ReadonlyMap<string, ChannelRules>>,
  ): Promise<SlotWeek> {
    const [opening, planned] = await Promise.all([
      this.venues.days(manager, [venueId], from, days),
      this.slots.week(manager, venueId, from, addDays(from, days - 1), channelId),
    ]);
    const rows = planned.filter((slot) => slot.closedBy !== 'plan');
    const [rules, counts] = await Promise.all([
      rulesOf([...new Set(rows.map((slot) => slot.channelId))]),
      this.capacity.counts(
        manager,
        rows.map((slot) => slot.poolId),
      ),
    ]);
    const now = this.clock.now();
    return {
      days: (opening.get(venueId) ?? []).map(({ date, closedBecause, note }) => ({
        date,
        closedBecause,
        note,
        slots: rows
          .filter((slot) => slot.serviceDate === date)
          .flatMap((slot) => {
            const count = counts.get(slot.poolId);
            const booking = rules.get(slot.channelId)?.booking ?? null;
            return count ? [viewOf(slot, count, booking, now)] : [];
          }),
      })),
    };
  }
}

const offeredAt = (channel: ChannelRules | undefined, venueId: string): boolean =>
  channel?.status === 'published' && channel.booking !== null && channel.venueIds.includes(venueId);

/** Where a channel books nothing any more, its slots of the past keep their times and nothing is bookable. */
function viewOf(slot: SlotRow, count: PoolCounts, rules: BookingRules | null, now: Date): Slot {
  const { slotId, channelId, venueId, startsAt, endsAt } = slot;
  const times = rules
    ? bookingTimes(rules, slot)
    : { opensAt: startOfServiceDay(slot.serviceDate), bookableUntil: startsAt };
  const closed = slot.status === 'closed' || count.closed || rules === null;
  const left = closed ? 0 : count.capacity - count.taken;
  const { opensAt, bookableUntil } = times;
  return {
    slotId,
    channelId,
    venueId,
    serviceDate: slot.serviceDate,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    capacity: count.capacity,
    left,
    classLeft: { ...count.classLeft },
    waiting: count.waiting,
    state: slotState({ now, closed, left, startsAt, opensAt, bookableUntil }),
    opensAt: opensAt.toISOString(),
    bookableUntil: bookableUntil.toISOString(),
  };
}

/** The Monday of the week in which a day lies. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  return addDays(date, weekday === 0 ? -6 : 1 - weekday);
}
