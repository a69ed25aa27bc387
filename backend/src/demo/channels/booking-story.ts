import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { In } from 'typeorm';
import { Arrivals } from '../../features/bookings/arrivals.service.js';
import { BookingRow } from '../../features/bookings/booking.entity.js';
import { Bookings } from '../../features/bookings/bookings.service.js';
import { NO_SHOWS_JOB, NoShows } from '../../features/bookings/no-shows.service.js';
import { WaitingLine } from '../../features/bookings/waiting-line.js';
import { ChannelRow } from '../../features/channels/channel.entity.js';
import { Requests } from '../../features/requests/requests.service.js';
import { SlotEntity } from '../../features/venues/slot.entity.js';
import { SLOTS_JOB } from '../../features/venues/slot-maker.js';
import { Consents } from '../../platform/accounts/consents.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { addDays, serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { DemoWorld } from '../demo-world.js';
import type { Deed } from '../history.js';
import { BOOKERS, booker, channelId, gaoYuanfan, momentOf, unlessRefused } from './demo-bookers.js';

const DAY_MS = 86_400_000;
/** Days back on which people booked for the day after. */
const BOOKED_ON = [24, 17, 12, 8, 5, 3, 2, 1];
const BOOKED_CHANNELS = [3, 5, 17, 18];
/** One in so many does not come. */
const ABSENT_EVERY = 9;
/** Of the swimming hall, tomorrow: full, with a line. */
const FULL_CHANNEL = 18;

async function slotsOf(world: DemoWorld, channelNumber: number, date: string): Promise<SlotEntity[]> {
  const { manager } = world.get(ReadDatabase);
  return manager.find(SlotEntity, {
    where: { channelId: await channelId(world, channelNumber), serviceDate: date, status: 'open' },
    order: { startsAt: 'ASC', id: 'ASC' },
  });
}

/** Books for as many as the slot takes; who may not, or finds it full, does without. */
async function book(world: DemoWorld, people: readonly PersonPrincipal[], slotId: string): Promise<void> {
  const requests = people.map((principal, i) => ({
    principal,
    slotId,
    companions: i % 5 === 0 ? 1 : 0,
    note: null,
  }));
  await world.write((tx) => world.get(Bookings).bookMany(tx, requests));
}

function bookingDay(now: Date, daysBack: number, nth: number): Deed[] {
  const date = addDays(serviceDate(now), 1 - daysBack);
  return [
    {
      at: momentOf(now, daysBack, '09:00'),
      what: async (world) => {
        await world.runJob(SLOTS_JOB);
        for (const [i, channel] of BOOKED_CHANNELS.entries()) {
          const afternoon = (await slotsOf(world, channel, date)).filter(
            ({ startsAt }) => startsAt.getUTCHours() >= 6 && startsAt.getUTCHours() < 8,
          );
          const slot = afternoon[nth % Math.max(1, afternoon.length)];
          if (!slot) continue;
          const count = 3 + ((nth * 3 + i) % 4);
          const first = nth * 11 + i * 7;
          const people = Array.from({ length: count }, (_, k) => booker(world, first + k));
          await book(world, await Promise.all(people), slot.id);
        }
      },
    },
    { at: momentOf(now, daysBack - 1, '15:40'), what: (world) => checkInArrivals(world, date) },
    {
      at: momentOf(now, daysBack - 1, '19:00'),
      what: async (world) => {
        await world.runJob(NO_SHOWS_JOB);
      },
    },
  ];
}

async function checkInArrivals(world: DemoWorld, date: string): Promise<void> {
  const rows = await world.get(ReadDatabase).manager.find(BookingRow, {
    where: { serviceDate: date, status: 'booked' },
    order: { id: 'ASC' },
  });
  const office = world.office('city-reviewer');
  for (const [i, row] of rows.entries()) {
    if (row.startsAt > world.clock.now() || i % ABSENT_EVERY === ABSENT_EVERY - 1) continue;
    const { venueId, number } = row;
    await unlessRefused(() =>
      world.write((tx) => world.get(Arrivals).checkIn(tx, office, { venueId, number })),
    );
  }
}

/** What lies ahead: bookings of the coming days, a full slot with a line, and a booking that an office reviews. */
async function bookAhead(world: DemoWorld): Promise<void> {
  await world.runJob(SLOTS_JOB);
  const today = serviceDate(world.clock.now());
  for (const [i, channel] of BOOKED_CHANNELS.entries()) {
    for (let ahead = 0; ahead < 5; ahead += 1) {
      const slots = (await slotsOf(world, channel, addDays(today, ahead))).filter(
        ({ startsAt }) => startsAt.getTime() > world.clock.now().getTime() + 3 * 3_600_000,
      );
      for (const [k, slot] of slots.entries()) {
        const count = (k * 5 + i * 3 + ahead * 7) % 6;
        const people = Array.from({ length: count }, (_, n) =>
          booker(world, k * 5 + i * 13 + ahead * 17 + n),
        );
        await book(world, await Promise.all(people), slot.id);
      }
    }
  }
  await fillWithLine(world, addDays(today, 1));
  await reviewAhead(world, today);
}

