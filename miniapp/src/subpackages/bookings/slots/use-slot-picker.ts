import type { Booking, Slot, SlotWeek } from '@talent-card/shared/bookings/schema';
import type { Channel, Entitlement } from '@talent-card/shared/channels/schema';
import type { UseQueryResult } from '@tanstack/react-query';
import { useDidHide, useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import { clock, serviceDay } from '@/platform/clock';
import { queryClient } from '@/platform/query';
import { SLOTS_KEY, useSlots } from '@/services/bookings';
import { useCards } from '@/services/cards';
import { useEntitlement } from '@/services/channels';
import { addDays, dayToShow, placesFor, WEEK, weekOf } from './slot-rules';

type Venue = Channel['venues'][number];

export interface Wanted {
  venueId?: string | undefined;
  date?: string | undefined;
  slotId?: string | undefined;
}

export interface SlotPicker {
  venues: readonly Venue[];
  venue: Venue | null;
  chooseVenue: (venueId: string) => void;
  week: UseQueryResult<SlotWeek>;
  /** The first of the seven days in view. */
  from: string;
  /** The seven days before and after; null where there are none. */
  before: (() => void) | null;
  after: (() => void) | null;
  day: SlotWeek['days'][number] | null;
  chooseDay: (date: string) => void;
  slot: Slot | null;
  /** Takes a slot, of whatever day in view; null lets go of it. */
  chooseSlot: (slot: Slot | null) => void;
  companions: number;
  mostCompanions: number;
  setCompanions: (companions: number) => void;
  entitlement: Entitlement | undefined;
  cardClass: string | null;
  places: (slot: Slot) => number;
}

/** What is looked at and chosen on the page. Counts are asked for again while it is in front, and when it comes back. */
export function useSlotPicker(channel: Channel, wanted: Wanted, moving: Booking | null): SlotPicker {
  const today = serviceDay(clock.now());
  const venues = channel.venues;
  const [venueId, setVenueId] = useState(wanted.venueId ?? null);
  const [from, setFrom] = useState(() => (wanted.date ? weekOf(wanted.date, today) : today));
  const [date, setDate] = useState<string | null>(wanted.date ?? null);
  const [slotId, setSlotId] = useState<string | null>(wanted.slotId ?? null);
  const [asked, setCompanions] = useState(0);
  const [inFront, setInFront] = useState(true);
  useDidShow(() => {
    setInFront(true);
    void queryClient.invalidateQueries({ queryKey: SLOTS_KEY });
  });
  useDidHide(() => setInFront(false));

  const venue = venues.find((one) => one.venueId === venueId) ?? venues[0] ?? null;
  const week = useSlots(
    venue ? { channelId: channel.channelId, venueId: venue.venueId, from, days: WEEK } : null,
    inFront,
  );
  const entitlement = useEntitlement(channel.channelId).data;
  const cards = useCards().data;
  const cardClass = cards?.find(({ cardId }) => cardId === entitlement?.cardId)?.cardClass ?? null;

  const days = week.data?.days ?? [];
  const shown = days.some((day) => day.date === date)
    ? date
    : week.data && !week.isPlaceholderData
      ? dayToShow(week.data, cardClass)
      : null;
  const mostCompanions = moving ? moving.companions : (entitlement?.companions ?? channel.companions);
  const last = addDays(today, channel.booking?.opensDaysAhead ?? 0);
  const turn = (to: string) => {
    setFrom(to);
    setDate(null);
    setSlotId(null);
  };
  return {
    venues,
    venue,
    chooseVenue: (id) => {
      setVenueId(id);
      setDate(null);
      setSlotId(null);
    },
    week,
    from,
    before: from > today ? () => turn(addDays(from, -WEEK)) : null,
    after: addDays(from, WEEK) <= last ? () => turn(addDays(from, WEEK)) : null,
    day: days.find((day) => day.date === shown) ?? null,
    chooseDay: (to) => {
      setDate(to);
      setSlotId(null);
    },
    slot: days.flatMap(({ slots }) => slots).find((slot) => slot.slotId === slotId) ?? null,
    chooseSlot: (slot) => {
      if (slot) setDate(slot.serviceDate);
      setSlotId(slot?.slotId ?? null);
    },
    companions: moving ? moving.companions : Math.min(asked, mostCompanions),
    mostCompanions,
    setCompanions,
    entitlement,
    cardClass,
    places: (slot) => placesFor(slot, cardClass),
  };
}
