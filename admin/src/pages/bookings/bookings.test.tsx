import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import type { AdminBooking } from '@talent-card/shared/bookings/schema';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { today } from '../../components/format.js';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { booking, clinic } from '../../test/fixtures.js';
import { actionsOf } from './actions.js';

const clerk = staffSelf('venue-clerk', { zoneCode: '371002', venueIds: [clinic.venueId] });
const manager = staffSelf('venue-manager', { zoneCode: '371002', venueIds: [clinic.venueId] });
const now: AdminBooking = { ...booking, serviceDate: today() };

describe('what may be done with a booking', () => {
  const all = () => true;
  it.each([
    ['booked', ['check-in', 'cancel']],
    ['held', ['cancel']],
    ['arrived', ['undo']],
    ['no-show', ['check-in']],
    ['cancelled', []],
    ['lapsed', []],
  ] as const)('%s today: %j', (status, actions) => {
    expect(actionsOf({ ...booking, status }, all, booking.serviceDate)).toEqual(actions);
  });
  it('checks nobody in on another day', () => {
    expect(actionsOf(booking, all, '2026-11-25')).toEqual(['cancel']);
  });
});

describe('arrivals', () => {
  let server: FakeServer;
  let bookings: AdminBooking[];
  beforeEach(() => {
    localStorage.clear();
    server = new FakeServer();
    bookings = [now, { ...now, bookingId: id('B2'), number: '11112222', status: 'arrived' }];
    server
      .on(venueAdminRoutes.list, () => ({ items: [clinic] }))
      .on(bookingAdminRoutes.arrivals, () => ({
        venueId: clinic.venueId,
        date: today(),
        slots: [
          {
            slotId: booking.slotId,
            channel: booking.channel,
            startsAt: booking.startsAt,
            endsAt: booking.endsAt,
            capacity: 10,
            bookings,
          },
        ],
      }));
  });

  it('are where a clerk begins; a number checks in with whoever came', async () => {
    server.on(bookingAdminRoutes.checkIn, () => ({ ...now, status: 'arrived' as const, companions: 2 }));
    const { user, router } = openConsole(server, '/', clerk);
    const field = await screen.findByLabelText('预约号或扫码');
    expect(router.state.location.pathname).toBe('/arrivals');
    expect(await screen.findByText('14:30–15:00')).toBeVisible();
    expect(screen.getByText('待到 1')).toBeVisible();
    await user.type(field, '2048 1377{Enter}');
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('给 林** 签到（20481377）')).toBeVisible();
    const came = within(dialog).getByLabelText('实际同行人数');
    await user.clear(came);
    await user.type(came, '2');
    await user.click(within(dialog).getByRole('button', { name: '签到' }));
    expect(await screen.findByText('林** 已签到，共 3 人')).toBeVisible();
    expect(server.callsOf(bookingAdminRoutes.checkIn)[0]?.body).toEqual({
      venueId: clinic.venueId,
      number: '20481377',
      companions: 2,
    });
  });

  it('send a number that is not of today all the same, and say why it was refused', async () => {
    server.on(bookingAdminRoutes.checkIn, () => problem(409, 'BOOKING_OTHER_DAY'));
    const { user } = openConsole(server, '/arrivals', clerk);
    const field = await screen.findByLabelText('预约号或扫码');
    await user.type(field, '123{Enter}');
    expect(screen.getByText('预约号是 8 位数字')).toBeVisible();
    await user.clear(field);
    await user.type(field, '99998888{Enter}');
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: '签到' }));
    expect(await within(dialog).findByText('这个预约不是今天的，请核对日期')).toBeVisible();
  });

  it('say that nobody comes, and fail with a way on', async () => {
    bookings = [];
    openConsole(server, '/arrivals', clerk);
    expect(await screen.findByText('这一天没有预约')).toBeVisible();
  });

  it('undo a check-in with a reason', async () => {
    server.on(bookingAdminRoutes.undoCheckIn, () => now);
    const { user } = openConsole(server, '/arrivals?show=arrived', clerk);
    await user.click(await screen.findByRole('button', { name: '撤销签到：林** 11112222' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('理由'), '点错了人');
    await user.click(within(dialog).getByRole('button', { name: '撤销签到' }));
    expect(await screen.findByText('已撤销签到')).toBeVisible();
    expect(server.callsOf(bookingAdminRoutes.undoCheckIn)[0]).toMatchObject({
      params: { bookingId: id('B2') },
      body: { version: 2, reason: '点错了人' },
    });
  });
});

describe('bookings', () => {
  let server: FakeServer;
  const appealed: AdminBooking = {
    ...booking,
    status: 'no-show',
    appeal: { status: 'open', reason: '航班延误', answer: null },
  };
  beforeEach(() => {
    server = new FakeServer();
    server
      .on(venueAdminRoutes.list, () => ({ items: [clinic] }))
      .on(bookingAdminRoutes.list, ({ query }) => ({
        items: query.get('appeal') === 'open' ? [appealed] : [booking],
        nextCursor: null,
      }))
      .on(bookingAdminRoutes.detail, () => appealed);
  });

  it('lead from an open appeal to its answer', async () => {
    server.on(bookingAdminRoutes.decideAppeal, () => ({
      ...appealed,
      status: 'excused' as const,
      appeal: { status: 'granted' as const, reason: '航班延误', answer: '情况属实' },
    }));
    const { user, router } = openConsole(server, '/bookings', manager);
    await user.click(await screen.findByRole('tab', { name: '待处理申诉' }));
    expect(router.state.location.search).toBe('?appeal=open');
    await user.click(await screen.findByRole('link', { name: '20481377' }));
    expect(await screen.findByText('航班延误')).toBeVisible();
    await user.click(screen.getByRole('button', { name: '谅解' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('答复'), '情况属实');
    await user.click(within(dialog).getByRole('button', { name: '谅解' }));
    expect(await screen.findByText('已谅解')).toBeVisible();
    expect(server.callsOf(bookingAdminRoutes.decideAppeal)[0]?.body).toEqual({
      version: 2,
      grant: true,
      answer: '情况属实',
    });
  });

  it('are cancelled with a reason that stays when somebody was faster', async () => {
    let version = 2;
    server
      .on(bookingAdminRoutes.detail, () => ({ ...booking, version }))
      .on(bookingAdminRoutes.cancel, () => {
        version = 3;
        return problem(409, 'STALE_VERSION');
      });
    const { user } = openConsole(server, `/bookings/${booking.bookingId}`, manager);
    await user.click(await screen.findByRole('button', { name: '取消预约' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('取消 林** 的预约（20481377）')).toBeVisible();
    await user.type(within(dialog).getByLabelText('理由'), '设备检修');
    await user.click(within(dialog).getByRole('button', { name: '取消这个预约' }));
    expect(await within(dialog).findByText(/有人刚刚改过这条记录/)).toBeVisible();
    expect(within(dialog).getByLabelText('理由')).toHaveValue('设备检修');
    await waitFor(() => expect(server.callsOf(bookingAdminRoutes.detail).length).toBeGreaterThan(1));
  });

  it('offer a clerk neither cancelling nor the appeal', async () => {
    openConsole(server, `/bookings/${booking.bookingId}`, clerk);
    expect(await screen.findByText('航班延误')).toBeVisible();
    expect(screen.queryByRole('button', { name: '谅解' })).toBeNull();
    expect(screen.queryByRole('button', { name: '取消预约' })).toBeNull();
  });
});
