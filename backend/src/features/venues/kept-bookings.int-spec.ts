import type { Booking } from '@talent-card/shared/bookings/schema';
import type { Schedule, ScheduleException } from '@talent-card/shared/venues/schema';
import { makeChannel, signInHolder, type TestChannel } from '../../../test/booking-fixtures.js';
import { call, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, type SignedInStaff } from '../../../test/sign-in.js';
import { signInVenueStaff } from '../../../test/venue-staff.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { SlotEntity } from './slot.entity.js';
import { SLOTS_JOB } from './slot-maker.js';

/** What happens to bookings when the week or a day of the venue changes. */
describe('a change that has no room for a booking', () => {
  let test: TestApp;
  let gym: TestChannel;
  let manager: SignedInStaff;
  let people: TestPerson[];
  let schedule: Schedule;
  beforeEach(async () => {
    test ??= await createTestApp();
    gym = await makeChannel(test);
    manager = await signInVenueStaff(test, 'venue-manager', gym.venueId);
    people = [await signInHolder(test), await signInHolder(test)];
    schedule = (await call(test, 'POST', `${venue()}/schedules`, manager, week())).body;
    await make();
    const [first] = await slots();
    for (const person of people) await book(person, first);
  });
  afterAll(() => test.close());

  const venue = () => `/admin/venues/${gym.venueId}`;
  const week = (more: object = {}) => ({
    channelId: gym.channelId,
    weekday: 3,
    from: '09:00',
    to: '11:00',
    slotMinutes: 60,
    capacity: 2,
    effectiveFrom: '2026-11-01',
    effectiveTo: null,
    ...more,
  });
  const make = () => test.app.get(Jobs).runNow(SLOTS_JOB);
  const slots = () =>
    test.app.get(ReadDatabase).manager.find(SlotEntity, {
      where: { venueId: gym.venueId, serviceDate: '2026-11-25' },
      order: { startsAt: 'ASC' },
    });
  const book = async (person: TestPerson, slot: SlotEntity | undefined): Promise<Booking> => {
    const { status, body } = await call(test, 'POST', '/bookings', person, { slotId: slot?.id });
    expect(status).toBe(200);
    return body;
  };
  const change = async (body: object) => {
    const answer = await test.app.inject({
      method: 'PUT',
      url: `/api/v1${venue()}/schedules/${schedule.scheduleId}`,
      headers: { ...manager.headers, 'idempotency-key': newKey() },
      payload: body,
    });
    return answer.json();
  };
  const states = async () => {
    const found = [];
    for (const person of people) {
      const upcoming = (await call(test, 'GET', '/bookings/mine', person)).body.items;
      const past = (await call(test, 'GET', '/bookings/mine?when=past', person)).body.items;
      found.push(...[...upcoming, ...past].map((one: Booking) => [one.status, one.reason]));
    }
    return found;
  };
  const note = { zh: '闭馆检修', en: 'Repairs' };

  it('names how many, and keeps them', async () => {
    const moved = await change(week({ from: '14:00', to: '16:00', version: 1 }));
    expect(moved).toMatchObject({ version: 2, kept: { slots: 1, bookings: 2 } });
    await make();
    expect((await slots()).map((slot) => slot.status)).toEqual(['open', 'closed', 'open', 'open']);
    expect(await states()).toEqual([
      ['booked', null],
      ['booked', null],
    ]);
  });

  it('cancels them where just that number is named, with the reason', async () => {
    const later = week({ from: '14:00', to: '16:00', version: 1 });
    const wrong = await change({ ...later, cancel: { bookings: 1, reason: '时段调整' } });
    expect(wrong).toMatchObject({ code: 'STALE_VERSION', details: { bookings: 2 } });
    expect(await states()).toEqual([
      ['booked', null],
      ['booked', null],
    ]);
    const right = await change({ ...later, cancel: { bookings: 2, reason: '时段调整' } });
    expect(right).toMatchObject({ kept: { slots: 0, bookings: 0 } });
    expect(await states()).toEqual([
      ['cancelled', '时段调整'],
      ['cancelled', '时段调整'],
    ]);
    await make();
    expect((await slots()).map((slot) => slot.status)).toEqual(['closed', 'closed', 'open', 'open']);
  });

  it('is a day on which the venue is shut, with or without them', async () => {
    const day = { date: '2026-11-25', open: [], note };
    const shut: ScheduleException = (await call(test, 'POST', `${venue()}/exceptions`, manager, day)).body;
    expect(shut.kept).toEqual({ slots: 1, bookings: 2 });
    expect((await slots()).map((slot) => slot.status)).toEqual(['open', 'closed']);
    const cancel = { bookings: 2, reason: note.zh };
    const empty = await call(test, 'POST', `${venue()}/exceptions`, manager, { ...day, cancel });
    expect(empty.body.kept).toEqual({ slots: 0, bookings: 0 });
    expect(await states()).toEqual([
      ['cancelled', note.zh],
      ['cancelled', note.zh],
    ]);
    expect((await slots()).map((slot) => slot.status)).toEqual(['closed', 'closed']);
  });
});
