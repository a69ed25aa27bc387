import type { Booking } from '@talent-card/shared/bookings/schema';
import type { Schedule } from '@talent-card/shared/venues/schema';
import { makeChannel, signInHolder, type TestChannel } from '../../../test/booking-fixtures.js';
import { type Answer, call, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, type SignedInStaff } from '../../../test/sign-in.js';
import { signInVenueStaff } from '../../../test/venue-staff.js';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { system } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Cards } from '../cards/cards.service.js';
import { SlotEntity } from './slot.entity.js';
import { SLOTS_JOB } from './slot-maker.js';

const DAY = '2026-11-25';

/** A slot on Wednesday at nine, with four places; everybody is of class A. */
describe('limits lowered below what is taken', () => {
  let test: TestApp;
  let gym: TestChannel;
  let manager: SignedInStaff;
  let people: TestPerson[];
  let bookings: Booking[];
  let schedule: Schedule;
  beforeAll(async () => {
    test = await createTestApp();
    const classes = [{ code: 'A', nameZh: 'A', nameEn: 'A', isDefault: true }];
    const cards = test.app.get(Cards, { strict: false });
    await test.app.get(UnitOfWork).run((tx) => cards.defineClasses(tx, system('test'), classes));
  });
  beforeEach(async () => {
    gym = await makeChannel(test);
    manager = await signInVenueStaff(test, 'venue-manager', gym.venueId);
    people = [];
    for (let i = 0; i < 4; i += 1) people.push(await signInHolder(test));
    schedule = (await call(test, 'POST', `${venue()}/schedules`, manager, week())).body;
    await make();
    bookings = [];
    for (const person of people.slice(0, 3)) bookings.push((await book(person)).body);
  });
  afterAll(() => test.close());

  const venue = () => `/admin/venues/${gym.venueId}`;
  const week = (more: object = {}) => ({
    channelId: gym.channelId,
    weekday: 3,
    from: '09:00',
    to: '10:00',
    slotMinutes: 60,
    capacity: 4,
    effectiveFrom: '2026-11-01',
    effectiveTo: '2026-11-30',
    ...more,
  });
  const make = () => test.app.get(Jobs).runNow(SLOTS_JOB);
  const read = () => test.app.get(ReadDatabase).manager;
  const slot = () => read().findOneByOrFail(SlotEntity, { venueId: gym.venueId, serviceDate: DAY });
  const book = async (person: TestPerson): Promise<Answer> =>
    call(test, 'POST', '/bookings', person, { slotId: (await slot()).id });
  const cancel = (index: number): Promise<Answer> =>
    call(test, 'POST', `/bookings/${bookings[index]?.bookingId}/cancel`, people[index] as TestPerson);
  const counts = async () => {
    const { poolId } = await slot();
    return (await test.app.get(Capacity).counts(read(), [poolId])).get(poolId);
  };
  const put = async (path: string, body: object) => {
    const answer = await test.app.inject({
      method: 'PUT',
      url: `/api/v1${path}`,
      headers: { ...manager.headers, 'idempotency-key': newKey() },
      payload: body,
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const change = (more: object, version = 1) =>
    put(`${venue()}/schedules/${schedule.scheduleId}`, week({ ...more, version }));
  const last = () => people[3] as TestPerson;

  it('of a class hold: nobody more of it gets in until they are fewer, and nobody is put out', async () => {
    expect((await change({ classCapacities: { A: 1 } })).body).toMatchObject({
      overfull: 1,
      kept: { slots: 0, bookings: 0 },
    });
    await make();
    expect(await counts()).toMatchObject({ capacity: 4, taken: 3, classLeft: { A: 0 } });
    for (const [index, taken] of [
      [0, 2],
      [1, 1],
    ] as const) {
      expect((await cancel(index)).status).toBe(200);
      expect((await book(last())).body.code).toBe('SLOT_FULL');
      expect(await counts()).toMatchObject({ taken, classLeft: { A: 0 } });
    }
    await cancel(2);
    expect(await counts()).toMatchObject({ taken: 0, classLeft: { A: 1 } });
    expect((await book(last())).status).toBe(200);
    expect((await book(people[0] as TestPerson)).body.code).toBe('SLOT_FULL');
  });

  it('of all hold against the line too, and are wanted no more once they are raised again', async () => {
    expect((await change({ capacity: 1 })).body).toMatchObject({ overfull: 1 });
    await make();
    const { id: slotId } = await slot();
    expect((await call(test, 'POST', '/waiting', last(), { slotId })).status).toBe(200);
    await cancel(0);
    expect(await counts()).toMatchObject({ capacity: 2, taken: 2, waiting: 1 });
    await cancel(1);
    expect(await counts()).toMatchObject({ capacity: 1, taken: 1, waiting: 1 });
    expect((await change({ capacity: 2 }, 2)).body).toMatchObject({ overfull: 0 });
    await make();
    expect(await counts()).toMatchObject({ capacity: 2, taken: 2, waiting: 0 });
    const { items } = (await call(test, 'GET', '/waiting/mine', last())).body;
    expect(items[0]).toMatchObject({ status: 'offered' });
  });

  it('do not outlast a template that takes them back before anybody left', async () => {
    await change({ capacity: 1, classCapacities: { A: 1 } });
    await make();
    await change({ capacity: 4 }, 2);
    await make();
    await cancel(0);
    expect(await counts()).toMatchObject({ capacity: 4, taken: 2, classLeft: {} });
  });

  it('by hand are refused, and it is said of which class', async () => {
    const { id } = await slot();
    const byHand = (more: object) =>
      call(test, 'POST', `/admin/slots/${id}`, manager, { reason: '场地检修', ...more });
    expect(await byHand({ capacity: 2 })).toMatchObject({
      status: 409,
      body: { code: 'SLOT_CAPACITY_BELOW_TAKEN', details: { taken: 3, cardClass: null } },
    });
    expect(await byHand({ classCapacities: { A: 2 } })).toMatchObject({
      status: 409,
      body: { code: 'SLOT_CAPACITY_BELOW_TAKEN', details: { taken: 3, cardClass: 'A' } },
    });
    expect((await byHand({ classCapacities: { A: 3 } })).status).toBe(200);
    expect((await book(last())).body.code).toBe('SLOT_FULL');
  });

  it('by hand may be anything for a slot that is closed with them', async () => {
    const { id } = await slot();
    const byHand = await call(test, 'POST', `/admin/slots/${id}`, manager, {
      reason: '场地检修',
      capacity: 0,
      closed: true,
    });
    expect(byHand).toMatchObject({ status: 200 });
    expect(await counts()).toMatchObject({ capacity: 0, taken: 0, closed: true });
  });

  it('keep what is offered: it can still be accepted', async () => {
    const { id: slotId } = await slot();
    bookings.push((await book(last())).body);
    const next = await signInHolder(test);
    const { waitingId } = (await call(test, 'POST', '/waiting', next, { slotId })).body;
    await cancel(0);
    await change({ capacity: 1, classCapacities: { A: 1 } });
    await make();
    expect((await call(test, 'POST', `/waiting/${waitingId}/accept`, next)).status).toBe(200);
    expect(await counts()).toMatchObject({ capacity: 4, taken: 4, classLeft: { A: 0 } });
  });

  it('are not exceeded by what is only put aside for a pair in line', async () => {
    const sunday = { weekday: 7, capacity: 2 };
    const { scheduleId } = (await call(test, 'POST', `${venue()}/schedules`, manager, week(sunday))).body;
    await make();
    const where = { venueId: gym.venueId, serviceDate: '2026-11-29' };
    const { id: slotId, poolId } = await read().findOneByOrFail(SlotEntity, where);
    const taken = async () => (await test.app.get(Capacity).counts(read(), [poolId])).get(poolId);
    expect((await call(test, 'POST', '/bookings', last(), { slotId })).status).toBe(200);
    const pair = await call(test, 'POST', '/waiting', await signInHolder(test), { slotId, companions: 1 });
    expect(pair.body).toMatchObject({ status: 'waiting', kept: 1 });
    const limits = { capacity: 1, classCapacities: { A: 1 } };
    const path = `${venue()}/schedules/${scheduleId}`;
    expect((await put(path, week({ ...sunday, ...limits, version: 1 }))).body).toMatchObject({ overfull: 0 });
    await make();
    expect(await taken()).toMatchObject({ capacity: 1, taken: 1, waiting: 1, classLeft: { A: 0 } });
  });

  it('leave a longer slot alone that is booked, and open none across it', async () => {
    await change({ slotMinutes: 30 });
    await make();
    const rows = await read().findBy(SlotEntity, { venueId: gym.venueId, serviceDate: DAY, status: 'open' });
    expect(rows.map(({ startsAt, endsAt }) => [startsAt.toISOString(), endsAt.toISOString()])).toEqual([
      ['2026-11-25T01:00:00.000Z', '2026-11-25T02:00:00.000Z'],
    ]);
    for (const index of [0, 1, 2]) await cancel(index);
    await make();
    const after = await read().findBy(SlotEntity, { venueId: gym.venueId, serviceDate: DAY, status: 'open' });
    expect(after).toHaveLength(2);
  });

  it('never open a slot by hand across another that stands in its place', async () => {
    for (const index of [0, 1, 2]) await cancel(index);
    const { id } = await slot();
    const byHand = (more: object) => call(test, 'POST', `/admin/slots/${id}`, manager, more);
    expect((await byHand({ reason: '场地检修', closed: true })).status).toBe(200);
    await change({ from: '09:30', to: '10:30' });
    await make();
    expect(await byHand({ reason: '检修结束', closed: false })).toMatchObject({
      status: 409,
      body: { code: 'SCHEDULE_OVERLAP' },
    });
  });
});
