import type { BookingRules, ChannelTerms } from '@talent-card/shared/channels/schema';
import { Capacity } from '../src/core/capacity/capacity.service.js';
import { Cards } from '../src/features/cards/cards.service.js';
import { ChannelRow, ChannelTermsRow, ChannelVenueRow } from '../src/features/channels/channel.entity.js';
import { SlotEntity } from '../src/features/venues/slot.entity.js';
import { type PersonPrincipal, system } from '../src/platform/accounts/principal.js';
import { serviceDate } from '../src/platform/clock/shanghai.js';
import type { Tx } from '../src/platform/database/tx.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { newId } from '../src/platform/ids.js';
import { anybody, confirmPerson, signInSomebody, type TestPerson } from './card-fixtures.js';
import type { TestApp } from './harness.js';
import { makeVenue } from './venue-fixtures.js';

const BOOKING_RULES: BookingRules = {
  opensDaysAhead: 7,
  opensAt: '08:00',
  leadMinutes: 30,
  cancelMinutes: 120,
  rescheduleMinutes: 120,
  graceMinutes: 15,
  reviewed: false,
  offerMinutes: 60,
};

export interface TestChannel {
  readonly channelId: string;
  readonly venueId: string;
}

let channels = 0;

/** A published channel at a venue of its own, for every talent card, without a limit, unless something else is said. */
export async function makeChannel(
  test: TestApp,
  more: {
    channel?: Partial<ChannelRow>;
    rules?: Partial<BookingRules>;
    terms?: Partial<ChannelTerms>;
    venueId?: string;
  } = {},
): Promise<TestChannel> {
  channels += 1;
  const number = 100 + channels;
  const venueId = more.venueId ?? (await makeVenue(test));
  return test.app.get(UnitOfWork).run(async (tx) => {
    const channelId = newId(tx.now);
    const empty = { zh: '说明', en: 'Text' };
    await tx.manager.insert(ChannelRow, {
      id: channelId,
      number,
      channelGroup: 'sport',
      usedBy: 'book',
      status: 'published',
      nameZh: `通道${number}`,
      nameEn: `Channel ${number}`,
      texts: JSON.stringify({
        summary: empty,
        provider: empty,
        blocks: { content: empty, who: empty, flow: empty, limit: empty, window: empty },
        companionRule: null,
      }),
      search: '',
      hotline: '12345',
      officialLink: null,
      booking: JSON.stringify({ ...BOOKING_RULES, ...more.rules }),
      offline: 'allowed',
      sensitive: null,
      provincialCard: false,
      foreignersOnly: false,
      fundingGroup: null,
      perVenue: false,
      documentNumber: null,
      demo: true,
      version: 1,
      updatedAt: tx.now,
      ...more.channel,
    });
    await tx.manager.insert(ChannelVenueRow, { channelId, venueId, position: 0 });
    const { limits = [], ...terms } = more.terms ?? {};
    await tx.manager.insert(ChannelTermsRow, {
      id: newId(tx.now),
      channelId,
      position: 0,
      cardKind: 'talent',
      cardClass: null,
      effectiveFrom: '2020-01-01',
      effectiveTo: null,
      companions: 1,
      discountPercent: null,
      capCents: null,
      ...terms,
      limits: JSON.stringify(limits),
    });
    return { channelId, venueId };
  });
}

/** An hour at the channel's venue, from `startsAt` on; answers its id. */
export function makeSlot(
  test: TestApp,
  { channelId, venueId }: TestChannel,
  startsAt: string,
  capacity: number,
  classCapacities: Record<string, number> = {},
): Promise<string> {
  return test.app
    .get(UnitOfWork)
    .run((tx) => insertSlot(test, tx, { channelId, venueId }, startsAt, capacity, classCapacities));
}

async function insertSlot(
  test: TestApp,
  tx: Tx,
  place: TestChannel,
  startsAt: string,
  capacity: number,
  classCapacities: Record<string, number>,
): Promise<string> {
  const id = newId(tx.now);
  const start = new Date(startsAt);
  await tx.manager.insert(SlotEntity, {
    ...place,
    id,
    serviceDate: serviceDate(start),
    startsAt: start,
    endsAt: new Date(start.getTime() + 3_600_000),
    poolId: await test.app.get(Capacity).openPool(tx, { capacity, classCapacities }),
    scheduleId: null,
    capacity,
    classCapacities: JSON.stringify(classCapacities),
    status: 'open',
    closedBy: null,
    closedReason: null,
    byHand: false,
    createdAt: tx.now,
  });
  return id;
}

/** Gives a person a talent card. */
async function giveCard(test: TestApp, personId: string): Promise<string> {
  const cards = test.app.get(Cards, { strict: false });
  const card = await test.app.get(UnitOfWork).run((tx) =>
    cards.issue(tx, system('test'), {
      personId,
      kind: 'talent',
      category: '1',
      cardClass: null,
      zoneCode: '371002',
      caseId: null,
      rosterEntryId: null,
    }),
  );
  return card.id;
}

/** Somebody with a card, signed in. */
export async function signInHolder(test: TestApp): Promise<TestPerson> {
  const person = await signInSomebody(test, anybody());
  await giveCard(test, person.personId);
  return person;
}

/** So many people with cards, as the services see them; they are not signed in. */
export async function makeHolders(test: TestApp, count: number): Promise<PersonPrincipal[]> {
  const holders: PersonPrincipal[] = [];
  for (let i = 0; i < count; i += 1) {
    const personId = await confirmPerson(test, anybody());
    await giveCard(test, personId);
    const accountId = newId(test.clock.now());
    holders.push({ type: 'citizen', accountId, sessionId: newId(test.clock.now()), personId });
  }
  return holders;
}
