import type { Booking, Waiting } from '@talent-card/shared/bookings/schema';
import type { EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { makeChannel, makeSlot, signInHolder, type TestChannel } from '../../../test/booking-fixtures.js';
import { type Answer, call, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { signInPerson } from '../../../test/sign-in.js';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { LAPSE_JOB } from '../../core/capacity/lapse-places.js';
import { system } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { CardRow } from '../cards/card.entity.js';
import type { CardMove } from '../cards/card-moves.js';
import { Cards } from '../cards/cards.service.js';
import { ChannelRow, ChannelTermsRow } from '../channels/channel.entity.js';
import { MessageRow } from '../messages/message.entity.js';
import { Slots } from '../venues/slots.service.js';
import { BookingPersonRow } from './booking.entity.js';
import { BookingsRepository } from './bookings.repository.js';
import { Bookings } from './bookings.service.js';
import { LINE_JOB } from './line-check.js';

/** Booking closes half an hour before, so that the line is served in order until half an hour before the day before. */
const SUNDAY_9 = '2026-11-29T01:00:00.000Z';
const IN_ORDER_UNTIL = '2026-11-28T00:30:00.000Z';

/** A slot of two places, both booked; a pair is first in line and somebody alone behind them. */
describe('a pair in line', () => {
  let test: TestApp;
  let channel: TestChannel;
  let slotId: string;
  let holders: TestPerson[];
  let bookings: Booking[];
  let pair: TestPerson;
  let single: TestPerson;
  beforeEach(async () => {
    test ??= await createTestApp();
    test.clock.set(TEST_NOW);
    channel = await makeChannel(test);
    slotId = await makeSlot(test, channel, SUNDAY_9, 2);
    holders = [await signInHolder(test), await signInHolder(test)];
    bookings = [];
    for (const holder of holders) bookings.push((await book(holder)).body);
    [pair, single] = [await signInHolder(test), await signInHolder(test)];
    await wait(pair, 1);
    await wait(single);
  });
  afterAll(() => test.close());

  const read = () => test.app.get(ReadDatabase).manager;
  const book = (who: TestPerson, companions = 0): Promise<Answer> =>
    call(test, 'POST', '/bookings', who, { slotId, companions });
  const wait = (who: TestPerson, companions = 0, slot = slotId): Promise<Answer> =>
    call(test, 'POST', '/waiting', who, { slotId: slot, companions });
  const lineOf = async (who: TestPerson): Promise<Waiting> =>
    (await call(test, 'GET', '/waiting/mine', who)).body.items[0];
  const cancel = (index: number): Promise<Answer> =>
    call(test, 'POST', `/bookings/${bookings[index]?.bookingId}/cancel`, holders[index] as TestPerson);
  const leave = async (who: TestPerson): Promise<Answer> =>
    call(test, 'POST', `/waiting/${(await lineOf(who)).waitingId}/leave`, who);
  const accept = async (who: TestPerson): Promise<Answer> =>
    call(test, 'POST', `/waiting/${(await lineOf(who)).waitingId}/accept`, who);
  /** Moves on to a moment at which what has run out is given back; whoever goes on signs in anew. */
  const at = async (now: string): Promise<void> => {
    test.clock.set(now);
    await test.app.get(Jobs).runNow(LAPSE_JOB);
    pair = { ...pair, ...(await signInPerson(test, pair.personId)) };
    single = { ...single, ...(await signInPerson(test, single.personId)) };
  };
  const change = <T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    which: FindOptionsWhere<T>,
    how: QueryDeepPartialEntity<T>,
  ) => test.app.get(UnitOfWork).run((tx) => tx.manager.update(entity, which, how));
  const pauseOf = ({ personId }: TestPerson) =>
    change(BookingPersonRow, { personId }, { pausedUntil: '2026-12-01' });
  const counts = async () => {
    const slot = (await test.app.get(Slots, { strict: false }).byIds(read(), [slotId])).get(slotId);
    return (await test.app.get(Capacity).counts(read(), [slot?.poolId ?? ''])).get(slot?.poolId ?? '');
  };

  it('has the first place put aside and is offered both with the second', async () => {
    expect(await lineOf(pair)).toMatchObject({ ahead: 0, kept: 0, inOrderUntil: IN_ORDER_UNTIL });
    expect(await lineOf(single)).toMatchObject({ ahead: 1, kept: 0, inOrderUntil: null });
    await cancel(0);
    expect(await lineOf(pair)).toMatchObject({ status: 'waiting', kept: 1, offeredUntil: null });
    expect(await lineOf(single)).toMatchObject({ status: 'waiting', ahead: 1 });
    expect((await book(await signInHolder(test))).body.code).toBe('SLOT_FULL');
    await cancel(1);
    expect(await lineOf(pair)).toMatchObject({ status: 'offered', kept: 2 });
    expect(await accept(pair)).toMatchObject({ status: 200, body: { status: 'booked', companions: 1 } });
    expect(await lineOf(pair)).toMatchObject({ status: 'accepted', kept: 0, inOrderUntil: null });
    expect(await counts()).toMatchObject({ taken: 2, waiting: 1 });
  });

  it('gives way in the last day, and keeps its place in line', async () => {
    await cancel(0);
    await at('2026-11-28T00:29:59.000Z');
    expect(await lineOf(pair)).toMatchObject({ status: 'waiting', kept: 1 });
    await at(IN_ORDER_UNTIL);
    expect(await lineOf(pair)).toMatchObject({ status: 'waiting', kept: 0, ahead: 0 });
    expect(await lineOf(single)).toMatchObject({ status: 'offered' });
    // Nobody in line needs just one: it is anybody's, and does not stay empty.
    await leave(single);
    expect(await counts()).toMatchObject({ taken: 1, waiting: 1 });
    expect((await book(await signInHolder(test))).status).toBe(200);
  });

  it('that leaves hands on what was put aside', async () => {
    await cancel(0);
    expect((await leave(pair)).body).toMatchObject({ status: 'left', kept: 0 });
    expect(await lineOf(single)).toMatchObject({ status: 'offered', kept: 1 });
    expect(await counts()).toMatchObject({ taken: 2, waiting: 0 });
  });

  it('that does not answer lets both places go on', async () => {
    await cancel(0);
    await cancel(1);
    await at('2026-11-24T02:12:00.000Z');
    expect(await lineOf(pair)).toMatchObject({ status: 'lapsed', kept: 0 });
    expect((await leave(pair)).body.code).toBe('OFFER_ENDED');
    expect(await lineOf(single)).toMatchObject({ status: 'offered' });
    expect(await counts()).toMatchObject({ taken: 1, waiting: 0 });
  });

  it('takes the place that is left when it joins, so that nobody from outside is faster', async () => {
    await leave(pair);
    await leave(single);
    await cancel(0);
    expect(await counts()).toMatchObject({ taken: 1 });
    expect((await wait(pair, 1)).body).toMatchObject({ status: 'waiting', kept: 1 });
    expect((await book(await signInHolder(test))).body.code).toBe('SLOT_FULL');
  });

  it('has nothing put aside while it waits for something else at that time', async () => {
    const other = await makeChannel(test);
    const overlapping = await makeSlot(test, other, '2026-11-29T01:30:00.000Z', 2);
    await call(test, 'POST', '/bookings', await signInHolder(test), { slotId: overlapping });
    expect((await wait(pair, 1, overlapping)).body).toMatchObject({ kept: 0, inOrderUntil: null });
    const outside = await signInHolder(test);
    expect((await call(test, 'POST', '/bookings', outside, { slotId: overlapping })).status).toBe(200);
    const after = await makeSlot(test, other, '2026-11-29T02:30:00.000Z', 2);
    await call(test, 'POST', '/bookings', outside, { slotId: after });
    expect((await wait(pair, 1, after)).body).toMatchObject({ kept: 1 });
  });

  it.each(['lets pass', 'declines'])('has nothing put aside again for an offer that it %s', async (how) => {
    await leave(single);
    await cancel(0);
    await cancel(1);
    if (how === 'declines') await leave(pair);
    else await at('2026-11-24T02:12:00.000Z');
    expect(await counts()).toMatchObject({ taken: 0, waiting: 0 });
    expect((await book(await signInHolder(test))).status).toBe(200);
    expect((await wait(pair, 1)).body).toMatchObject({ status: 'waiting', kept: 0, inOrderUntil: null });
    const outside = await signInHolder(test);
    const { bookingId } = (await book(outside)).body;
    await wait(single);
    await call(test, 'POST', `/bookings/${bookingId}/cancel`, outside);
    expect(await lineOf(pair)).toMatchObject({ status: 'waiting', kept: 0 });
    expect(await lineOf(single)).toMatchObject({ status: 'offered' });
  });

  describe('with a place put aside', () => {
    const lookRound = () => test.app.get(Jobs).runNow(LINE_JOB);
    const bookElsewhere = async (startsAt: string) => {
      const elsewhere = await makeSlot(test, await makeChannel(test), startsAt, 1);
      expect((await call(test, 'POST', '/bookings', pair, { slotId: elsewhere })).status).toBe(200);
    };

    it('keeps it while it could accept', async () => {
      await cancel(0);
      await bookElsewhere('2026-11-29T02:00:00.000Z');
      await lookRound();
      expect(await lineOf(pair)).toMatchObject({ kept: 1, inOrderUntil: IN_ORDER_UNTIL });
    });

    it('keeps it in a channel that asks for a consent of its own', async () => {
      await cancel(0);
      await change(ChannelRow, { id: channel.channelId }, { sensitive: 'health' });
      await lookRound();
      expect(await lineOf(pair)).toMatchObject({ kept: 1 });
    });

    it.each([
      ['is paused', () => pauseOf(pair), 'pause'],
      ['is somewhere else at that time', () => bookElsewhere('2026-11-29T01:30:00.000Z'), 'overlap'],
      [
        'has no use left',
        () =>
          change(
            ChannelTermsRow,
            { channelId: channel.channelId },
            { limits: JSON.stringify([{ window: 'year', most: 0 }]) },
          ),
        'quota',
      ],
    ])('loses it to the next once it %s, and waits on', async (_, happens, reason) => {
      await cancel(0);
      expect(await lineOf(pair)).toMatchObject({ kept: 1 });
      await happens();
      await lookRound();
      expect(await lineOf(pair)).toMatchObject({ status: 'waiting', kept: 0, inOrderUntil: null, reason });
      expect(await lineOf(single)).toMatchObject({ status: 'offered' });
      await leave(single);
      expect(await counts()).toMatchObject({ taken: 1, waiting: 1 });
    });
  });

  describe('whose card stops working', () => {
    const moveCard = async (who: TestPerson, move: CardMove): Promise<void> => {
      const card = await read().findOneByOrFail(CardRow, { personId: who.personId });
      await test.app
        .get(UnitOfWork)
        .run((tx) =>
          test.app.get(Cards, { strict: false }).move(tx, system('test'), card.id, move, { reason: '核实' }),
        );
    };
    const told = async (who: TestPerson): Promise<{ kind: string; why: unknown }[]> => {
      await test.deliverOutbox();
      const rows = await read().find(MessageRow, { where: { personId: who.personId }, order: { id: 'ASC' } });
      return rows
        .filter(({ kind }) => kind.startsWith('waiting-'))
        .map(({ kind, params }) => ({ kind, why: JSON.parse(params).why ?? null }));
    };

    it.each([
      ['suspend', 'restore'],
      ['reportLost', 'reportFound'],
    ] as const)(
      'by %s loses its offer to the next at once, and goes on where it stood',
      async (stop, mend) => {
        await cancel(0);
        await cancel(1);
        expect(await told(pair)).toEqual([{ kind: 'waiting-offered', why: null }]);
        await moveCard(pair, stop);
        expect(await told(pair)).toContainEqual({ kind: 'waiting-passed-over', why: 'card' });
        expect(await lineOf(pair)).toMatchObject({
          status: 'waiting',
          reason: 'card',
          ahead: 0,
          kept: 0,
          offeredUntil: null,
        });
        expect((await accept(pair)).body.code).toBe('OFFER_ENDED');
        expect(await lineOf(single)).toMatchObject({ status: 'offered' });
        // One place is left, and nobody whose turn it could be: it is anybody's.
        const outside = await signInHolder(test);
        expect((await book(outside)).status).toBe(200);
        await leave(single);
        await moveCard(pair, mend);
        await test.deliverOutbox();
        expect(await lineOf(pair)).toMatchObject({ status: 'waiting', reason: null, kept: 1 });
        expect(await counts()).toMatchObject({ taken: 2, waiting: 1 });
      },
    );

    it('loses what was put aside, and is passed over when its turn comes', async () => {
      await cancel(0);
      await moveCard(pair, 'suspend');
      expect(await told(pair)).toEqual([{ kind: 'waiting-passed-over', why: 'card' }]);
      expect(await lineOf(single)).toMatchObject({ status: 'offered' });
      expect(await counts()).toMatchObject({ taken: 2, waiting: 1 });
    });

    it('is not told where nothing was held, and its turn goes to the next', async () => {
      await moveCard(pair, 'suspend');
      expect(await told(pair)).toEqual([]);
      expect(await lineOf(pair)).toMatchObject({ status: 'waiting', reason: 'card', inOrderUntil: null });
      await cancel(0);
      expect(await lineOf(pair)).toMatchObject({ status: 'waiting', kept: 0 });
      expect(await lineOf(single)).toMatchObject({ status: 'offered' });
    });

    it('is not told of an offer that is taken back before anybody is told', async () => {
      await leave(pair);
      const next = await signInHolder(test);
      await wait(next);
      // It could not accept, and nobody has noticed yet.
      await pauseOf(single);
      await cancel(0);
      expect(await lineOf(single)).toMatchObject({ status: 'offered' });
      expect(await told(single)).toEqual([{ kind: 'waiting-passed-over', why: 'pause' }]);
      expect(await lineOf(next)).toMatchObject({ status: 'offered' });
    });

    it.each(['in line', 'with places put aside', 'with an offer'])(
      'waits no longer %s once the card is revoked',
      async (where) => {
        if (where !== 'in line') await cancel(0);
        if (where === 'with an offer') await cancel(1);
        await test.deliverOutbox();
        await moveCard(pair, 'revoke');
        expect((await told(pair)).at(-1)).toEqual({ kind: 'waiting-lapsed', why: 'card' });
        expect(await lineOf(pair)).toMatchObject({ status: 'lapsed', reason: 'card', kept: 0 });
        const free = where === 'in line' ? 0 : 1;
        expect(await lineOf(single)).toMatchObject({ status: free ? 'offered' : 'waiting', ahead: 0 });
        expect(await counts()).toMatchObject({ waiting: 1 - free });
      },
    );

    it('is told only that waiting ended where that was known before the offer was told', async () => {
      await cancel(0);
      await cancel(1);
      expect(await lineOf(pair)).toMatchObject({ status: 'offered' });
      await moveCard(pair, 'revoke');
      expect(await told(pair)).toEqual([{ kind: 'waiting-lapsed', why: 'card' }]);
    });

    it('is gone with what was offered once its person is erased', async () => {
      await cancel(0);
      await cancel(1);
      expect((await call(test, 'POST', '/me/erase', pair, { confirm: 'ERASE' })).status).toBe(204);
      expect(await lineOf(single)).toMatchObject({ status: 'offered' });
      expect(await counts()).toMatchObject({ taken: 1, waiting: 0 });
      await test.deliverOutbox();
      expect(await read().countBy(BookingPersonRow, { personId: pair.personId })).toBe(0);
    });

    it('leaves no trace where it is looked at while its person is erased', async () => {
      const bookings = test.app.get(BookingsRepository, { strict: false });
      const seen = await bookings.liveWaitsOf(read(), [pair.personId]);
      expect((await call(test, 'POST', '/me/erase', pair, { confirm: 'ERASE' })).status).toBe(204);
      // As a look finds it that began before the erasure was over, and waited for the turn of the person.
      const stale = jest.spyOn(bookings, 'liveWaitsOf').mockResolvedValue(seen);
      await test.deliverOutbox();
      expect(stale).toHaveBeenCalledTimes(2);
      stale.mockRestore();
      expect(await read().countBy(BookingPersonRow, { personId: pair.personId })).toBe(0);
    });

    it.each([
      [
        'its channel is withdrawn',
        () => change(ChannelRow, { id: channel.channelId }, { status: 'withdrawn' }),
      ],
      [
        'its class is served no more',
        () => change(ChannelTermsRow, { channelId: channel.channelId }, { cardClass: 'A' }),
      ],
      [
        'its kind of card is served no more',
        () => change(ChannelTermsRow, { channelId: channel.channelId }, { cardKind: 'youth' }),
      ],
      [
        'fewer may come along',
        () => change(ChannelTermsRow, { channelId: channel.channelId }, { companions: 0 }),
      ],
    ])('loses its offer as well once %s', async (_, happens) => {
      await leave(single);
      await cancel(0);
      await cancel(1);
      await happens();
      await test.app.get(Jobs).runNow(LINE_JOB);
      expect((await told(pair)).at(-1)).toEqual({ kind: 'waiting-passed-over', why: 'channel' });
      expect(await lineOf(pair)).toMatchObject({ status: 'waiting', reason: 'channel', kept: 0 });
      expect(await counts()).toMatchObject({ taken: 0, waiting: 1 });
    });

    it('leaves the line when its time has come, though it is passed over', async () => {
      await moveCard(pair, 'suspend');
      await test.deliverOutbox();
      await at('2026-11-29T00:30:00.000Z');
      expect(await lineOf(pair)).toMatchObject({ status: 'lapsed', reason: null });
    });
  });

  it('waits no longer where one of them has booked alone', async () => {
    await leave(single);
    await cancel(0);
    await at(IN_ORDER_UNTIL);
    expect((await book(pair)).status).toBe(200);
    expect(await lineOf(pair)).toMatchObject({ status: 'left', kept: 0 });
    expect(await counts()).toMatchObject({ taken: 2, waiting: 0 });
  });

  it('is sent home with what was put aside when the slot is closed', async () => {
    await cancel(0);
    const slot = (await test.app.get(Slots, { strict: false }).byIds(read(), [slotId])).get(slotId);
    if (!slot) throw new Error('no slot');
    const bookingsService = test.app.get(Bookings, { strict: false });
    await test.app
      .get(UnitOfWork)
      .run((tx) => bookingsService.closeSlot(tx, system('test'), slot, '设备检修'));
    expect(await lineOf(pair)).toMatchObject({ status: 'lapsed', kept: 0 });
    expect(await lineOf(single)).toMatchObject({ status: 'lapsed' });
    expect(await counts()).toMatchObject({ taken: 0, waiting: 0, closed: true });
  });

  it('does not count as taken where the office wants fewer places', async () => {
    await cancel(0);
    const poolId = (await test.app.get(Slots, { strict: false }).byIds(read(), [slotId])).get(slotId)?.poolId;
    const resize = (capacity: number) =>
      test.app.get(UnitOfWork).run((tx) => test.app.get(Capacity).resize(tx, poolId ?? '', { capacity }));
    await expect(resize(0)).rejects.toMatchObject({
      code: 'SLOT_CAPACITY_BELOW_TAKEN',
      details: { taken: 1, cardClass: null },
    });
    await resize(1);
    expect(await lineOf(pair)).toMatchObject({ status: 'waiting', kept: 0 });
    expect(await counts()).toMatchObject({ capacity: 1, taken: 1, waiting: 2 });
    await resize(2);
    expect(await lineOf(pair)).toMatchObject({ kept: 1 });
  });

  it('does not wait in vain for more than the slot has', async () => {
    const small = await makeSlot(test, channel, '2026-11-29T03:00:00.000Z', 1);
    await call(test, 'POST', '/bookings', holders[0] as TestPerson, { slotId: small });
    const refused = await wait(pair, 1, small);
    expect(refused.body).toMatchObject({ code: 'COMPANIONS_TOO_MANY', details: { most: 0 } });
  });
});
