import { makeChannel, makeSlot, type TestChannel } from '../../../test/booking-fixtures.js';
import type { Answer } from '../../../test/card-fixtures.js';
import { TEST_NOW } from '../../../test/harness.js';
import { signInStaff } from '../../../test/sign-in.js';
import { windowForEach } from '../../../test/window.js';
import { clerkAgain } from '../../../test/window-fixtures.js';
import { QuotaCounterRow, QuotaEntryRow } from '../../core/quota/quota.entity.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { UseRow } from './use.entity.js';

const HOUR = 3_600_000;

describe('a visit that was booked is paid once', () => {
  const window = windowForEach();
  let channel: TestChannel;
  let booking: { bookingId: string; number: string };
  beforeEach(async () => {
    channel = await makeChannel(window.test, { terms: { limits: [{ window: 'year', most: 5 }] } });
    const startsAt = new Date(TEST_NOW.getTime() + HOUR).toISOString();
    const slotId = await makeSlot(window.test, channel, startsAt, 5);
    booking = (await window.post('/bookings', { slotId, companions: 1 })).body;
  });

  const spent = () => window.spent(channel);
  const bookingNow = async () =>
    (await window.get(`/bookings/${booking.bookingId}`, await window.again())).body;
  const statusOf = async (): Promise<string> => (await bookingNow()).status;
  const desk = () => signInStaff(window.test, 'service-window', '371002');
  /** Undoes the check-in as it stands, or as it was read before. */
  const undo = async (seen?: number): Promise<Answer> => {
    const staff = await desk();
    const path = `/admin/bookings/${booking.bookingId}`;
    const version = seen ?? (await window.get(path, staff)).body.version;
    return window.post(`${path}/undo-check-in`, { version, reason: '扫错了人' }, staff);
  };
  const countMissing = () => window.test.app.get(Jobs).runNow('bookings.no-shows');
  /** Comes in two days after it was made, and somebody lets it stand. */
  const settleLate = async (companions = 0): Promise<Answer> => {
    const use = window.signed(channel, { companions });
    window.clock.advance(50 * HOUR);
    await countMissing();
    const { useId } = (await window.sync([use], await clerkAgain(window.test, window.clerk))).body.items[0];
    return window.settle(useId, 'count');
  };

  it('also when its check-in is taken back and it is checked in anew', async () => {
    const first = await window.used(channel);
    expect((await undo()).body).toMatchObject({ status: 'booked' });
    expect((await window.get(`/uses/${first}`)).body).toMatchObject({
      status: 'refunded',
      refundReason: '扫错了人',
    });
    expect(await spent()).toBe(1);
    window.clock.advance(1000);
    await window.used(channel);
    expect(await spent()).toBe(1);
  });

  it('and is given back by cancelling once its check-in was taken back', async () => {
    await window.used(channel);
    const { version } = (await undo()).body;
    const cancelled = { version, reason: '场馆临时关闭' };
    await window.post(`/admin/bookings/${booking.bookingId}/cancel`, cancelled, await window.city());
    expect(await spent()).toBe(0);
  });

  it.each([0, 9])(
    'also when its use comes in late, with %i companions, and is let stand',
    async (companions) => {
      expect((await settleLate(companions)).body).toMatchObject({
        status: 'used',
        bookingId: booking.bookingId,
      });
      expect([await spent(), await statusOf()]).toEqual([1, 'arrived']);
    },
  );

  it('also when it was checked in by its number meanwhile', async () => {
    const { number } = booking;
    const { venueId } = channel;
    await window.post('/admin/bookings/check-in', { venueId, number }, await desk());
    expect(await statusOf()).toBe('arrived');
    expect((await settleLate()).body).toMatchObject({ bookingId: booking.bookingId });
    expect(await spent()).toBe(1);
  });

  it('and is not checked in by a use that nothing is left for, until somebody lets it stand', async () => {
    // What it spent was given back and spent elsewhere.
    await window.test.app.get(UnitOfWork).run(async (tx) => {
      const booked = { causeType: 'booking', causeId: booking.bookingId } as const;
      await tx.manager.delete(QuotaEntryRow, booked);
      const { personId } = window.holder;
      await tx.manager.update(QuotaCounterRow, { personId }, { used: 5, cap: 5 });
    });
    const [item] = (await window.sync([window.signed(channel, { companions: 1 })])).body.items;
    expect(item).toMatchObject({ outcome: 'to-settle', verdict: 'quota-gone' });
    expect([await statusOf(), await spent()]).toEqual(['booked', 1]);
    const settled = await window.settle(item.useId, 'count');
    expect(settled.body).toMatchObject({ status: 'used', bookingId: booking.bookingId });
    expect([await statusOf(), await spent()]).toEqual(['arrived', 1]);
  });

  it('takes no reason from a desk that saw it before its holder had their data erased', async () => {
    const useId = await window.used(channel);
    const { version } = (await window.get(`/admin/bookings/${booking.bookingId}`, await desk())).body;
    expect((await window.post('/me/erase', { confirm: 'ERASE' })).status).toBe(204);
    expect(await undo(version)).toMatchObject({ status: 409, body: { code: 'STALE_VERSION' } });
    const row = await window.rows.findOneByOrFail(UseRow, { id: useId });
    expect(row).toMatchObject({ status: 'used', refundReason: null });
  });

  describe('and given back with the check-in', () => {
    let useId: string;
    beforeEach(async () => {
      useId = await window.used(channel, 1);
    });

    it('while one may still come: the booking is expected again and keeps what it costs', async () => {
      expect((await window.refund(useId)).body).toMatchObject({
        status: 'refunded',
        refundReason: '扫错了人',
      });
      expect([await statusOf(), await spent()]).toEqual(['booked', 1]);
      // Whoever comes after all is checked in, and it costs nothing more.
      window.clock.advance(1000);
      const second = await window.use(channel);
      expect(second.body).toMatchObject({ status: 'used', bookingId: booking.bookingId });
      expect([await statusOf(), await spent()]).toEqual(['arrived', 1]);
    });

    it('when it is over: the booking is cancelled, nothing is spent, and nobody counts as missing', async () => {
      window.clock.advance(3 * HOUR);
      expect((await window.refund(useId)).body).toMatchObject({ status: 'refunded' });
      expect(await bookingNow()).toMatchObject({ status: 'cancelled', reason: '扫错了人' });
      expect(await spent()).toBe(0);
      await countMissing();
      const { body: standing } = await window.get('/bookings/standing', await window.again());
      expect(standing).toMatchObject({ points: 0, pausedUntil: null });
      expect(await statusOf()).toBe('cancelled');
    });

    it('also by the answer to a dispute', async () => {
      window.clock.advance(3 * HOUR);
      await window.post(`/uses/${useId}/dispute`, { reason: '我那天没有去' }, await window.again());
      const answered = await window.answerDispute(useId, 'refund');
      expect(answered.body).toMatchObject({ status: 'refunded', dispute: { answer: '已查实' } });
      expect([await statusOf(), await spent()]).toEqual(['cancelled', 0]);
    });

    it('once, whoever is faster: the refund or the desk that undoes the check-in', async () => {
      const answers = await Promise.all([window.refund(useId), undo()]);
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses[0]).toBe(200);
      expect([200, 409]).toContain(statuses[1]);
      expect([await statusOf(), await spent()]).toEqual(['booked', 1]);
      const { body: use } = await window.get(`/uses/${useId}`, await window.again());
      expect(use.status).toBe('refunded');
    });
  });
});
