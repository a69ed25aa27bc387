import { writeScheduleSchema } from '@talent-card/shared/venues/schema';
import { ChannelAdministration } from '../../features/channels/channel-administration.js';
import { VenueWeeks } from '../../features/venues/venue-weeks.js';
import { VenuesAdministration } from '../../features/venues/venues-administration.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import type { DemoWorld } from '../demo-world.js';
import type { DemoChannel } from './channel-sketch.js';
import { DEMO_CHANNELS } from './demo-channels.js';
import { demoSchedules } from './demo-schedules.js';
import { DEMO_VENUES, type DemoVenueKey } from './demo-venues.js';

/** Opens the venues and the thirty channels of the demo, with their matrices and weekly templates. */
export async function openChannels(world: DemoWorld, tx: Tx): Promise<void> {
  const office = world.office('city-reviewer');
  const venues = world.get(VenuesAdministration);
  const ids = new Map<DemoVenueKey, string>();
  for (const [key, venue] of Object.entries(DEMO_VENUES)) {
    const write = { ...venue, openingHours: [...venue.openingHours], notice: null, status: 'open' as const };
    const { venueId } = await venues.create(tx, office, write, true);
    ids.set(key as DemoVenueKey, venueId);
  }
  for (const channel of DEMO_CHANNELS) await openChannel(world, tx, channel, ids);
}

async function openChannel(
  world: DemoWorld,
  tx: Tx,
  channel: DemoChannel,
  ids: ReadonlyMap<DemoVenueKey, string>,
): Promise<void> {
  const office = world.office('city-reviewer');
  const channels = world.get(ChannelAdministration);
  const { venues, terms, ...content } = channel;
  const venueIds = venues.flatMap((key) => ids.get(key) ?? []);
  const { channelId, version } = await channels.create(tx, office, { ...content, venueIds }, true);
  await channels.writeTerms(tx, office, channelId, { version, terms: [...terms] });
  for (const key of venues) {
    const venueId = ids.get(key) ?? '';
    const { number } = channel;
    for (const schedule of demoSchedules({ channelId, number }, key, serviceDate(tx.now))) {
      await world.get(VenueWeeks).createSchedule(tx, office, venueId, writeScheduleSchema.parse(schedule));
    }
  }
}
