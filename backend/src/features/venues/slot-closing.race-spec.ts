import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { makeChannel, makeHolders, type TestChannel } from '../../../test/booking-fixtures.js';
import { call } from '../../../test/card-fixtures.js';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { signInVenueStaff } from '../../../test/venue-staff.js';
import { Capacity } from '../../core/capacity/capacity.service.js';
import type { PersonPrincipal, StaffPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Bookings } from '../bookings/bookings.service.js';
import { SlotEntity } from './slot.entity.js';
import { SLOTS_JOB } from './slot-maker.js';
import { Slots } from './slots.service.js';
import { VenueWeeks } from './venue-weeks.js';

const PEOPLE = 12;
const DAYS = ['2026-11-25', '2026-11-26', '2026-11-27'];

/** People book the slots of a day while the venue shuts it; on MariaDB half of them on another node. */
describe('a day that is shut while people book it', () => {
  let test: TestApp;
  let nodes: NestFastifyApplication[];
  let people: PersonPrincipal[];
  let gym: TestChannel;
  let manager: StaffPrincipal;
  beforeAll(async () => {
    test = await createTestApp();
    nodes = TEST_DATABASE === 'mariadb' ? [test.app, await test.secondNode()] : [test.app];
  });
  beforeEach(async () => {
    people = await makeHolders(test, PEOPLE);
    gym = await makeChannel(test);
    const staff = await signInVenueStaff(test, 'venue-manager', gym.venueId);
    manager = {
      type: 'staff',
      staffId: staff.staffId,
      sessionId: newId(test.clock.now()),
      role: 'venue-manager',
      zoneCode: '371000',
      venueIds: [gym.venueId],
      displayName: '场馆',
    };
    for (const weekday of [3, 4, 5]) {
      await call(test, 'POST', `/admin/venues/${gym.venueId}/schedules`, staff, {
        channelId: gym.channelId,
        weekday,
        from: '09:00',
        to: '13:00',
        slotMinutes: 60,
        capacity: 20,
        effectiveFrom: '2026-11-01',
        effectiveTo: null,
      });
    }
    await test.app.get(Jobs).runNow(SLOTS_JOB);
  });
  afterAll(() => test.close());

  const read = () => test.app.get(ReadDatabase).manager;
  const slotsOf = (serviceDate: string) =>
    read().find(SlotEntity, { where: { venueId: gym.venueId, serviceDate }, order: { startsAt: 'ASC' } });

  async function book(principal: PersonPrincipal, slotId: string, i: number): Promise<string> {
    const node = nodes[i % nodes.length] ?? test.app;
    const bookings = node.get(Bookings, { strict: false });
    const request = { principal, slotId, companions: 0, note: null };
    const [outcome] = await node.get(UnitOfWork).run((tx) => bookings.bookMany(tx, [request]));
    if (!outcome) throw new Error('no outcome');
    return outcome.ok ? 'booked' : outcome.error.code;
  }
  const bookAll = (slots: readonly SlotEntity[]): Promise<string[]> =>
    Promise.all(people.map((person, i) => book(person, slots[i % slots.length]?.id ?? '', i)));

  /** Live bookings of slots that are closed, and places taken in their pools. */
  async function lost(slots: readonly SlotEntity[]): Promise<number> {
    const closed = slots.filter((slot) => slot.status === 'closed');
    let bookings = 0;
    for (const { id } of closed) {
      const rows: { n: number | string }[] = await read().query(
        "SELECT COUNT(*) AS n FROM bookings WHERE slotId = ? AND status = 'booked'",
        [id],
      );
      bookings += Number(rows[0]?.n);
    }
    return bookings;
  }

  it('loses bookings where the slots looked free before they were closed (control)', async () => {
    const [day = ''] = DAYS;
    const slots = await slotsOf(day);
    const capacity = test.app.get(Capacity, { strict: false });
    const counts = await capacity.counts(
      read(),
      slots.map((slot) => slot.poolId),
    );
    const free = slots.filter((slot) => counts.get(slot.poolId)?.taken === 0);
    await bookAll(slots);
    await test.app.get(UnitOfWork).run((tx) =>
      tx.manager.update(
        SlotEntity,
        free.map((slot) => slot.id),
        { status: 'closed', closedBy: 'plan' },
      ),
    );
    expect(await lost(await slotsOf(day))).toBe(PEOPLE);
  });

  it.each(DAYS)('loses none: %s', async (date) => {
    const slots = await slotsOf(date);
    const shut = test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app
          .get(VenueWeeks, { strict: false })
          .writeException(tx, manager, gym.venueId, { date, open: [], note: { zh: '闭馆', en: 'Shut' } }),
      );
    const [answers] = await Promise.all([bookAll(slots), shut]);
    expect([...new Set(answers)].filter((one) => one !== 'booked' && one !== 'SLOT_CLOSED')).toEqual([]);
    const after = await slotsOf(date);
    expect(await lost(after)).toBe(0);
    const kept = after.filter((slot) => slot.status === 'open');
    expect(kept.length * (PEOPLE / slots.length) >= answers.filter((one) => one === 'booked').length).toBe(
      true,
    );
  });

  it('cancels every booking of a slot that is closed by hand, also those made meanwhile', async () => {
    const [slot] = await slotsOf(DAYS[0] ?? '');
    if (!slot) throw new Error('no slot');
    const close = test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app
          .get(Slots, { strict: false })
          .change(tx, manager, slot.id, { closed: true, reason: '设备检修' }),
      );
    const [answers, cancelled] = await Promise.all([bookAll([slot]), close]);
    expect(answers.filter((one) => one === 'booked')).toHaveLength(cancelled);
    expect(await lost(await slotsOf(DAYS[0] ?? ''))).toBe(0);
    const counts = await test.app.get(Capacity, { strict: false }).counts(read(), [slot.poolId]);
    expect(counts.get(slot.poolId)).toMatchObject({ taken: 0, closed: true });
  });
});
