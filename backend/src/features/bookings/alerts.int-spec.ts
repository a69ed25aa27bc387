import type { Booking, VacancyAlert } from '@talent-card/shared/bookings/schema';
import type { Message } from '@talent-card/shared/messages/schema';
import { makeChannel, makeSlot, signInHolder, type TestChannel } from '../../../test/booking-fixtures.js';
import { call, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { newKey, signInPerson } from '../../../test/sign-in.js';
import { system } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { DELIVER_JOB } from '../../platform/outbox/outbox.worker.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';
import { CardRow } from '../cards/card.entity.js';
import { Cards } from '../cards/cards.service.js';
import { ChannelRow } from '../channels/channel.entity.js';
import { VACANCIES_JOB } from './alerts.service.js';
import { REMINDERS_JOB } from './reminders.js';
import { SlotViews } from './slot-views.js';

describe('being told', () => {
  let test: TestApp;
  let gym: TestChannel;
  let person: TestPerson;
  let other: TestPerson;
  let booked: Booking;
  beforeEach(async () => {
    test ??= await createTestApp();
    test.clock.set(TEST_NOW);
    gym = await makeChannel(test);
    [person, other] = [await signInHolder(test), await signInHolder(test)];
    const slotId = await makeSlot(test, gym, '2026-11-25T02:00:00.000Z', 1);
    booked = (await call(test, 'POST', '/bookings', other, { slotId })).body;
  });
  afterAll(() => test.close());

  const wish = (more: object = {}) => ({ ...gym, from: '2026-11-24', to: '2026-11-30', ...more });
  const set = (more: object = {}, who = person) => call(test, 'POST', '/vacancy-alerts', who, wish(more));
  const mine = async (): Promise<VacancyAlert[]> => {
    const again = await signInPerson(test, person.personId);
    return (await call(test, 'GET', '/vacancy-alerts', again)).body.items;
  };
  const tell = () => test.app.get(Jobs).runNow(VACANCIES_JOB);
  const toldOf = async (topic: string, personId = person.personId) => {
    const rows = await test.app.get(ReadDatabase).manager.findBy(OutboxMessage, { topic });
    return rows.map(({ payload }) => JSON.parse(payload)).filter((payload) => payload.personId === personId);
  };
  const cancel = () => call(test, 'POST', `/bookings/${booked.bookingId}/cancel`, other, {});

  it('happens once, when a place becomes free', async () => {
    expect((await set()).body).toMatchObject({ from: '2026-11-24', to: '2026-11-30', toldAt: null });
    await tell();
    expect(await toldOf('vacancy.told')).toEqual([]);
    await cancel();
    await tell();
    expect(await toldOf('vacancy.told')).toEqual([{ personId: person.personId, slotId: booked.slotId }]);
    expect(await mine()).toMatchObject([{ toldAt: test.clock.now().toISOString() }]);
    await tell();
    expect(await toldOf('vacancy.told')).toHaveLength(1);
  });

  it('says which channel, where and when, and leads to the very slot', async () => {
    await set();
    await cancel();
    await tell();
    await test.app.get(Jobs).runNow(DELIVER_JOB);
    const { items } = (await call(test, 'GET', '/messages', person)).body;
    const names = (await call(test, 'GET', '/vacancy-alerts', person)).body.items[0];
    expect(items.find(({ kind }: Message) => kind === 'vacancy')).toMatchObject({
      link: { type: 'slot', id: booked.slotId },
      params: {
        channelZh: names.channel.name.zh,
        channelEn: names.channel.name.en,
        venueZh: names.venue.name.zh,
        venueEn: names.venue.name.en,
        startsAt: '2026-11-25T02:00:00.000Z',
        endsAt: '2026-11-25T03:00:00.000Z',
        ...gym,
        day: '2026-11-25',
      },
    });
  });

  describe('of places that a class cannot have', () => {
    beforeEach(async () => {
      const classes = ['A', 'B'].map((code) => ({
        code,
        nameZh: code,
        nameEn: code,
        isDefault: code === 'B',
      }));
      const cards = test.app.get(Cards, { strict: false });
      await test.app.get(UnitOfWork).run((tx) => cards.defineClasses(tx, system('test'), classes));
    });
    const asClass = (who: TestPerson, cardClass: string) =>
      test.app.get(UnitOfWork).run(async (tx) => {
        const cards = test.app.get(Cards, { strict: false });
        const { id, version } = await tx.manager.findOneByOrFail(CardRow, { personId: who.personId });
        const change = { version, cardClass, validFrom: '2026-11-24', reason: 'test' };
        await cards.changeClass(tx, system('test'), id, change);
      });

    it('does not happen, and does so once there is one of theirs', async () => {
      await asClass(person, 'A');
      const third = await signInHolder(test);
      // The slot has two places, one of them for class A at most; somebody of class A has that one.
      const slotId = await makeSlot(test, gym, '2026-11-26T02:00:00.000Z', 2, { A: 1 });
      const ofA = await signInHolder(test);
      await asClass(ofA, 'A');
      const { bookingId } = (await call(test, 'POST', '/bookings', ofA, { slotId })).body;
      const filler = (await call(test, 'POST', '/bookings', other, { slotId })).body;
      const days = { from: '2026-11-26', to: '2026-11-26' };
      expect((await set(days)).status).toBe(200);
      expect((await set(days, third)).status).toBe(200);
      await call(test, 'POST', `/bookings/${filler.bookingId}/cancel`, other, {});
      await tell();
      expect(await toldOf('vacancy.told')).toEqual([]);
      expect(await toldOf('vacancy.told', third.personId)).toEqual([{ personId: third.personId, slotId }]);
      // Whoever could have none may go on waiting to be told.
      expect((await set(days)).status).toBe(200);
      await call(test, 'POST', `/bookings/${bookingId}/cancel`, ofA, {});
      await tell();
      expect(await toldOf('vacancy.told')).toEqual([{ personId: person.personId, slotId }]);
    });

    it('does not happen to whoever has no card any more', async () => {
      await set();
      await test.app
        .get(UnitOfWork)
        .run((tx) => tx.manager.update(CardRow, { personId: person.personId }, { status: 'suspended' }));
      await cancel();
      await tell();
      expect(await toldOf('vacancy.told')).toEqual([]);
    });
  });

  it('looks at the days that were asked for only', async () => {
    await set({ from: '2026-11-26' });
    await cancel();
    await tell();
    expect(await toldOf('vacancy.told')).toEqual([]);
  });

  it('also comes when slots open for booking', async () => {
    const far = { from: '2026-12-04', to: '2026-12-04' };
    await makeSlot(test, gym, '2026-12-04T02:00:00.000Z', 4);
    expect((await set(far)).status).toBe(200);
    await tell();
    expect(await toldOf('vacancy.told')).toEqual([]);
    test.clock.set('2026-11-27T00:00:00.000Z');
    await tell();
    expect(await toldOf('vacancy.told')).toHaveLength(1);
  });

  it('does not stop at a channel that was withdrawn', async () => {
    const gone = await makeChannel(test);
    expect((await set(gone)).status).toBe(200);
    await set();
    const withdraw = (tx: Tx) =>
      tx.manager.update(ChannelRow, { id: gone.channelId }, { status: 'withdrawn' });
    await test.app.get(UnitOfWork).run(withdraw);
    await cancel();
    await tell();
    expect(await toldOf('vacancy.told')).toMatchObject([{ slotId: booked.slotId }]);
  });

  it('is asked for by whoever has booked where others find places, and does not tell of the same hour', async () => {
    const slotId = await makeSlot(test, gym, '2026-11-26T02:00:00.000Z', 5);
    expect((await set()).body).toMatchObject({ code: 'WAITING_NOT_NEEDED', details: { slotId } });
    expect((await call(test, 'POST', '/bookings', person, { slotId })).status).toBe(200);
    expect((await set()).status).toBe(200);
    await tell();
    expect(await toldOf('vacancy.told')).toEqual([]);
    await cancel();
    await tell();
    expect(await toldOf('vacancy.told')).toEqual([{ personId: person.personId, slotId: booked.slotId }]);
  });

  it('looks for places before it writes, and answers the same call the same once there are some', async () => {
    const { manager } = test.app.get(ReadDatabase);
    const looks = jest.spyOn(test.app.get(SlotViews, { strict: false }), 'ofChannel');
    const key = newKey();
    const asked = () => call(test, 'POST', '/vacancy-alerts', person, wish({ to: '2027-01-31' }), { key });
    const first = await asked();
    expect(first.status).toBe(200);
    expect(looks.mock.calls.length).toBeGreaterThan(1);
    for (const [by] of looks.mock.calls) expect(by).toBe(manager);
    looks.mockRestore();
    await cancel();
    expect(await asked()).toEqual(first);
  });

  it.each([
    ['while a place is free', {}, true, 409, { code: 'WAITING_NOT_NEEDED' }],
    [
      'for days that are over',
      { from: '2026-11-20', to: '2026-11-23' },
      false,
      400,
      { code: 'VALIDATION_FAILED' },
    ],
    ['for days too far ahead', { to: '2027-11-24' }, false, 400, { code: 'VALIDATION_FAILED' }],
    [
      'for a channel of no place',
      { venueId: '01HZZZZZZZZZZZZZZZZZZZZZZZ' },
      false,
      404,
      { code: 'NOT_FOUND' },
    ],
  ])('is not asked for %s', async (_, more, free, status, body) => {
    if (free) await cancel();
    expect(await set(more)).toMatchObject({ status, body });
  });

  it('is asked for once a channel and venue, and taken back by its owner only', async () => {
    await set();
    const { alertId } = (await set({ to: '2026-11-28' })).body;
    expect(await mine()).toMatchObject([{ alertId, to: '2026-11-28' }]);
    const remove = async (who: TestPerson) =>
      test.app.inject({
        method: 'DELETE',
        url: `/api/v1/vacancy-alerts/${alertId}`,
        headers: { ...who.headers, 'idempotency-key': newKey() },
      });
    expect((await remove(other)).statusCode).toBe(404);
    expect((await remove(person)).statusCode).toBe(204);
    expect(await mine()).toEqual([]);
  });

  it('belongs to the personal data', async () => {
    await set();
    const { sections } = (await call(test, 'GET', '/me/export', person)).body;
    expect(sections['vacancy-alerts']).toMatchObject([{ from: '2026-11-24' }]);
    await call(test, 'POST', '/me/erase', person, { confirm: 'ERASE' });
    const rows: unknown[] = await test.app
      .get(ReadDatabase)
      .manager.query('SELECT id FROM vacancy_alerts WHERE personId = ?', [person.personId]);
    expect(rows).toEqual([]);
  });

  describe('of tomorrow', () => {
    const remind = async (now: string) => {
      test.clock.set(now);
      await test.app.get(Jobs).runNow(REMINDERS_JOB);
      return toldOf('booking.reminder', other.personId);
    };

    it('happens once, at six the evening before', async () => {
      expect(await remind('2026-11-24T09:59:59.000Z')).toEqual([]);
      expect(await remind('2026-11-24T10:00:00.000Z')).toEqual([
        { personId: other.personId, bookingId: booked.bookingId },
      ]);
      expect(await remind('2026-11-24T12:00:00.000Z')).toHaveLength(1);
    });

    it('leaves out who has just booked', async () => {
      test.clock.set('2026-11-24T10:30:00.000Z');
      const late = { ...person, ...(await signInPerson(test, person.personId)) };
      const slotId = await makeSlot(test, gym, '2026-11-25T04:00:00.000Z', 1);
      expect((await call(test, 'POST', '/bookings', late, { slotId })).status).toBe(200);
      await remind('2026-11-24T11:00:00.000Z');
      expect(await toldOf('booking.reminder')).toEqual([]);
    });
  });
});
