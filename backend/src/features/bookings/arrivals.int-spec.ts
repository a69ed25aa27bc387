import type { AdminBooking, Arrivals, Booking } from '@talent-card/shared/bookings/schema';
import { makeChannel, makeSlot, signInHolder, type TestChannel } from '../../../test/booking-fixtures.js';
import { call, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { type SignedInStaff, signInPerson, signInStaff } from '../../../test/sign-in.js';
import { makeVenue } from '../../../test/venue-fixtures.js';
import { signInVenueStaff } from '../../../test/venue-staff.js';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';
import { Slots } from '../venues/slots.service.js';

/** The clock of the tests stands at 2026-11-24 09:12 in Weihai; this is three in the afternoon. */
const AT_THREE = '2026-11-24T07:00:00.000Z';

describe('the venue and its bookings', () => {
  let test: TestApp;
  let gym: TestChannel;
  let holder: TestPerson;
  beforeAll(async () => {
    test = await createTestApp();
    gym = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 50 }] } });
    holder = await signInHolder(test);
  });
  beforeEach(async () => {
    test.clock.set(TEST_NOW);
    holder = await again(holder);
  });
  afterAll(() => test.close());

  const clerk = (venueId = gym.venueId) => signInVenueStaff(test, 'venue-clerk', venueId);
  const manager = (venueId = gym.venueId) => signInVenueStaff(test, 'venue-manager', venueId);
  const read = () => test.app.get(ReadDatabase).manager;
  /** The same person, signed in anew: their token does not outlive a move of the clock. */
  const again = async (person: TestPerson): Promise<TestPerson> => ({
    ...person,
    ...(await signInPerson(test, person.personId)),
  });

  /** Every booking in a slot of its own kind, so that no two of a person meet. */
  async function book(person: TestPerson, startsAt = AT_THREE, companions = 0): Promise<Booking> {
    const channel = { ...gym, channelId: (await makeChannel(test, { venueId: gym.venueId })).channelId };
    const slotId = await makeSlot(test, channel, startsAt, 5);
    const { status, body } = await call(test, 'POST', '/bookings', person, { slotId, companions });
    expect([status, body]).toEqual([200, expect.objectContaining({ status: 'booked' })]);
    return body;
  }
  const checkIn = async (number: string, by?: SignedInStaff, more: object = {}) =>
    call(test, 'POST', '/admin/bookings/check-in', by ?? (await clerk()), {
      venueId: gym.venueId,
      number,
      ...more,
    });
  const act = async (booking: Booking, what: string, by: SignedInStaff, body: object = {}) =>
    call(test, 'POST', `/admin/bookings/${booking.bookingId}/${what}`, by, {
      version: booking.version,
      reason: '测试原因',
      ...body,
    });

  it('sees who comes, by slot', async () => {
    const person = await signInHolder(test);
    const booking = await book(person, AT_THREE, 1);
    const path = `/admin/arrivals?venueId=${gym.venueId}`;
    const { body } = await call(test, 'GET', path, await clerk());
    const slot = (body as Arrivals).slots.find((one) => one.slotId === booking.slotId);
    expect(slot).toMatchObject({ capacity: 5, channel: { channelId: booking.channel.channelId } });
    expect(slot?.bookings).toMatchObject([
      {
        number: booking.number,
        companions: 1,
        holder: { personId: person.personId, maskedName: expect.stringContaining('*') },
        cardNumber: expect.stringMatching(/^\d{16}$/),
      },
    ]);
    const tomorrow = await call(test, 'GET', `${path}&date=2026-11-25`, await clerk());
    expect(tomorrow.body.slots).toEqual([]);
  });

  it('checks in by number, once, and takes it back', async () => {
    const booking = await book(await signInHolder(test), AT_THREE, 1);
    const arrived = (await checkIn(booking.number, undefined, { companions: 0 })).body as AdminBooking;
    expect(arrived).toMatchObject({ status: 'arrived', companions: 1 });
    expect((await checkIn(booking.number)).body).toMatchObject({
      code: 'BOOKING_STATE_CONFLICT',
      details: { status: 'arrived' },
    });
    expect((await act(booking, 'undo-check-in', await clerk())).body.code).toBe('STALE_VERSION');
    expect((await act(arrived, 'undo-check-in', await clerk())).body).toMatchObject({ status: 'booked' });
    expect((await checkIn(booking.number, undefined, { companions: 2 })).body).toMatchObject({
      code: 'COMPANIONS_TOO_MANY',
      details: { most: 1 },
    });
  });

  // Half a minute before midnight in Weihai the day is another; an hour that begins at three ends at four.
  it.each([
    ['a day early', '2026-11-24T15:59:30.000Z', 'BOOKING_OTHER_DAY'],
    ['from midnight on', '2026-11-24T16:00:00.000Z', null],
    ['before the hour is over', '2026-11-25T07:59:59.000Z', null],
    ['when it is over', '2026-11-25T08:00:00.000Z', 'BOOKING_TOO_LATE'],
    ['a day late', '2026-11-25T16:00:00.000Z', 'BOOKING_OTHER_DAY'],
  ])('checks in %s', async (_, now, code) => {
    const booking = await book(await signInHolder(test), '2026-11-25T07:00:00.000Z');
    test.clock.set(now);
    const { body } = await checkIn(booking.number);
    expect(body.code ?? body.status).toBe(code ?? 'arrived');
  });

  it('knows no number of another venue, and no venue that is not its own', async () => {
    const booking = await book(await signInHolder(test));
    const elsewhere = await makeVenue(test);
    const stranger = await clerk(elsewhere);
    expect((await checkIn(booking.number, stranger)).body.code).toBe('NOT_FOUND');
    expect((await checkIn(booking.number, stranger, { venueId: elsewhere })).body.code).toBe('NOT_FOUND');
    expect((await checkIn('00000000')).body.code).toBe('NOT_FOUND');
    expect((await checkIn('1234')).body.details.fields).toMatchObject([{ path: 'number', code: 'FORMAT' }]);
  });

  it('cancels with a reason, gives back what was spent, and says so', async () => {
    const slotId = await makeSlot(test, gym, '2026-11-24T08:00:00.000Z', 1);
    const booked: Booking = (await call(test, 'POST', '/bookings', holder, { slotId })).body;
    const spent = () =>
      read().query("SELECT id FROM quota_entries WHERE personId = ? AND state = 'spent'", [holder.personId]);
    const before = (await spent()).length;
    const cancelled = await act(booked, 'cancel', await manager(), { reason: '设备检修' });
    expect(cancelled.body).toMatchObject({ status: 'cancelled', cancelledBy: 'venue', reason: '设备检修' });
    expect((await spent()).length).toBe(before - 1);
    const slot = (await test.app.get(Slots, { strict: false }).byIds(read(), [slotId])).get(slotId);
    const counts = await test.app.get(Capacity, { strict: false }).counts(read(), [slot?.poolId ?? '']);
    expect(counts.get(slot?.poolId ?? '')).toMatchObject({ taken: 0 });
    const told = await read().findBy(OutboxMessage, { topic: 'booking.cancelled' });
    expect(told.filter(({ payload }) => payload.includes(booked.bookingId))).toHaveLength(1);
    expect((await act(cancelled.body, 'cancel', await manager())).body.code).toBe('BOOKING_STATE_CONFLICT');
    expect((await act(booked, 'cancel', await clerk())).body.code).toBe('FORBIDDEN');
  });

  it('closes a slot and cancels what is booked in it', async () => {
    const slotId = await makeSlot(test, gym, '2026-11-24T10:00:00.000Z', 3);
    const people = [await signInHolder(test), await signInHolder(test)];
    for (const person of people) await call(test, 'POST', '/bookings', person, { slotId });
    const close = { closed: true, reason: '临时闭馆' };
    const closed = await call(test, 'POST', `/admin/slots/${slotId}`, await manager(), close);
    expect(closed.body).toEqual({ cancelledBookings: 2 });
    for (const person of people) {
      const mine = await call(test, 'GET', '/bookings/mine?when=past', person);
      expect(mine.body.items).toMatchObject([{ status: 'cancelled', reason: '临时闭馆' }]);
      const again = await call(test, 'POST', '/bookings', person, { slotId });
      expect(again.body.code).toBe('SLOT_CLOSED');
    }
  });

  it('finds bookings by number, name, state and day, a page at a time', async () => {
    const place = await makeChannel(test);
    const made: Booking[] = [];
    for (const hour of ['02', '03', '04']) {
      const slotId = await makeSlot(test, place, `2026-11-25T${hour}:00:00.000Z`, 2);
      made.push((await call(test, 'POST', '/bookings', holder, { slotId })).body);
    }
    const list = async (query: string, by?: SignedInStaff) =>
      (await call(test, 'GET', `/admin/bookings?${query}`, by ?? (await manager(place.venueId)))).body;
    const first = await list('limit=2');
    expect(first.total).toBe(3);
    expect(first.items.map((one: AdminBooking) => one.bookingId)).toEqual([
      made[2]?.bookingId,
      made[1]?.bookingId,
    ]);
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ bookingId: made[0]?.bookingId }], nextCursor: null });
    expect((await list(`q=${made[1]?.number}`)).items).toHaveLength(1);
    expect((await list(`q=${encodeURIComponent(holder.who.name)}`)).items).toHaveLength(3);
    expect((await list('q=%E6%9F%90%E6%9F%90%E6%9F%90')).items).toEqual([]);
    expect((await list('status=cancelled')).items).toEqual([]);
    expect((await list('from=2026-11-26')).items).toEqual([]);
    expect((await list(`channelId=${place.channelId}&to=2026-11-25`)).items).toHaveLength(3);
    const city = await signInStaff(test, 'city-reviewer');
    expect((await list(`venueId=${place.venueId}`, city)).items).toHaveLength(3);
    expect((await list(`venueId=${place.venueId}`, await manager())).items).toEqual([]);
    expect((await list('', await manager(await makeVenue(test)))).items).toEqual([]);
  });
});
