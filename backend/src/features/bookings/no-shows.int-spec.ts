import type { Booking, Standing } from '@talent-card/shared/bookings/schema';
import { makeChannel, makeSlot, signInHolder, type TestChannel } from '../../../test/booking-fixtures.js';
import { call, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { signInPerson } from '../../../test/sign-in.js';
import { signInVenueStaff } from '../../../test/venue-staff.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';
import { Arrivals } from './arrivals.service.js';
import { BookingRow } from './booking.entity.js';
import { NO_SHOWS_JOB } from './no-shows.service.js';

/** Fifteen minutes of grace after ten, twelve and two on Wednesday, Weihai. */
const AT_TEN = '2026-11-25T02:00:00.000Z';
const AT_TWELVE = '2026-11-25T04:00:00.000Z';
const AT_TWO = '2026-11-25T06:00:00.000Z';

describe('who did not come', () => {
  let test: TestApp;
  let gym: TestChannel;
  beforeAll(async () => {
    test = await createTestApp();
    gym = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 5 }] } });
  });
  beforeEach(() => test.clock.set(TEST_NOW));
  afterAll(() => test.close());

  const read = () => test.app.get(ReadDatabase).manager;
  const again = async (person: TestPerson): Promise<TestPerson> => ({
    ...person,
    ...(await signInPerson(test, person.personId)),
  });
  const slots = new Map<string, Promise<string>>();
  const slotAt = (startsAt: string): Promise<string> => {
    const slot = slots.get(startsAt) ?? makeSlot(test, gym, startsAt, 50);
    slots.set(startsAt, slot);
    return slot;
  };
  const book = async (person: TestPerson, startsAt: string): Promise<Booking> => {
    const { body } = await call(test, 'POST', '/bookings', person, { slotId: await slotAt(startsAt) });
    expect(body).toMatchObject({ status: 'booked' });
    return body;
  };
  const runAt = async (now: string) => {
    test.clock.set(now);
    await test.app.get(Jobs).runNow(NO_SHOWS_JOB);
  };
  const standingOf = async (person: TestPerson): Promise<Standing> =>
    (await call(test, 'GET', '/bookings/standing', await again(person))).body;
  const one = async (person: TestPerson, { bookingId }: Booking): Promise<Booking> =>
    (await call(test, 'GET', `/bookings/${bookingId}`, await again(person))).body;

  it('and appeals, and comes after all: nothing is left to decide', async () => {
    const person = await signInHolder(test);
    const booking = await book(person, AT_TEN);
    await runAt('2026-11-25T02:15:00.000Z');
    const appealed = await call(test, 'POST', `/bookings/${booking.bookingId}/appeal`, await again(person), {
      reason: '路上堵车',
    });
    expect(appealed.body.appeal).toMatchObject({ status: 'open' });
    const staff = await signInVenueStaff(test, 'venue-manager', gym.venueId);
    const { venueId } = gym;
    const came = await call(test, 'POST', '/admin/bookings/check-in', staff, {
      venueId,
      number: booking.number,
    });
    expect(came.body).toMatchObject({ status: 'arrived', appeal: null });
    const open = await call(test, 'GET', `/admin/bookings?appeal=open&venueId=${venueId}`, staff);
    expect(open.body.items).toEqual([]);
    expect(await standingOf(person)).toMatchObject({ points: 0 });
  });

  it('and appeals, and has their data erased: nobody answers what is gone', async () => {
    const person = await signInHolder(test);
    const { bookingId } = await book(person, AT_TWELVE);
    await runAt('2026-11-25T04:15:00.000Z');
    const reason = { reason: '路上堵车' };
    await call(test, 'POST', `/bookings/${bookingId}/appeal`, await again(person), reason);
    const staff = await signInVenueStaff(test, 'venue-manager', gym.venueId);
    const open = () => call(test, 'GET', `/admin/bookings?appeal=open&venueId=${gym.venueId}`, staff);
    const [{ version }] = (await open()).body.items;
    const erased = await call(test, 'POST', '/me/erase', await again(person), { confirm: 'ERASE' });
    expect(erased.status).toBe(204);
    expect((await open()).body.items).toEqual([]);
    const answer = { version, grant: false, answer: '林先生没有说明' };
    expect(await call(test, 'POST', `/admin/bookings/${bookingId}/appeal`, staff, answer)).toMatchObject({
      status: 409,
      body: { code: 'STALE_VERSION' },
    });
    const row = await read().findOneByOrFail(BookingRow, { id: bookingId });
    expect(row).toMatchObject({ status: 'no-show', appealStatus: null, appealAnswer: null });
  });

  it('gets a point when the grace is over, not before, and is told', async () => {
    const person = await signInHolder(test);
    const booking = await book(person, AT_TEN);
    await runAt('2026-11-25T02:14:59.000Z');
    expect(await one(person, booking)).toMatchObject({ status: 'booked' });
    await runAt('2026-11-25T02:15:00.000Z');
    expect(await one(person, booking)).toMatchObject({ status: 'no-show' });
    expect(await standingOf(person)).toMatchObject({
      points: 1,
      limit: 3,
      pausedUntil: null,
      items: [{ booking: { bookingId: booking.bookingId }, pointsUntil: '2026-12-25', mayAppeal: true }],
    });
    const told = await read().findBy(OutboxMessage, { topic: 'booking.no-show' });
    expect(told.map(({ payload }) => JSON.parse(payload))).toContainEqual({
      personId: person.personId,
      bookingId: booking.bookingId,
    });
    await runAt('2026-11-25T03:00:00.000Z');
    expect((await standingOf(person)).points).toBe(1);
  });

  it('pauses at three points until the first goes, and the points go one by one', async () => {
    const person = await signInHolder(test);
    for (const time of [AT_TEN, AT_TWELVE, AT_TWO]) await book(person, time);
    const later = await slotAt('2026-12-02T02:00:00.000Z');
    await runAt('2026-11-25T07:00:00.000Z');
    const standing = await standingOf(person);
    expect(standing).toMatchObject({ points: 3, pausedUntil: '2026-12-25' });
    expect(standing.items.map((item) => item.pointsUntil)).toEqual([
      '2026-12-25',
      '2026-12-26',
      '2026-12-27',
    ]);
    const refused = await call(test, 'POST', '/bookings', await again(person), { slotId: later });
    expect(refused.body).toMatchObject({ code: 'BOOKING_PAUSED', details: { pausedUntil: '2026-12-25' } });
    test.clock.set('2026-12-24T15:59:59.000Z');
    expect((await standingOf(person)).pausedUntil).toBe('2026-12-25');
    test.clock.set('2026-12-24T16:00:00.000Z');
    expect(await standingOf(person)).toMatchObject({ points: 2, pausedUntil: null });
    const soon = await makeSlot(test, gym, '2026-12-26T02:00:00.000Z', 5);
    expect((await call(test, 'POST', '/bookings', await again(person), { slotId: soon })).status).toBe(200);
  });

  it('who comes late has come after all, also by the code at the window', async () => {
    const person = await signInHolder(test);
    const [first, second] = [await book(person, AT_TEN), await book(person, AT_TWELVE)];
    await book(person, AT_TWO);
    await runAt('2026-11-25T06:20:00.000Z');
    expect((await standingOf(person)).pausedUntil).toBe('2026-12-25');
    test.clock.set('2026-11-25T02:40:00.000Z');
    const clerk = await signInVenueStaff(test, 'venue-clerk', gym.venueId);
    const body = { venueId: gym.venueId, number: first.number };
    expect((await call(test, 'POST', '/admin/bookings/check-in', clerk, body)).body.status).toBe('arrived');
    expect(await standingOf(person)).toMatchObject({ points: 2, pausedUntil: null });
    const arrivals = test.app.get(Arrivals, { strict: false });
    const seen = await read().findOneByOrFail(BookingRow, { id: second.bookingId });
    const venue = { type: 'system', name: 'test' } as const;
    await test.app.get(UnitOfWork).run((tx) => arrivals.markArrived(tx, venue, seen, {}));
    // The point goes with the visit, not with the next run of the job.
    expect(await standingOf(person)).toMatchObject({ points: 1, pausedUntil: null });
    await runAt('2026-11-25T06:21:00.000Z');
    expect(await standingOf(person)).toMatchObject({ points: 1, pausedUntil: null });
  });

  it('contradicts once; granted, the point is gone and what it spent is given back', async () => {
    const person = await signInHolder(test);
    const booking = await book(person, AT_TEN);
    await runAt('2026-11-25T02:15:00.000Z');
    const appeal = async (who: TestPerson) =>
      call(test, 'POST', `/bookings/${booking.bookingId}/appeal`, await again(who), { reason: '船票延误' });
    expect((await appeal(await signInHolder(test))).body.code).toBe('NOT_FOUND');
    expect((await appeal(person)).body).toMatchObject({ appeal: { status: 'open', reason: '船票延误' } });
    expect((await appeal(person)).body.code).toBe('APPEAL_NOT_POSSIBLE');
    expect((await standingOf(person)).items).toMatchObject([{ mayAppeal: false }]);
    const manager = await signInVenueStaff(test, 'venue-manager', gym.venueId);
    const [open] = (await call(test, 'GET', '/admin/bookings?appeal=open', manager)).body.items;
    const decide = (version: number, grant: boolean) =>
      call(test, 'POST', `/admin/bookings/${booking.bookingId}/appeal`, manager, {
        version,
        grant,
        answer: '情况属实',
      });
    expect((await decide(open.version - 1, true)).body.code).toBe('STALE_VERSION');
    const spent = () =>
      read().query("SELECT id FROM quota_entries WHERE personId = ? AND state = 'spent'", [person.personId]);
    expect(await spent()).toHaveLength(1);
    expect((await decide(open.version, true)).body).toMatchObject({
      status: 'excused',
      appeal: { status: 'granted', answer: '情况属实' },
    });
    expect(await spent()).toHaveLength(0);
    expect(await standingOf(person)).toMatchObject({ points: 0, items: [] });
    expect((await decide(open.version + 1, false)).body.code).toBe('APPEAL_NOT_POSSIBLE');
    expect(await read().countBy(OutboxMessage, { topic: 'booking.appeal-answered' })).toBe(1);
  });

  it('keeps the point where the appeal is refused', async () => {
    const person = await signInHolder(test);
    const booking = await book(person, AT_TEN);
    await runAt('2026-11-25T02:15:00.000Z');
    const path = `/bookings/${booking.bookingId}/appeal`;
    const open = (await call(test, 'POST', path, await again(person), { reason: '忘记了' })).body as Booking;
    const manager = await signInVenueStaff(test, 'venue-manager', gym.venueId);
    const decision = { version: open.version, grant: false, answer: '未提前取消' };
    const refused = await call(test, 'POST', `/admin${path}`, manager, decision);
    expect(refused.body).toMatchObject({ status: 'no-show', appeal: { status: 'refused' } });
    expect(await standingOf(person)).toMatchObject({ points: 1, items: [{ mayAppeal: false }] });
  });

  it('is many at once, and each gets their own', async () => {
    const people = [];
    for (let i = 0; i < 6; i += 1) people.push(await signInHolder(test));
    for (const person of people) await book(person, AT_TWELVE);
    await runAt('2026-11-25T04:15:00.000Z');
    for (const person of people) expect((await standingOf(person)).points).toBe(1);
  });
});
