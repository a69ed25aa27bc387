import type { Booking } from '@talent-card/shared/bookings/schema';
import { makeChannel, makeSlot, signInHolder } from '../../../test/booking-fixtures.js';
import { type Answer, anybody, call, signInSomebody, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { signInPerson } from '../../../test/sign-in.js';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { LAPSE_JOB } from '../../core/capacity/lapse-places.js';
import { AuditEntry } from '../../platform/audit/audit-entry.entity.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';
import { Slots } from '../venues/slots.service.js';
import { BookingPersonRow, BookingRow } from './booking.entity.js';

/** The clock of the tests stands at 2026-11-24 09:12 in Weihai. */
const TOMORROW_9 = '2026-11-25T01:00:00.000Z';
const TOMORROW_10 = '2026-11-25T02:00:00.000Z';
const TODAY_930 = '2026-11-24T01:30:00.000Z';
const IN_TEN_DAYS = '2026-12-04T01:00:00.000Z';

describe('a booking', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await createTestApp();
  });
  afterEach(() => test.close());

  const read = () => test.app.get(ReadDatabase).manager;
  const book = (person: TestPerson, slotId: string, more: object = {}, key?: string): Promise<Answer> =>
    call(test, 'POST', '/bookings', person, { slotId, ...more }, key ? { key } : {});
  /** The same person, signed in anew: their token did not outlive the move of the clock. */
  const again = async (person: TestPerson): Promise<TestPerson> => ({
    ...person,
    ...(await signInPerson(test, person.personId)),
  });
  const countsOf = async (slotId: string) => {
    const slot = (await test.app.get(Slots, { strict: false }).byIds(read(), [slotId])).get(slotId);
    const counts = await test.app.get(Capacity).counts(read(), [slot?.poolId ?? '']);
    return counts.get(slot?.poolId ?? '');
  };
  const spent = async (personId: string): Promise<number> => {
    const rows: { uses: number | string }[] = await read().query(
      "SELECT COUNT(*) AS uses FROM quota_entries WHERE personId = ? AND state = 'spent'",
      [personId],
    );
    return Number(rows[0]?.uses);
  };

  it('is listed to its holder a page at a time: the next ones first, of past ones the latest', async () => {
    const channel = await makeChannel(test);
    const person = await signInHolder(test);
    const hours = ['01', '02', '03'];
    const ids: string[] = [];
    for (const hour of hours) {
      const slotId = await makeSlot(test, channel, `2026-11-25T${hour}:00:00.000Z`, 1);
      ids.push((await book(person, slotId)).body.bookingId);
    }
    const pages = async (when: string): Promise<string[][]> => {
      const path = `/bookings/mine?when=${when}&limit=2`;
      const first = (await call(test, 'GET', path, person)).body;
      const second = (await call(test, 'GET', `${path}&cursor=${first.nextCursor}`, person)).body;
      expect(second.nextCursor).toBeNull();
      return [first, second].map(({ items }) => items.map((one: Booking) => one.bookingId));
    };
    expect(await pages('upcoming')).toEqual([ids.slice(0, 2), ids.slice(2)]);
    for (const id of ids) await call(test, 'POST', `/bookings/${id}/cancel`, person);
    expect(await pages('past')).toEqual([[ids[2], ids[1]], [ids[0]]]);
    const wrong = await call(test, 'GET', '/bookings/mine?cursor=somewhere', person);
    expect(wrong.body).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('takes place and quota, and tells its holder', async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 3 }] } });
    const slotId = await makeSlot(test, channel, TOMORROW_9, 5);
    const person = await signInHolder(test);
    const booked = await book(person, slotId, { companions: 1 });
    expect(booked).toMatchObject({
      status: 200,
      body: {
        status: 'booked',
        number: expect.stringMatching(/^\d{8}$/),
        slotId,
        serviceDate: '2026-11-25',
        startsAt: TOMORROW_9,
        companions: 1,
        cancelUntil: '2026-11-24T23:00:00.000Z',
        mayCancel: true,
        mayReschedule: true,
        channel: { channelId: channel.channelId },
        version: 1,
      },
    });
    expect(await countsOf(slotId)).toMatchObject({ capacity: 5, taken: 2 });
    expect(await spent(person.personId)).toBe(1);
    const { bookingId } = booked.body as Booking;
    expect(await read().countBy(AuditEntry, { action: 'bookings.book', objectId: bookingId })).toBe(1);
    const told = await read().findOneByOrFail(OutboxMessage, { topic: 'booking.booked' });
    expect(JSON.parse(told.payload)).toEqual({ personId: person.personId, bookingId });
    const mine = await call(test, 'GET', '/bookings/mine', person);
    expect(mine.body.items).toEqual([booked.body]);
    expect((await call(test, 'GET', `/bookings/${bookingId}`, person)).body).toEqual(booked.body);
  });

  it('is answered twice alike under one key, and 409 for another body', async () => {
    const channel = await makeChannel(test);
    const slotId = await makeSlot(test, channel, TOMORROW_9, 5);
    const person = await signInHolder(test);
    const key = 'the-same-key-0123456789';
    const answers = await Promise.all([1, 2, 3].map(() => book(person, slotId, {}, key)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await book(person, slotId, { companions: 1 }, key)).toMatchObject({
      status: 409,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect((await countsOf(slotId))?.taken).toBe(1);
  });

  it('is refused with the reason', async () => {
    const channel = await makeChannel(test);
    const slotId = await makeSlot(test, channel, TOMORROW_9, 5);
    const person = await signInHolder(test);
    const stranger = await signInSomebody(test, anybody());
    const far = await makeSlot(test, channel, IN_TEN_DAYS, 5);
    const late = await makeSlot(test, channel, TODAY_930, 5);
    const past = await makeSlot(test, channel, '2026-11-24T00:30:00.000Z', 5);
    const nowhere = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
    const codes = async (who: TestPerson, slot: string, more = {}) => (await book(who, slot, more)).body.code;
    expect(await codes(stranger, slotId)).toBe('NOT_ENTITLED');
    expect(await codes(person, nowhere)).toBe('NOT_FOUND');
    expect(await codes(person, far)).toBe('SLOT_NOT_OPEN_YET');
    expect(await codes(person, late)).toBe('BOOKING_TOO_LATE');
    expect(await codes(person, past)).toBe('SLOT_PAST');
    expect(await codes(person, slotId, { companions: 2 })).toBe('COMPANIONS_TOO_MANY');
    expect((await book(person, slotId)).status).toBe(200);
    expect(await codes(person, slotId)).toBe('BOOKING_EXISTS');
    const other = await makeSlot(test, await makeChannel(test), '2026-11-25T01:30:00.000Z', 5);
    expect(await codes(person, other)).toBe('BOOKING_OVERLAP');
    const withdrawn = await makeChannel(test, { channel: { status: 'withdrawn' } });
    const closed = await makeSlot(test, withdrawn, TOMORROW_10, 5);
    expect(await codes(person, closed)).toBe('CHANNEL_NOT_OPEN');
  });

  it('needs a consent of its own for health matters', async () => {
    const channel = await makeChannel(test, { channel: { sensitive: 'health' } });
    const slotId = await makeSlot(test, channel, TOMORROW_9, 5);
    const person = await signInHolder(test);
    const refused = await book(person, slotId);
    expect(refused.body).toMatchObject({
      code: 'BOOKING_CONSENT_REQUIRED',
      details: { purpose: 'channel-health' },
    });
    const { purpose, currentVersion: version } = refused.body.details;
    await call(test, 'POST', '/me/consents/grant', person, { purpose, version });
    expect((await book(person, slotId)).status).toBe(200);
  });

  it('tells who comes too late where places are left', async () => {
    const channel = await makeChannel(test);
    const slotId = await makeSlot(test, channel, TOMORROW_9, 1);
    const near = await makeSlot(test, channel, TOMORROW_10, 2);
    const farther = await makeSlot(test, channel, '2026-11-26T01:00:00.000Z', 3);
    const full = await makeSlot(test, channel, '2026-11-25T03:00:00.000Z', 1);
    const [first, second, third] = [
      await signInHolder(test),
      await signInHolder(test),
      await signInHolder(test),
    ];
    await book(first, slotId);
    await book(second, full);
    expect(await book(third, slotId)).toMatchObject({
      status: 409,
      body: {
        code: 'SLOT_FULL',
        details: {
          slotId,
          left: 0,
          nearest: [
            { slotId: near, startsAt: TOMORROW_10, left: 2 },
            { slotId: farther, left: 3 },
          ],
        },
      },
    });
  });

  it('stops where the quota is gone, and keeps no place', async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 1 }] } });
    const [one, two] = [
      await makeSlot(test, channel, TOMORROW_9, 5),
      await makeSlot(test, channel, TOMORROW_10, 5),
    ];
    const person = await signInHolder(test);
    const first = await book(person, one);
    expect((await book(person, two)).body.code).toBe('QUOTA_GONE');
    expect((await countsOf(two))?.taken).toBe(0);
    await call(test, 'POST', `/bookings/${first.body.bookingId}/cancel`, person);
    expect(await spent(person.personId)).toBe(0);
    expect((await book(person, two)).status).toBe(200);
  });

  it('is cancelled until its deadline, by its holder alone', async () => {
    const channel = await makeChannel(test);
    const slotId = await makeSlot(test, channel, TOMORROW_9, 1);
    const [holder, other] = [await signInHolder(test), await signInHolder(test)];
    const { bookingId } = (await book(holder, slotId)).body;
    expect((await call(test, 'POST', `/bookings/${bookingId}/cancel`, other)).body.code).toBe('NOT_FOUND');
    test.clock.set('2026-11-24T23:00:00.000Z');
    const person = await again(holder);
    test.clock.advance(1);
    expect((await call(test, 'POST', `/bookings/${bookingId}/cancel`, person)).body.code).toBe(
      'BOOKING_TOO_LATE',
    );
    test.clock.advance(-1);
    expect(await call(test, 'POST', `/bookings/${bookingId}/cancel`, person)).toMatchObject({
      status: 200,
      body: { status: 'cancelled', cancelledBy: 'holder', mayCancel: false },
    });
    expect((await countsOf(slotId))?.taken).toBe(0);
    expect((await call(test, 'POST', `/bookings/${bookingId}/cancel`, person)).body.code).toBe(
      'BOOKING_STATE_CONFLICT',
    );
    expect((await book(person, slotId)).status).toBe(200);
  });

  it('is moved: both places change, or neither', async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'day', most: 1 }] } });
    const from = await makeSlot(test, channel, TOMORROW_9, 1);
    const to = await makeSlot(test, channel, '2026-11-25T01:30:00.000Z', 1);
    const [person, other] = [await signInHolder(test), await signInHolder(test)];
    const { bookingId, number } = (await book(person, from)).body;
    const move = (slotId: string) =>
      call(test, 'POST', `/bookings/${bookingId}/reschedule`, person, { slotId });
    const blocking = await book(other, to);
    expect((await move(to)).body).toMatchObject({ code: 'SLOT_FULL', details: { nearest: [] } });
    expect([await countsOf(from), await countsOf(to)]).toMatchObject([{ taken: 1 }, { taken: 1 }]);
    expect((await move(from)).body.code).toBe('BOOKING_EXISTS');
    await call(test, 'POST', `/bookings/${blocking.body.bookingId}/cancel`, other);
    // It overlaps with the time that is given up, and counts in the same day's quota: neither is in its way.
    expect(await move(to)).toMatchObject({
      status: 200,
      body: { bookingId, number, slotId: to, version: 2, status: 'booked' },
    });
    expect([await countsOf(from), await countsOf(to)]).toMatchObject([{ taken: 0 }, { taken: 1 }]);
    expect(await spent(person.personId)).toBe(1);
    const strange = await makeSlot(test, await makeChannel(test), '2026-11-26T01:00:00.000Z', 1);
    expect((await move(strange)).body.code).toBe('NOT_FOUND');
    expect((await countsOf(strange))?.taken).toBe(0);
  });

  it('is not made by somebody who is paused', async () => {
    const slotId = await makeSlot(test, await makeChannel(test), TOMORROW_9, 1);
    const person = await signInHolder(test);
    const other = await makeSlot(test, await makeChannel(test), TOMORROW_10, 1);
    await book(person, other);
    await test.app
      .get(UnitOfWork)
      .run((tx) =>
        tx.manager.update(BookingPersonRow, { personId: person.personId }, { pausedUntil: '2026-12-01' }),
      );
    expect((await book(person, slotId)).body).toMatchObject({
      code: 'BOOKING_PAUSED',
      details: { pausedUntil: '2026-12-01' },
    });
  });

  describe('in a full slot', () => {
    it('is offered to those who can be served, however many stand before them who cannot', async () => {
      const capacity = test.app.get(Capacity);
      const { poolId, line } = await test.app.get(UnitOfWork).run(async (tx) => {
        const poolId = await capacity.openPool(tx, { capacity: 2, classCapacities: { A: 1, B: 1 } });
        const book = await capacity.load(tx, [poolId]);
        const waiter = {
          poolId,
          ownerType: 'booking',
          amount: 1,
          offerMinutes: 60,
          waitUntil: new Date(TOMORROW_9),
        };
        const line = Array.from({ length: 201 }, (_, i) => ({
          ...waiter,
          id: newId(tx.now),
          keepUntil: null,
          cardClass: i < 200 ? 'A' : 'B',
        }));
        for (const cardClass of ['A', 'B'])
          book.claim({
            poolId,
            amount: 1,
            cardClass,
            cause: { type: 'test', id: cardClass },
            heldUntil: null,
          });
        for (const one of line) book.join(one);
        await capacity.write(tx, book);
        return { poolId, line };
      });
      await test.app.get(UnitOfWork).run(async (tx) => {
        const book = await capacity.load(tx, [poolId], { causes: [{ type: 'test', id: 'B' }] });
        book.release({ type: 'test', id: 'B' });
        await capacity.write(tx, book);
      });
      const last = line.at(-1)?.id ?? '';
      const waiting = await capacity.waiters(test.app.get(ReadDatabase).manager, [last]);
      expect(waiting.get(last)?.offeredUntil).not.toBeNull();
    });

    it.each([
      ['the slot', { capacity: 2 }],
      ['their class', { classCapacities: { A: 2 } }],
    ])('is offered to those behind many who need more than %s has since', async (_, fewer) => {
      const capacity = test.app.get(Capacity);
      const taken = { type: 'test', id: newId(test.clock.now()) };
      const { poolId, last } = await test.app.get(UnitOfWork).run(async (tx) => {
        const poolId = await capacity.openPool(tx, { capacity: 3, classCapacities: { A: 3 } });
        const book = await capacity.load(tx, [poolId]);
        book.claim({ poolId, amount: 3, cardClass: 'A', cause: taken, heldUntil: null });
        const waitUntil = new Date(TOMORROW_9);
        const parties = Array.from({ length: 201 }, (_, i) => ({
          id: newId(tx.now),
          poolId,
          ownerType: 'booking',
          amount: i < 200 ? 3 : 1,
          cardClass: 'A',
          offerMinutes: 60,
          waitUntil,
          keepUntil: waitUntil,
        }));
        for (const one of parties) book.join(one);
        await capacity.write(tx, book);
        return { poolId, last: parties.at(-1)?.id ?? '' };
      });
      await test.app.get(UnitOfWork).run((tx) => capacity.resize(tx, poolId, fewer, 'shrink'));
      await test.app.get(UnitOfWork).run((tx) => capacity.release(tx, [taken]));
      const waiting = await capacity.waiters(read(), [last]);
      expect(waiting.get(last)?.offeredUntil).not.toBeNull();
    });

    it('lets nobody stand in more lines than a few, for each offer keeps a place from others', async () => {
      const holder = await signInHolder(test);
      const answers = [];
      for (let i = 0; i < 6; i += 1) {
        const slotId = await makeSlot(test, await makeChannel(test), TOMORROW_9, 1);
        await book(await signInHolder(test), slotId);
        answers.push(await call(test, 'POST', '/waiting', holder, { slotId }));
      }
      const sixth = answers.pop();
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(sixth?.body).toMatchObject({ code: 'WAITING_TOO_MANY', details: { most: 5 } });
      await call(test, 'POST', `/waiting/${answers[0]?.body.waitingId}/leave`, holder);
      const slotId = await makeSlot(test, await makeChannel(test), TOMORROW_10, 1);
      await book(await signInHolder(test), slotId);
      expect((await call(test, 'POST', '/waiting', holder, { slotId })).status).toBe(200);
    });

    it('is offered to the next in line at once, and to the one after when time runs out', async () => {
      const channel = await makeChannel(test);
      const slotId = await makeSlot(test, channel, TOMORROW_9, 1);
      const [first, ...others] = [
        await signInHolder(test),
        await signInHolder(test),
        await signInHolder(test),
      ] as const;
      let [second, third] = others;
      const wait = (who: TestPerson) => call(test, 'POST', '/waiting', who, { slotId });
      expect((await wait(second)).body).toMatchObject({ code: 'WAITING_NOT_NEEDED', details: { left: 1 } });
      const { bookingId } = (await book(first, slotId)).body;
      const waits = [(await wait(second)).body, (await wait(third)).body];
      expect(waits).toMatchObject([
        { status: 'waiting', ahead: 0 },
        { status: 'waiting', ahead: 1 },
      ]);
      expect((await wait(second)).body.code).toBe('WAITING_EXISTS');
      const accept = (who: TestPerson, at: number) =>
        call(test, 'POST', `/waiting/${waits[at].waitingId}/accept`, who);
      expect((await accept(second, 0)).body.code).toBe('OFFER_ENDED');

      await call(test, 'POST', `/bookings/${bookingId}/cancel`, first);
      const mine = async (who: TestPerson) => (await call(test, 'GET', '/waiting/mine', who)).body.items[0];
      expect(await mine(second)).toMatchObject({
        status: 'offered',
        offeredUntil: '2026-11-24T02:12:00.000Z',
      });
      expect(await mine(third)).toMatchObject({ status: 'waiting', ahead: 0 });
      expect(await countsOf(slotId)).toMatchObject({ taken: 1, waiting: 1 });
      // The place is held: nobody from outside the line gets it.
      expect((await book(first, slotId)).body.code).toBe('SLOT_FULL');

      test.clock.set('2026-11-24T02:12:00.000Z');
      [second, third] = [await again(second), await again(third)];
      expect((await accept(second, 0)).body.code).toBe('OFFER_ENDED');
      await test.app.get(Jobs).runNow(LAPSE_JOB);
      expect(await mine(second)).toMatchObject({ status: 'lapsed' });
      expect(await mine(third)).toMatchObject({ status: 'offered' });
      const accepted = await accept(third, 1);
      expect(accepted).toMatchObject({ status: 200, body: { status: 'booked', slotId } });
      expect(await mine(third)).toMatchObject({
        status: 'accepted',
        bookingId: accepted.body.bookingId,
      });
      expect(await countsOf(slotId)).toMatchObject({ taken: 1, waiting: 0 });
      expect(await read().countBy(OutboxMessage, { topic: 'waiting.offered' })).toBe(2);
      expect(await read().countBy(OutboxMessage, { topic: 'waiting.lapsed' })).toBe(1);
    });

    it('is waited for in vain when its time comes', async () => {
      const channel = await makeChannel(test);
      const slotId = await makeSlot(test, channel, TOMORROW_9, 1);
      const [first, second] = [await signInHolder(test), await signInHolder(test)];
      await book(first, slotId);
      await call(test, 'POST', '/waiting', second, { slotId });
      test.clock.set('2026-11-25T00:30:00.000Z');
      await test.app.get(Jobs).runNow(LAPSE_JOB);
      const waits = (await call(test, 'GET', '/waiting/mine', await again(second))).body.items;
      expect(waits).toMatchObject([{ status: 'lapsed' }]);
      expect(await countsOf(slotId)).toMatchObject({ waiting: 0 });
    });
  });

  it('leaves with its person, who takes what is held along', async () => {
    const channel = await makeChannel(test);
    const slotId = await makeSlot(test, channel, TOMORROW_9, 1);
    const [person, next] = [await signInHolder(test), await signInHolder(test)];
    const { bookingId, number } = (await book(person, slotId)).body;
    await call(test, 'POST', '/waiting', next, { slotId });
    const exported = await call(test, 'GET', '/me/export', person);
    expect(exported.body.sections.bookings).toMatchObject([{ bookingId, number }]);
    expect((await call(test, 'POST', '/me/erase', person, { confirm: 'ERASE' })).status).toBe(204);
    expect(await read().findOneByOrFail(BookingRow, { id: bookingId })).toMatchObject({
      status: 'cancelled',
      note: null,
    });
    expect((await call(test, 'GET', '/waiting/mine', next)).body.items[0].status).toBe('offered');
  });
});
