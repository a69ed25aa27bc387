import type { SlotWeek } from '@talent-card/shared/bookings/schema';
import type { AdminVenue, Schedule, ScheduleException } from '@talent-card/shared/venues/schema';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, type SignedInStaff, signInStaff } from '../../../test/sign-in.js';
import { daily, makeVenue } from '../../../test/venue-fixtures.js';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { SlotEntity } from './slot.entity.js';
import { SlotHorizons } from './slot-horizons.js';
import { SLOTS_JOB } from './slot-maker.js';

const HORIZON = 14;

describe('venues and their slots', () => {
  let test: TestApp;
  let city: SignedInStaff;
  let channelId: string;
  beforeAll(async () => {
    test = await createTestApp();
    city = await signInStaff(test, 'city-reviewer');
    channelId = newId(test.clock.now());
    test.app
      .get(SlotHorizons, { strict: false })
      .register((_, ids) =>
        Promise.resolve(new Map(ids.filter((id) => id === channelId).map((id) => [id, HORIZON]))),
      );
  });
  afterAll(() => test.close());

  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    payload?: object,
    by: { headers: Record<string, string> } = city,
  ) => {
    const answer = await test.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...by.headers, 'idempotency-key': newKey() },
      ...(payload ? { payload } : {}),
    });
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
  };
  const make = () => test.app.get(Jobs).runNow(SLOTS_JOB);
  const slotsOf = (venueId: string) =>
    test.app.get(ReadDatabase).manager.find(SlotEntity, { where: { venueId }, order: { startsAt: 'ASC' } });
  const openOf = async (venueId: string) => (await slotsOf(venueId)).filter((slot) => slot.status === 'open');
  const take = (poolId: string, amount = 1) =>
    test.app.get(UnitOfWork).run(async (tx) => {
      const capacity = test.app.get(Capacity, { strict: false });
      const book = await capacity.load(tx, [poolId]);
      const cause = { type: 'booking', id: newId(tx.now) };
      book.claim({ poolId, amount, cardClass: null, cause, heldUntil: null });
      await capacity.write(tx, book);
    });
  const capacityOf = async (poolId: string) =>
    (
      await test.app.get(Capacity, { strict: false }).counts(test.app.get(ReadDatabase).manager, [poolId])
    ).get(poolId);

  // The clock stands at Tuesday 24 November, 09:12 in Weihai.
  const wednesdays = (more: object = {}) => ({
    channelId,
    weekday: 3,
    from: '09:00',
    to: '11:00',
    slotMinutes: 60,
    capacity: 5,
    effectiveFrom: '2026-11-01',
    effectiveTo: null,
    ...more,
  });
  const add = async (venueId: string, more: object = {}): Promise<Schedule> => {
    const { status, body } = await call('POST', `/admin/venues/${venueId}/schedules`, wednesdays(more));
    expect([status, body]).toEqual([200, expect.objectContaining({ venueId })]);
    return body;
  };

  it('are made, changed and read', async () => {
    const body = {
      name: { zh: '威海港客运站', en: 'Weihai port' },
      zoneCode: '371002',
      address: { zh: '疏港路 1 号', en: '1 Shugang Road' },
      latitude: 37.5,
      longitude: 122.1,
      phone: '0631-5233220',
      openingHours: daily('08:00', '17:00'),
      closedOnHolidays: false,
      notice: null,
      status: 'open',
    };
    const made: AdminVenue = (await call('POST', '/admin/venues', body)).body;
    expect(made).toMatchObject({
      version: 1,
      staffCount: 0,
      latitude: 37.5,
      openingHours: body.openingHours,
    });
    const notice = { zh: '台风停航', en: 'No ferries' };
    const path = `/admin/venues/${made.venueId}`;
    expect((await call('PUT', path, { ...body, version: 1, notice })).body).toMatchObject({
      version: 2,
      notice,
    });
    expect((await call('PUT', path, { ...body, version: 1 })).body.code).toBe('STALE_VERSION');
    const seen = (await call('GET', `/venues/${made.venueId}`)).body;
    expect(seen.days).toHaveLength(7);
    expect(seen.days[0]).toMatchObject({ date: '2026-11-24', open: [{ from: '08:00', to: '17:00' }] });
    const wrong = [
      { weekday: 1, from: '10:00', to: '09:00' },
      { weekday: 2, from: '08:00', to: '12:00' },
      { weekday: 2, from: '11:00', to: '13:00' },
    ];
    expect(
      (await call('PUT', path, { ...body, version: 2, openingHours: wrong })).body.details.fields,
    ).toEqual([
      { path: 'openingHours.0.to', code: 'DATE_ORDER' },
      { path: 'openingHours.2.from', code: 'NOT_ALLOWED' },
    ]);
  });

  it('get slots as far ahead as they open and a week more, once', async () => {
    const venueId = await makeVenue(test);
    await add(venueId);
    await make();
    const slots = await slotsOf(venueId);
    // Wednesdays until 15 December, 21 days ahead: three, with two slots each.
    expect(slots.map((slot) => slot.startsAt.toISOString())).toEqual([
      '2026-11-25T01:00:00.000Z',
      '2026-11-25T02:00:00.000Z',
      '2026-12-02T01:00:00.000Z',
      '2026-12-02T02:00:00.000Z',
      '2026-12-09T01:00:00.000Z',
      '2026-12-09T02:00:00.000Z',
    ]);
    await make();
    expect(await slotsOf(venueId)).toHaveLength(6);
    expect(await capacityOf(slots[0]?.poolId ?? '')).toMatchObject({ capacity: 5, taken: 0 });
  });

  it('are made in units where there are many', async () => {
    const venueId = await makeVenue(test);
    for (let weekday = 1; weekday <= 7; weekday += 1) {
      await add(venueId, { weekday, from: '08:00', to: '20:00', slotMinutes: 30 });
    }
    await make();
    // Today those from 09:30 on, then 21 days of 24.
    expect(await slotsOf(venueId)).toHaveLength(21 + 21 * 24);
  });

  it.each([
    ['a channel that books nothing', { channelId: '01HZZZZZZZZZZZZZZZZZZZZZZZ' }, 'channelId', 'NOT_ALLOWED'],
    ['slots longer than the time', { slotMinutes: 180 }, 'slotMinutes', 'TOO_BIG'],
    ['an end before the beginning', { to: '08:00' }, 'to', 'DATE_ORDER'],
  ])('refuse a template with %s', async (_, more, path, code) => {
    const venueId = await makeVenue(test);
    const answer = await call('POST', `/admin/venues/${venueId}/schedules`, wednesdays(more));
    expect(answer.body.details.fields).toMatchObject([{ path, code }]);
  });

  it('refuse templates of one channel at the same time', async () => {
    const venueId = await makeVenue(test);
    const first = await add(venueId);
    const crossing = wednesdays({ from: '10:30', to: '12:30' });
    const answer = await call('POST', `/admin/venues/${venueId}/schedules`, crossing);
    expect(answer.body).toMatchObject({
      code: 'SCHEDULE_OVERLAP',
      details: { scheduleId: first.scheduleId },
    });
    const second = await add(venueId, { from: '11:00', to: '12:00' });
    const path = `/admin/venues/${venueId}/schedules/${second.scheduleId}`;
    expect((await call('PUT', path, { ...crossing, version: 1 })).body.code).toBe('SCHEDULE_OVERLAP');
  });

  it('follow a changed template, and keep the slot in which somebody has a place', async () => {
    const venueId = await makeVenue(test);
    const schedule = await add(venueId);
    await make();
    const [booked] = await slotsOf(venueId);
    await take(booked?.poolId ?? '', 4);
    const path = `/admin/venues/${venueId}/schedules/${schedule.scheduleId}`;
    const later = wednesdays({ from: '09:30', to: '11:30', capacity: 3, version: 1 });
    expect((await call('PUT', path, later)).body).toMatchObject({ version: 2, kept: { slots: 1 } });
    await make();
    expect((await openOf(venueId)).map((slot) => slot.startsAt.toISOString().slice(5, 16))).toEqual([
      '11-25T01:00',
      '11-25T02:30',
      '12-02T01:30',
      '12-02T02:30',
      '12-09T01:30',
      '12-09T02:30',
    ]);
    // Back again: the kept one gets the new number of places, but no fewer than are taken.
    await call('PUT', path, wednesdays({ capacity: 3, version: 2 }));
    await make();
    expect(await openOf(venueId)).toHaveLength(6);
    expect(await capacityOf(booked?.poolId ?? '')).toMatchObject({ capacity: 4, taken: 4 });
  });

  it('close on a day at once, and open again when the exception goes', async () => {
    const venueId = await makeVenue(test);
    await add(venueId);
    await make();
    const note = { zh: '台风', en: 'Typhoon' };
    const path = `/admin/venues/${venueId}/exceptions`;
    const exception: ScheduleException = (await call('POST', path, { date: '2026-11-25', open: [], note }))
      .body;
    expect(exception).toMatchObject({ kept: { slots: 0, bookings: 0 } });
    expect(await openOf(venueId)).toHaveLength(4);
    const half = { date: '2026-11-25', open: [{ from: '10:00', to: '12:00' }], note };
    const again: ScheduleException = (await call('POST', path, half)).body;
    expect((await openOf(venueId))[0]?.startsAt.toISOString()).toBe('2026-11-25T02:00:00.000Z');
    expect((await call('GET', path)).body.items).toHaveLength(1);
    await call('DELETE', `${path}/${again.exceptionId}`);
    expect(await openOf(venueId)).toHaveLength(6);
    expect(await slotsOf(venueId)).toHaveLength(6);
    expect((await call('POST', path, { ...half, date: '2026-11-23' })).status).toBe(400);
  });

  it('close on a holiday that the operator sets', async () => {
    const venueId = await makeVenue(test, { closedOnHolidays: true });
    await add(venueId);
    await make();
    const admin = await signInStaff(test, 'system-administrator');
    const path = '/admin/calendar/days/2026-11-25';
    await call('PUT', path, { kind: 'holiday', name: '台风停工' }, admin);
    await make();
    expect(await openOf(venueId)).toHaveLength(4);
    await call('PUT', path, { kind: null }, admin);
    await make();
    expect(await openOf(venueId)).toHaveLength(6);
  });

  it('let staff change one slot, never below what is taken', async () => {
    const venueId = await makeVenue(test);
    await add(venueId);
    await make();
    const [slot] = await slotsOf(venueId);
    const { id = '', poolId = '' } = slot ?? {};
    await take(poolId, 2);
    const change = (body: object) => call('POST', `/admin/slots/${id}`, { reason: '加开窗口', ...body });
    expect((await change({ capacity: 8 })).body).toEqual({ cancelledBookings: 0 });
    expect(await capacityOf(poolId)).toMatchObject({ capacity: 8 });
    expect((await change({ capacity: 1 })).body).toMatchObject({
      code: 'SLOT_CAPACITY_BELOW_TAKEN',
      details: { taken: 2 },
    });
    await make();
    expect(await capacityOf(poolId)).toMatchObject({ capacity: 8 });
    await change({ closed: true });
    expect(await capacityOf(poolId)).toMatchObject({ closed: true });
    await make();
    expect(await openOf(venueId)).toHaveLength(5);
    await change({ closed: false });
    expect(await openOf(venueId)).toHaveLength(6);
    expect(await capacityOf(poolId)).toMatchObject({ closed: false, capacity: 8 });
  });

  it('show a week', async () => {
    const venueId = await makeVenue(test);
    await add(venueId);
    await make();
    const week: SlotWeek = (await call('GET', `/admin/venues/${venueId}/week?from=2026-11-23`)).body;
    expect(week.days.map((day) => [day.date, day.slots.length])).toEqual([
      ['2026-11-23', 0],
      ['2026-11-24', 0],
      ['2026-11-25', 2],
      ['2026-11-26', 0],
      ['2026-11-27', 0],
      ['2026-11-28', 0],
      ['2026-11-29', 0],
    ]);
  });
});
