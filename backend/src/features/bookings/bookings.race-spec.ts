import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { makeChannel, makeHolders, makeSlot } from '../../../test/booking-fixtures.js';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { Capacity } from '../../core/capacity/capacity.service.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Slots } from '../venues/slots.service.js';
import { BookingRow } from './booking.entity.js';
import { Bookings } from './bookings.service.js';
import { LINE_JOB } from './line-check.js';
import { WaitingLine } from './waiting-line.js';

const PLACES = 20;
const CALLERS = 200;
const TOMORROW_9 = '2026-11-25T01:00:00.000Z';

const keyed = (person: PersonPrincipal): IdempotencyContext => ({
  owner: `c:${person.accountId}`,
  key: randomUUID(),
  route: 'POST /bookings',
  requestHash: 'a'.repeat(64),
});
const codeOf = (running: Promise<unknown>): Promise<string> =>
  running.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof DomainError) return error.code;
      throw error;
    },
  );

/** Everybody at the same moment; on MariaDB half of the calls fall on another node. */
describe('a popular slot', () => {
  let test: TestApp;
  let nodes: NestFastifyApplication[];
  let people: PersonPrincipal[];
  beforeAll(async () => {
    test = await createTestApp();
    nodes = TEST_DATABASE === 'mariadb' ? [test.app, await test.secondNode()] : [test.app];
    people = await makeHolders(test, CALLERS);
  }, 120_000);
  afterAll(() => test.close());

  const manager = () => test.app.get(ReadDatabase).manager;
  const bookingsOn = (index: number): Bookings =>
    (nodes[index % nodes.length] ?? test.app).get(Bookings, { strict: false });
  const book = (person: PersonPrincipal, index: number, slotId: string, companions = 0): Promise<string> =>
    codeOf(bookingsOn(index).book({ principal: person, slotId, companions, note: null }, keyed(person)));
  const count = (answers: readonly string[], answer: string): number =>
    answers.filter((one) => one === answer).length;
  const taken = async (slotId: string): Promise<number | undefined> => {
    const slot = (await test.app.get(Slots, { strict: false }).byIds(manager(), [slotId])).get(slotId);
    const counts = await test.app.get(Capacity).counts(manager(), [slot?.poolId ?? '']);
    return counts.get(slot?.poolId ?? '')?.taken;
  };
  const live = (slotId: string): Promise<number> =>
    manager().countBy(BookingRow, { slotId, status: 'booked' });

  it('goes to as many as it has places, and every other is told that it is full', async () => {
    const slotId = await makeSlot(test, await makeChannel(test), TOMORROW_9, PLACES);
    const answers = await Promise.all(people.map((person, i) => book(person, i, slotId)));
    expect([count(answers, 'done'), count(answers, 'SLOT_FULL')]).toEqual([PLACES, CALLERS - PLACES]);
    expect([await live(slotId), await taken(slotId)]).toEqual([PLACES, PLACES]);
    const numbers = await manager().find(BookingRow, { select: { number: true }, where: { slotId } });
    expect(new Set(numbers.map(({ number }) => number)).size).toBe(PLACES);
  });

  it('counts companions as places of their own', async () => {
    const slotId = await makeSlot(test, await makeChannel(test), '2026-11-26T01:00:00.000Z', PLACES);
    const answers = await Promise.all(people.map((person, i) => book(person, i, slotId, i % 2)));
    expect(await taken(slotId)).toBe(PLACES);
    const rows = await manager().findBy(BookingRow, { slotId });
    expect(rows.reduce((sum, row) => sum + 1 + row.companions, 0)).toBe(PLACES);
    expect(count(answers, 'done')).toBe(rows.length);
  });

  it('keeps one person from two places at one time, however many slots they try at once', async () => {
    const channels = [await makeChannel(test), await makeChannel(test)];
    const start = '2026-11-27T01:00:00.000Z';
    const half = '2026-11-27T01:30:00.000Z';
    const slots = [
      await makeSlot(test, channels[0] as never, start, PLACES),
      await makeSlot(test, channels[1] as never, half, PLACES),
    ];
    const some = people.slice(0, 20);
    const answers = await Promise.all(
      some.flatMap((person) => [0, 1, 2, 3].map((i) => book(person, i, slots[i >> 1] ?? ''))),
    );
    expect(count(answers, 'done')).toBe(some.length);
    for (const { personId } of some) {
      const rows = await manager().findBy(BookingRow, { personId, serviceDate: '2026-11-27' });
      expect(rows).toHaveLength(1);
    }
    const codes = new Set(answers);
    codes.delete('done');
    expect([...codes].sort()).toEqual(['BOOKING_EXISTS', 'BOOKING_OVERLAP']);
  });

  it('keeps to the quota of a person who books everything at once', async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'month', most: 3 }] } });
    const slots: string[] = [];
    for (let hour = 0; hour < 8; hour += 1) {
      slots.push(await makeSlot(test, channel, `2026-11-28T0${hour}:00:00.000Z`, PLACES));
    }
    const [person] = people;
    if (!person) throw new Error('nobody');
    const answers = await Promise.all(slots.map((slotId, i) => book(person, i, slotId)));
    expect([count(answers, 'done'), count(answers, 'QUOTA_GONE')]).toEqual([3, 5]);
  });

  it('is never oversold nor left empty while people book, cancel and wait at once', async () => {
    const channel = await makeChannel(test);
    const slotId = await makeSlot(test, channel, '2026-11-29T01:00:00.000Z', 5);
    const some = people.slice(0, 60);
    const booked = await Promise.all(
      some
        .slice(0, 5)
        .map((principal, i) =>
          bookingsOn(i).book({ principal, slotId, companions: 0, note: null }, keyed(principal)),
        ),
    );
    const line = (index: number): WaitingLine =>
      (nodes[index % nodes.length] ?? test.app).get(WaitingLine, { strict: false });
    const waits = await Promise.all(
      some.slice(5, 20).map((person, i) => line(i).join(person, { slotId, companions: 0 }, keyed(person))),
    );
    await Promise.all([
      ...booked.map(({ bookingId }, i) =>
        bookingsOn(i + 1).cancel(some[i] as PersonPrincipal, bookingId, keyed(some[i] as PersonPrincipal)),
      ),
      ...some.slice(20).map((person, i) => book(person, i, slotId)),
    ]);
    expect(await taken(slotId)).toBe(5);
    // The line came first: all five places are held for its first five.
    const offered = await Promise.all(
      some.slice(5, 20).map(async (person, i) => (await line(i).mine(person)).items[0]?.status),
    );
    expect(offered.filter((status) => status === 'offered')).toHaveLength(5);
    const accepted = await Promise.all(
      waits.map(({ waitingId }, i) => {
        const person = some[5 + i] as PersonPrincipal;
        return codeOf(line(i).accept(person, waitingId, keyed(person)));
      }),
    );
    expect([count(accepted, 'done'), count(accepted, 'OFFER_ENDED')]).toEqual([5, 10]);
    expect([await live(slotId), await taken(slotId)]).toEqual([5, 5]);
  });

  describe('in three lines at once, with one use', () => {
    const SLOTS = 3;
    const line = (index: number): WaitingLine =>
      (nodes[index % nodes.length] ?? test.app).get(WaitingLine, { strict: false });
    const jobs = (index: number): Jobs => (nodes[index % nodes.length] ?? test.app).get(Jobs);
    const statusOf = async (person: PersonPrincipal, slotId: string): Promise<string | undefined> =>
      (await line(0).mine(person)).items.find((one) => one.slotId === slotId)?.status;

    /** Each slot is full; somebody is first in the line of each, and somebody else behind them; then all become free. */
    async function freeAll(day: string) {
      const channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 1 }] } });
      const [person, ...others] = people.slice(100) as [PersonPrincipal, ...PersonPrincipal[]];
      const waits: string[] = [];
      const slots = await Promise.all(
        Array.from({ length: SLOTS }, (_, i) => makeSlot(test, channel, `${day}T0${i}:00:00.000Z`, 1)),
      );
      const cancels: (() => Promise<unknown>)[] = [];
      for (const [i, slotId] of slots.entries()) {
        const [before, behind] = [others[i], others[SLOTS + i]] as [PersonPrincipal, PersonPrincipal];
        const wish = { slotId, companions: 0 };
        const { bookingId } = await bookingsOn(0).book(
          { ...wish, principal: before, note: null },
          keyed(before),
        );
        waits.push((await line(0).join(person, wish, keyed(person))).waitingId);
        await line(0).join(behind, wish, keyed(behind));
        cancels.push(() => bookingsOn(i).cancel(before, bookingId, keyed(before)));
      }
      await Promise.all(cancels.map((cancel) => cancel()));
      const acceptAll = () =>
        Promise.all(waits.map((id, i) => codeOf(line(i).accept(person, id, keyed(person)))));
      const behind = () =>
        Promise.all(slots.map((slotId, i) => statusOf(others[SLOTS + i] as PersonPrincipal, slotId)));
      return { person, slots, acceptAll, behind };
    }

    it('takes one place, and the others go to whoever is behind', async () => {
      const { person, slots, acceptAll, behind } = await freeAll('2026-11-30');
      const looks = [jobs(0).runNow('outbox.deliver'), jobs(1).runNow(LINE_JOB), jobs(0).runNow(LINE_JOB)];
      const [answers] = await Promise.all([acceptAll(), ...looks]);
      expect(count(answers, 'done')).toBe(1);
      await test.deliverOutbox();
      const own = await Promise.all(slots.map((slotId) => statusOf(person, slotId)));
      expect(own.sort()).toEqual(['accepted', 'waiting', 'waiting']);
      expect((await behind()).sort()).toEqual(['offered', 'offered', 'waiting']);
      expect(await Promise.all(slots.map(taken))).toEqual([1, 1, 1]);
    });

    it('control: where nobody looks, two places stay with somebody who cannot have them', async () => {
      const { person, slots, acceptAll, behind } = await freeAll('2026-12-01');
      const answers = await acceptAll();
      expect([count(answers, 'done'), count(answers, 'QUOTA_GONE')]).toEqual([1, 2]);
      const own = await Promise.all(slots.map((slotId) => statusOf(person, slotId)));
      expect(own.sort()).toEqual(['accepted', 'offered', 'offered']);
      expect(await behind()).toEqual(['waiting', 'waiting', 'waiting']);
    });
  });
});
