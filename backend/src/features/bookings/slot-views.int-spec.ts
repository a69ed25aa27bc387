import type { Slot, SlotWeek } from '@talent-card/shared/bookings/schema';
import { makeChannel, makeSlot, signInHolder, type TestChannel } from '../../../test/booking-fixtures.js';
import { call } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { statementsOf } from '../../../test/query-plans.js';
import { makeVenue } from '../../../test/venue-fixtures.js';
import { signInVenueStaff } from '../../../test/venue-staff.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { SLOTS_JOB } from '../venues/slot-maker.js';
import { SlotViews } from './slot-views.js';

describe('slots as people see them', () => {
  let test: TestApp;
  let gym: TestChannel;
  beforeAll(async () => {
    test = await createTestApp();
    gym = await makeChannel(test);
  });
  afterAll(() => test.close());

  const get = (query = '', headers: Record<string, string> = {}, channelId = gym.channelId) =>
    test.app.inject({
      url: `/api/v1/channels/${channelId}/slots?venueId=${gym.venueId}${query}`,
      headers,
    });
  const slotsOf = async (query = ''): Promise<Slot[]> =>
    (await get(query)).json<SlotWeek>().days.flatMap((day) => day.slots);

  it('are made of a template by the job and listed with the rules of the channel', async () => {
    const place = await makeChannel(test, { rules: { opensDaysAhead: 2 } });
    const manager = await signInVenueStaff(test, 'venue-manager', place.venueId);
    const schedule = {
      channelId: place.channelId,
      weekday: 3,
      from: '09:00',
      to: '11:00',
      slotMinutes: 60,
      capacity: 4,
      classCapacities: { A: 1 },
      effectiveFrom: '2026-11-01',
      effectiveTo: null,
    };
    const made = await call(test, 'POST', `/admin/venues/${place.venueId}/schedules`, manager, schedule);
    expect(made.status).toBe(200);
    await test.app.get(Jobs).runNow(SLOTS_JOB);
    const answer = await test.app.inject({
      url: `/api/v1/channels/${place.channelId}/slots?venueId=${place.venueId}&days=9`,
    });
    const { days } = answer.json<SlotWeek>();
    expect(days).toHaveLength(9);
    expect(days[1]?.slots).toMatchObject([
      {
        serviceDate: '2026-11-25',
        startsAt: '2026-11-25T01:00:00.000Z',
        endsAt: '2026-11-25T02:00:00.000Z',
        capacity: 4,
        left: 4,
        classLeft: { A: 1 },
        waiting: 0,
        state: 'open',
        opensAt: '2026-11-23T00:00:00.000Z',
        bookableUntil: '2026-11-25T00:30:00.000Z',
      },
      { state: 'open' },
    ]);
    expect(days[8]?.slots).toMatchObject([{ state: 'not-yet-open' }, { state: 'not-yet-open' }]);
  });

  it('say at once what was booked, and 304 where nothing was', async () => {
    const slotId = await makeSlot(test, gym, '2026-11-26T02:00:00.000Z', 2);
    const first = await get();
    const { etag } = first.headers;
    expect(etag).toMatch(/^"/);
    expect((await get('', { 'if-none-match': String(etag) })).statusCode).toBe(304);
    const person = await signInHolder(test);
    await call(test, 'POST', '/bookings', person, { slotId, companions: 1 });
    const second = await get('', { 'if-none-match': String(etag) });
    expect(second.statusCode).toBe(200);
    const [slot] = (await slotsOf()).filter((one) => one.slotId === slotId);
    expect(slot).toMatchObject({ left: 0, state: 'full' });
  });

  it('are found for open channels at their venues only', async () => {
    const draft = await makeChannel(test, { channel: { status: 'draft' }, venueId: gym.venueId });
    expect((await get('', {}, draft.channelId)).statusCode).toBe(404);
    const elsewhere = await makeVenue(test);
    const url = `/api/v1/channels/${gym.channelId}/slots?venueId=${elsewhere}`;
    expect((await test.app.inject({ url })).statusCode).toBe(404);
    expect((await get('&days=15')).statusCode).toBe(400);
  });

  it('are closed with the venue, and gone where the plan has none', async () => {
    const slotId = await makeSlot(test, gym, '2026-11-27T02:00:00.000Z', 2);
    const manager = await signInVenueStaff(test, 'venue-manager', gym.venueId);
    await call(test, 'POST', `/admin/slots/${slotId}`, manager, { closed: true, reason: '检修' });
    const friday = (await slotsOf()).filter((slot) => slot.serviceDate === '2026-11-27');
    expect(friday).toMatchObject([{ slotId, state: 'closed', left: 0 }]);
    const week = await call(test, 'GET', `/admin/venues/${gym.venueId}/week`, manager);
    expect(week.body.days.map((day: { date: string }) => day.date)[0]).toBe('2026-11-23');
    expect(week.body.days[4].slots).toMatchObject([{ slotId, state: 'closed', capacity: 2 }]);
  });

  it('cost the same few statements however many there are', async () => {
    const statements = async (days: number): Promise<number> => {
      const views = test.app.get(SlotViews, { strict: false });
      const asked = await statementsOf(test.app.get(ReadDatabase).manager, (manager) =>
        views.ofChannel(manager, gym.channelId, { venueId: gym.venueId, days }),
      );
      return asked.length;
    };
    const few = await statements(3);
    for (let i = 0; i < 20; i += 1) {
      await makeSlot(test, gym, `2026-11-28T${String(i).padStart(2, '0')}:00:00.000Z`, 2);
    }
    expect(await statements(14)).toBe(few);
    expect(few).toBeGreaterThan(3);
    expect(few).toBeLessThanOrEqual(8);
  });
});
