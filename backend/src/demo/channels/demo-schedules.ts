import type { WriteSchedule } from '@talent-card/shared/venues/schema';
import { DEMO_VENUES, type DemoVenueKey } from './demo-venues.js';

/** How a bookable channel runs at a venue: slots of these minutes with these places, through the venue's hours. */
interface Rhythm {
  readonly slotMinutes: number;
  readonly capacity: number;
  readonly classCapacities?: Record<string, number>;
}

/** By number of the channel. */
const RHYTHMS: Readonly<Record<number, Rhythm>> = {
  3: { slotMinutes: 120, capacity: 12 },
  5: { slotMinutes: 90, capacity: 8 },
  9: { slotMinutes: 30, capacity: 3 },
  10: { slotMinutes: 60, capacity: 10 },
  12: { slotMinutes: 60, capacity: 4 },
  17: { slotMinutes: 90, capacity: 20, classCapacities: { E: 8 } },
  18: { slotMinutes: 120, capacity: 16 },
  28: { slotMinutes: 30, capacity: 2 },
};

/** The weekly templates of a channel at a venue, one for each stretch of opening. */
export function demoSchedules(
  channel: { readonly channelId: string; readonly number: number },
  venue: DemoVenueKey,
  effectiveFrom: string,
): WriteSchedule[] {
  const rhythm = RHYTHMS[channel.number];
  if (!rhythm) return [];
  return DEMO_VENUES[venue].openingHours.map(({ weekday, from, to }) => ({
    channelId: channel.channelId,
    weekday,
    from,
    to,
    ...rhythm,
    effectiveFrom,
    effectiveTo: null,
  }));
}
