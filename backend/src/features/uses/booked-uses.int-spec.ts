import { makeChannel, makeSlot, type TestChannel } from '../../../test/booking-fixtures.js';
import { type Answer, call } from '../../../test/card-fixtures.js';
import { enrolPhone, type Holder, signInHolder, type TestPhone } from '../../../test/code-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { signInPerson, signInStaff } from '../../../test/sign-in.js';
import {
  clerkAgain,
  enrolClerk,
  signedUse,
  sync,
  type TestClerk,
  useOnce,
} from '../../../test/window-fixtures.js';
import { QuotaCounterRow, QuotaEntryRow } from '../../core/quota/quota.entity.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { UseRow } from './use.entity.js';

const HOUR = 3_600_000;

describe('a visit that was booked is paid once', () => {
  let test: TestApp;
  let clerk: TestClerk;
  let holder: Holder;
  let phone: TestPhone;
  let channel: TestChannel;
  let booking: { bookingId: string; number: string };
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.clock.set(TEST_NOW);
    clerk = await enrolClerk(test);
    holder = await signInHolder(test);
    phone = await enrolPhone(test, holder);
    channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 5 }] } });
    const startsAt = new Date(TEST_NOW.getTime() + HOUR).toISOString();
    const slotId = await makeSlot(test, channel, startsAt, 5);
    booking = (await call(test, 'POST', '/bookings', holder, { slotId, companions: 1 })).body;
  });

  const again = () => signInPerson(test, holder.personId);
  const spent = async (): Promise<number> => {
    const { body } = await call(test, 'GET', `/entitlements/${channel.channelId}`, await again());
    return body.limits[0]?.used + body.excess;
  };
  const statusOf = async (): Promise<string> =>
    (await call(test, 'GET', `/bookings/${booking.bookingId}`, await again())).body.status;
  const undo = async (): Promise<Answer> => {
    const staff = await signInStaff(test, 'service-window', '371002');
    const path = `/admin/bookings/${booking.bookingId}`;
    const { version } = (await call(test, 'GET', path, staff)).body;
    return call(test, 'POST', `${path}/undo-check-in`, staff, { version, reason: '扫错了人' });
  };
  /** Comes in two days after it was made, and somebody lets it stand. */
  const settleLate = async (companions = 0): Promise<Answer> => {
    const use = signedUse(test, clerk, channel, phone.code(), { companions });
    test.clock.advance(50 * HOUR);
    await test.app.get(Jobs).runNow('bookings.no-shows');
    const { useId } = (await sync(test, await clerkAgain(test, clerk), [use])).body.items[0];
    const city = await signInStaff(test, 'city-reviewer');
    const { version } = (await call(test, 'GET', `/admin/uses/${useId}`, city)).body;
    const settled = { version, decision: 'count', note: '本人确实到馆' };
    return call(test, 'POST', `/admin/uses/${useId}/settle`, city, settled);
  };

  it('also when its check-in is taken back and it is checked in anew', async () => {
    const first = (await useOnce(test, clerk, channel, phone.code())).body;
    expect((await undo()).body).toMatchObject({ status: 'booked' });
    expect((await call(test, 'GET', `/uses/${first.useId}`, holder)).body).toMatchObject({
      status: 'refunded',
      refundReason: '扫错了人',
    });
    expect(await spent()).toBe(1);
    test.clock.advance(1000);
    expect((await useOnce(test, clerk, channel, phone.code())).status).toBe(200);
    expect(await spent()).toBe(1);
  });

  it('and is given back by cancelling once its check-in was taken back', async () => {
    await useOnce(test, clerk, channel, phone.code());
    await undo();
    const city = await signInStaff(test, 'city-reviewer');
    const path = `/admin/bookings/${booking.bookingId}`;
    const { version } = (await call(test, 'GET', path, city)).body;
    await call(test, 'POST', `${path}/cancel`, city, { version, reason: '场馆临时关闭' });
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
    const staff = await signInStaff(test, 'service-window', '371002');
    const { number } = booking;
    const { venueId } = channel;
    await call(test, 'POST', '/admin/bookings/check-in', staff, { venueId, number });
    expect(await statusOf()).toBe('arrived');
    expect((await settleLate()).body).toMatchObject({ bookingId: booking.bookingId });
    expect(await spent()).toBe(1);
  });

  it('and is not checked in by a use that nothing is left for, until somebody lets it stand', async () => {
    // What it spent was given back and spent elsewhere.
    await test.app.get(UnitOfWork).run(async (tx) => {
      const booked = { causeType: 'booking', causeId: booking.bookingId } as const;
      await tx.manager.delete(QuotaEntryRow, booked);
      await tx.manager.update(QuotaCounterRow, { personId: holder.personId }, { used: 5, cap: 5 });
    });
    const use = signedUse(test, clerk, channel, phone.code(), { companions: 1 });
    const [item] = (await sync(test, clerk, [use])).body.items;
    expect(item).toMatchObject({ outcome: 'to-settle', verdict: 'quota-gone' });
    expect([await statusOf(), await spent()]).toEqual(['booked', 1]);
    const city = await signInStaff(test, 'city-reviewer');
    const body = { version: 1, decision: 'count', note: '本人确实到馆' };
    const settled = await call(test, 'POST', `/admin/uses/${item.useId}/settle`, city, body);
    expect(settled.body).toMatchObject({ status: 'used', bookingId: booking.bookingId });
    expect([await statusOf(), await spent()]).toEqual(['arrived', 1]);
  });

  it('takes no reason from a desk that saw it before its holder had their data erased', async () => {
    const { useId } = (await useOnce(test, clerk, channel, phone.code())).body;
    const staff = await signInStaff(test, 'service-window', '371002');
    const path = `/admin/bookings/${booking.bookingId}`;
    const { version } = (await call(test, 'GET', path, staff)).body;
    expect((await call(test, 'POST', '/me/erase', holder, { confirm: 'ERASE' })).status).toBe(204);
    const undone = { version, reason: '林先生没有来' };
    expect(await call(test, 'POST', `${path}/undo-check-in`, staff, undone)).toMatchObject({
      status: 409,
      body: { code: 'STALE_VERSION' },
    });
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(UseRow, { id: useId });
    expect(row).toMatchObject({ status: 'used', refundReason: null });
  });

  describe('and given back with the check-in', () => {
    const use = async (): Promise<string> =>
      (await useOnce(test, clerk, channel, phone.code(), 1)).body.useId;
    const refund = async (useId: string): Promise<Answer> => {
      const city = await signInStaff(test, 'city-reviewer');
      const { version } = (await call(test, 'GET', `/admin/uses/${useId}`, city)).body;
      return call(test, 'POST', `/admin/uses/${useId}/refund`, city, { version, reason: '扫错了人' });
    };
    const bookingNow = async () =>
      (await call(test, 'GET', `/bookings/${booking.bookingId}`, await again())).body;
    const standing = async () => (await call(test, 'GET', '/bookings/standing', await again())).body;

    it('while one may still come: the booking is expected again and keeps what it costs', async () => {
      const useId = await use();
      expect((await refund(useId)).body).toMatchObject({ status: 'refunded', refundReason: '扫错了人' });
      expect([await statusOf(), await spent()]).toEqual(['booked', 1]);
      // Whoever comes after all is checked in, and it costs nothing more.
      test.clock.advance(1000);
      const second = await useOnce(test, clerk, channel, phone.code());
      expect(second.body).toMatchObject({ status: 'used', bookingId: booking.bookingId });
      expect([await statusOf(), await spent()]).toEqual(['arrived', 1]);
    });

    it('when it is over: the booking is cancelled, nothing is spent, and nobody counts as missing', async () => {
      const useId = await use();
      test.clock.advance(3 * HOUR);
      expect((await refund(useId)).body).toMatchObject({ status: 'refunded' });
      expect(await bookingNow()).toMatchObject({ status: 'cancelled', reason: '扫错了人' });
      expect(await spent()).toBe(0);
      await test.app.get(Jobs).runNow('bookings.no-shows');
      expect(await standing()).toMatchObject({ points: 0, pausedUntil: null });
      expect(await statusOf()).toBe('cancelled');
    });

    it('also by the answer to a dispute', async () => {
      const useId = await use();
      test.clock.advance(3 * HOUR);
      await call(test, 'POST', `/uses/${useId}/dispute`, await again(), { reason: '我那天没有去' });
      const city = await signInStaff(test, 'city-reviewer');
      const body = { version: 2, decision: 'refund', answer: '查实没有到场' };
      const answered = await call(test, 'POST', `/admin/uses/${useId}/dispute`, city, body);
      expect(answered.body).toMatchObject({ status: 'refunded', dispute: { answer: '查实没有到场' } });
      expect([await statusOf(), await spent()]).toEqual(['cancelled', 0]);
    });

    it('once, whoever is faster: the refund or the desk that undoes the check-in', async () => {
      const useId = await use();
      const answers = await Promise.all([refund(useId), undo()]);
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses[0]).toBe(200);
      expect([200, 409]).toContain(statuses[1]);
      expect([await statusOf(), await spent()]).toEqual(['booked', 1]);
      expect((await call(test, 'GET', `/uses/${useId}`, await again())).body.status).toBe('refunded');
    });
  });
});