async function fillWithLine(world: DemoWorld, date: string): Promise<void> {
  const slot = (await slotsOf(world, FULL_CHANNEL, date)).at(-1);
  if (!slot) return;
  const everybody = await Promise.all(Array.from({ length: BOOKERS }, (_, n) => booker(world, n)));
  await book(world, everybody, slot.id);
  const inLine = [everybody[40], everybody[44], await gaoYuanfan(world)];
  for (const person of inLine) {
    if (!person) continue;
    const key = world.key(`wait-${person.personId}`);
    await unlessRefused(() => world.get(WaitingLine).join(person, { slotId: slot.id, companions: 0 }, key));
  }
}

async function reviewAhead(world: DemoWorld, today: string): Promise<void> {
  let nth = 0;
  for (let ahead = 1; ahead < 5 && nth < 3; ahead += 1) {
    const [slot] = await slotsOf(world, 28, addDays(today, ahead));
    if (!slot) continue;
    const principal = await booker(world, 30 + nth);
    const note = ['新设企业一站办理', '研发项目备案', '进口设备免税咨询'][nth] ?? null;
    await world.write((tx) =>
      world.get(Bookings).bookMany(tx, [{ principal, slotId: slot.id, companions: 0, note }]),
    );
    nth += 1;
  }
}

/** The persona with two years of the card: came, did not come and appealed, asked an officer, books again. */
function personaStory(now: Date): Deed[] {
  return [
    {
      at: momentOf(now, 730, '10:00'),
      what: async (world) => {
        await gaoYuanfan(world);
      },
    },
    { at: momentOf(now, 12, '09:10'), what: (world) => bookAs(world, 17, momentOf(now, 11, '14:00')) },
    { at: momentOf(now, 5, '09:10'), what: (world) => bookAs(world, 18, momentOf(now, 4, '15:00')) },
    { at: momentOf(now, 6, '16:20'), what: askOfficer },
    { at: momentOf(now, 3, '10:05'), what: answerOfficer },
    { at: new Date(now.getTime() - 0.03 * DAY_MS), what: (world) => bookNext(world) },
  ];
}

/** The first slot of the channel that day from the moment on. */
async function bookAs(world: DemoWorld, channel: number, from: Date): Promise<void> {
  await world.runJob(SLOTS_JOB);
  const slot = (await slotsOf(world, channel, serviceDate(from))).find(({ startsAt }) => startsAt >= from);
  if (slot) await book(world, [await gaoYuanfan(world)], slot.id);
}

async function bookNext(world: DemoWorld): Promise<void> {
  const person = await gaoYuanfan(world);
  await world.write((tx) =>
    world.get(Consents).grant(tx, person.accountId, 'channel-health', CONSENT_VERSIONS['channel-health']),
  );
  const soon = addDays(serviceDate(world.clock.now()), 2);
  for (const channel of [3, 9, 12]) {
    const slots = await slotsOf(world, channel, soon);
    const slot = slots[Math.floor(slots.length / 2)];
    if (slot) await book(world, [person], slot.id);
  }
  await appeal(world, person);
}

async function appeal(world: DemoWorld, person: PersonPrincipal): Promise<void> {
  const missed = await world.get(ReadDatabase).manager.findOneBy(BookingRow, {
    personId: person.personId,
    status: 'no-show',
  });
  if (!missed) return;
  const reason = '当天航班延误，未能及时取消（演示）';
  await unlessRefused(() => world.write((tx) => world.get(NoShows).appeal(tx, person, missed.id, reason)));
}

async function askOfficer(world: DemoWorld): Promise<void> {
  const person = await gaoYuanfan(world);
  const { manager } = world.get(ReadDatabase);
  const channels = await manager.find(ChannelRow, { where: { number: In([21, 30]) } });
  for (const { id, number } of channels) {
    const form =
      number === 21
        ? { subject: '配偶就业', details: '配偶从事会计工作，想了解区内岗位（演示）', mobile: '13800138000' }
        : { subject: '进口设备免税', details: '实验室进口设备，想问海关手续（演示）', mobile: '13800138000' };
    await unlessRefused(() =>
      world.write((tx) => world.get(Requests).submit(tx, person, { channelId: id, form, documents: [] })),
    );
  }
}

async function answerOfficer(world: DemoWorld): Promise<void> {
  const person = await gaoYuanfan(world);
  const rows = await world.get(Requests).mine(world.get(ReadDatabase).manager, person);
  const open = rows.find(({ status, subject }) => status === 'in-review' && subject === '进口设备免税');
  if (!open) return;
  await world.decide(open.caseId, open.version, {
    decision: 'approve',
    note: '已与海关联系，请携带采购合同到专窗办理（演示）',
  });
}

/** Bookings of the last weeks and of the days ahead, and the persona who has them all. */
export function bookingDeeds(now: Date): Deed[] {
  return [
    ...BOOKED_ON.flatMap((daysBack, nth) => bookingDay(now, daysBack, nth)),
    ...personaStory(now),
    { at: new Date(now.getTime() - 0.04 * DAY_MS), what: bookAhead },
  ];
}
