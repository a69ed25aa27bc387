import { makeChannel, makeSlot, signInHolder } from '../../../test/booking-fixtures.js';
import { call, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { signInPerson } from '../../../test/sign-in.js';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { LAPSE_JOB } from '../../core/capacity/lapse-places.js';
import { CaseRow } from '../../core/casework/case.entity.js';
import { system } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';
import { Slots } from '../venues/slots.service.js';
import { BookingRow } from './booking.entity.js';
import { Bookings } from './bookings.service.js';

const TOMORROW_9 = '2026-11-25T01:00:00.000Z';

describe('a booking that an office reviews', () => {
  let test: TestApp;
  let slotId: string;
  let person: TestPerson;
  let bookingId: string;
  beforeEach(async () => {
    test = await createTestApp();
    const channel = await makeChannel(test, {
      rules: { reviewed: true },
      terms: { limits: [{ window: 'year', most: 1 }] },
    });
    slotId = await makeSlot(test, channel, TOMORROW_9, 1);
    person = await signInHolder(test);
    const booked = await call(test, 'POST', '/bookings', person, { slotId, note: '陪同就诊' });
    expect(booked).toMatchObject({
      status: 200,
      body: { status: 'held', caseId: expect.stringMatching(/^.{26}$/), mayReschedule: false },
    });
    bookingId = booked.body.bookingId;
  });
  afterEach(() => test.close());

  const read = () => test.app.get(ReadDatabase).manager;
  const bookings = () => test.app.get(Bookings, { strict: false });
  const one = async (who = person) => (await call(test, 'GET', `/bookings/${bookingId}`, who)).body;
  const taken = async (): Promise<number | undefined> => {
    const slot = (await test.app.get(Slots, { strict: false }).byIds(read(), [slotId])).get(slotId);
    return (await test.app.get(Capacity).counts(read(), [slot?.poolId ?? ''])).get(slot?.poolId ?? '')?.taken;
  };
  const told = (topic: string): Promise<number> => read().countBy(OutboxMessage, { topic });

  it('keeps its place while it waits, and its note encrypted', async () => {
    expect(await taken()).toBe(1);
    expect(await told('booking.held')).toBe(1);
    const row = await read().findOneByOrFail(BookingRow, { id: bookingId });
    expect(row.note).not.toContain('陪同就诊');
    expect(row.heldUntil).toEqual(new Date('2026-11-25T00:30:00.000Z'));
    const exported = await call(test, 'GET', '/me/export', person);
    expect(exported.body.sections.bookings).toMatchObject([{ bookingId, note: '陪同就诊' }]);
  });

  it('becomes sure, and lapses no more', async () => {
    await test.app.get(UnitOfWork).run((tx) => bookings().confirmHeld(tx, bookingId));
    expect(await one()).toMatchObject({ status: 'booked', mayCancel: true, mayReschedule: false });
    test.clock.set('2026-11-25T00:31:00.000Z');
    await test.app.get(Jobs).runNow(LAPSE_JOB);
    expect(await one(await again())).toMatchObject({ status: 'booked' });
    expect(await taken()).toBe(1);
    expect(await told('booking.booked')).toBe(1);
  });

  it('gives place and quota back when it is refused, with the words of the office', async () => {
    await test.app.get(UnitOfWork).run((tx) => bookings().releaseHeld(tx, bookingId, '材料不全'));
    expect(await one()).toMatchObject({ status: 'cancelled', cancelledBy: 'venue', reason: '材料不全' });
    expect(await taken()).toBe(0);
    // A second word of the office changes nothing.
    await test.app.get(UnitOfWork).run((tx) => bookings().releaseHeld(tx, bookingId, 'again'));
    expect((await call(test, 'POST', '/bookings', person, { slotId })).status).toBe(200);
  });

  const again = async (): Promise<TestPerson> => ({
    ...person,
    ...(await signInPerson(test, person.personId)),
  });

  it('lapses when nobody decides in time, and goes to the next in line', async () => {
    const next = await signInHolder(test);
    await call(test, 'POST', '/waiting', next, { slotId });
    test.clock.set('2026-11-25T00:30:00.000Z');
    await test.app.get(Jobs).runNow(LAPSE_JOB);
    expect(await one(await again())).toMatchObject({ status: 'lapsed', cancelledBy: null });
    // Booking closed at the same moment, so that the line is over too.
    expect(await taken()).toBe(0);
    expect(await told('booking.lapsed')).toBe(1);
    const row = await read().findOneByOrFail(BookingRow, { id: bookingId });
    const closed = await read().findOneByOrFail(CaseRow, { id: row.caseId ?? '' });
    expect(closed.status).not.toBe('in-review');
  });

  it('is given up by its holder, and the office has nothing left to decide', async () => {
    expect((await call(test, 'POST', `/bookings/${bookingId}/cancel`, person)).body.status).toBe('cancelled');
    const row = await read().findOneByOrFail(BookingRow, { id: bookingId });
    const closed = await read().findOneByOrFail(CaseRow, { id: row.caseId ?? '' });
    expect(closed.status).not.toBe('in-review');
  });

  it('is cancelled with its slot', async () => {
    const slot = (await test.app.get(Slots, { strict: false }).byIds(read(), [slotId])).get(slotId);
    if (!slot) throw new Error('no slot');
    const cancelled = await test.app
      .get(UnitOfWork)
      .run((tx) => bookings().closeSlot(tx, system('test'), slot, '设备检修'));
    expect(cancelled).toBe(1);
    expect(await one()).toMatchObject({ status: 'cancelled', cancelledBy: 'venue', reason: '设备检修' });
    const other = await signInHolder(test);
    expect((await call(test, 'POST', '/bookings', other, { slotId })).body.code).toBe('SLOT_CLOSED');
  });
});
