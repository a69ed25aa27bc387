import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import type { Schedule, WriteException } from '@talent-card/shared/venues/schema';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { booking, checkup, clinic, ferry, pier, slot } from '../../test/fixtures.js';

const manager = staffSelf('venue-manager', { zoneCode: '371002', venueIds: [clinic.venueId] });
const days = (slots: ReturnType<typeof slot>[]) => ({
  days: Array.from({ length: 7 }, (_, i) => ({
    date: `2026-11-${23 + i}`,
    closedBecause: i === 6 ? ('weekly' as const) : null,
    note: null,
    slots: slots.filter((one) => one.serviceDate === `2026-11-${23 + i}`),
  })),
});

describe('venues', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server
      .on(venueAdminRoutes.list, () => ({ items: [pier, clinic] }))
      .on(venueAdminRoutes.detail, () => clinic)
      .on(channelAdminRoutes.list, () => ({ items: [checkup, ferry] }));
  });

  it('are listed with their hours in short', async () => {
    openConsole(server, '/venues?q=导诊', manager);
    expect(await screen.findByRole('link', { name: '市立医院导诊台' })).toBeVisible();
    expect(screen.queryByRole('link', { name: '刘公岛客运中心' })).toBeNull();
    expect(screen.getByText('周一–周五 08:00–17:00')).toBeVisible();
    expect(screen.queryByRole('button', { name: '新增场馆' })).toBeNull();
  });

  it('show a week of slots, and close one after saying how many bookings that cancels', async () => {
    server
      .on(bookingAdminRoutes.week, () =>
        days([
          slot('S1', { left: 0, waiting: 2 }),
          slot('S2', { startsAt: '2026-11-24T07:00:00.000Z', left: 9 }),
        ]),
      )
      .on(bookingAdminRoutes.arrivals, () => ({
        venueId: clinic.venueId,
        date: '2026-11-24',
        slots: [
          {
            slotId: id('S1'),
            channel: booking.channel,
            startsAt: booking.startsAt,
            endsAt: booking.endsAt,
            capacity: 10,
            bookings: [booking, { ...booking, bookingId: id('B2'), status: 'cancelled' as const }],
          },
        ],
      }))
      .on(bookingAdminRoutes.changeSlot, () => ({ cancelledBookings: 1 }));
    const { user } = openConsole(server, `/venues/${clinic.venueId}?from=2026-11-25`, manager);
    const full = await screen.findByRole('button', { name: /^2026-11-24 14:30–15:00 .*已约 10 \/ 10/ });
    expect(full).toHaveClass('full');
    expect(server.callsOf(bookingAdminRoutes.week)[0]?.query.get('from')).toBe('2026-11-23');
    await user.click(full);
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('radio', { name: '关闭' }));
    expect(await within(dialog).findByText(/关闭后将取消 1 个预约/)).toBeVisible();
    await user.type(within(dialog).getByLabelText('理由'), '设备检修');
    await user.click(within(dialog).getByRole('button', { name: '关闭并取消 1 个预约' }));
    expect(await screen.findByText('时段已关闭，取消了 1 个预约')).toBeVisible();
    expect(server.callsOf(bookingAdminRoutes.changeSlot)[0]?.body).toEqual({
      closed: true,
      reason: '设备检修',
    });
  });

  it('lead through a week by arrows, to the last slot of a shorter day', async () => {
    const at = (hour: string, serviceDate = '2026-11-24') => ({
      serviceDate,
      startsAt: `${serviceDate}T${hour}:00:00.000Z`,
    });
    server.on(bookingAdminRoutes.week, () =>
      days([slot('S1', at('01')), slot('S2', at('02')), slot('S3', at('01', '2026-11-26'))]),
    );
    const { user } = openConsole(server, `/venues/${clinic.venueId}?from=2026-11-25`, manager);
    const of = (name: RegExp) => screen.getByRole('button', { name });
    (await screen.findByRole('button', { name: /^2026-11-24 09:00/ })).focus();
    await user.keyboard('{ArrowUp}{ArrowDown}');
    expect(of(/^2026-11-24 10:00/)).toHaveFocus();
    // A day without slots is passed over.
    await user.keyboard('{ArrowRight}');
    expect(of(/^2026-11-26 09:00/)).toHaveFocus();
    await user.keyboard('{ArrowRight}{ArrowLeft}');
    expect(of(/^2026-11-24 09:00/)).toHaveFocus();
  });

  it('keep a reason that was typed when fewer places are refused', async () => {
    server
      .on(bookingAdminRoutes.week, () => days([slot('S1')]))
      .on(bookingAdminRoutes.changeSlot, () => problem(409, 'SLOT_CAPACITY_BELOW_TAKEN'));
    const { user } = openConsole(server, `/venues/${clinic.venueId}?from=2026-11-25`, manager);
    await user.click(await screen.findByRole('button', { name: /^2026-11-24 14:30/ }));
    const dialog = await screen.findByRole('dialog');
    const places = within(dialog).getByLabelText('名额');
    await user.clear(places);
    await user.type(places, '3');
    await user.type(within(dialog).getByLabelText('理由'), '医生外出');
    await user.click(within(dialog).getByRole('button', { name: '改名额' }));
    expect(await within(dialog).findByText('名额不能少于已约的 4')).toBeVisible();
    await user.clear(places);
    await user.type(places, '5');
    await user.click(within(dialog).getByRole('button', { name: '改名额' }));
    expect(await within(dialog).findByText(/名额不能少于已约人数/)).toBeVisible();
    expect(within(dialog).getByLabelText('理由')).toHaveValue('医生外出');
  });

  it('lead from an empty week to the schedules', async () => {
    server.on(bookingAdminRoutes.week, () => days([])).on(venueAdminRoutes.schedules, () => ({ items: [] }));
    const { user } = openConsole(server, `/venues/${clinic.venueId}`, manager);
    await user.click(await screen.findByRole('button', { name: '去排班' }));
    expect(await screen.findByText('还没有排班')).toBeVisible();
  });

  it('tell of bookings that a special day leaves without room, and cancel them only with a reason', async () => {
    server
      .on(venueAdminRoutes.exceptions, () => ({ items: [] }))
      .on(venueAdminRoutes.writeException, ({ body }) => {
        const { date, open, note, cancel } = body as WriteException;
        return {
          exceptionId: id('E1'),
          venueId: clinic.venueId,
          date,
          open,
          note,
          kept: cancel ? { slots: 0, bookings: 0 } : { slots: 2, bookings: 3 },
        };
      });
    const { user } = openConsole(server, `/venues/${clinic.venueId}?tab=exceptions`, manager);
    await user.click(await screen.findByRole('button', { name: '添加特殊日期' }));
    const dialog = await screen.findByRole('dialog');
    const date = within(dialog).getByLabelText('日期');
    await user.click(date);
    await user.type(date, '2099-01-01{Enter}');
    await user.type(within(dialog).getByLabelText('说明 · 中文'), '检修');
    await user.type(within(dialog).getByLabelText('说明 · 英文'), 'Repairs');
    await user.click(within(dialog).getByRole('button', { name: '保存' }));
    expect(await screen.findByText('有 3 个预约已不在新的时间里')).toBeVisible();
    await user.type(screen.getByLabelText('理由'), '设备检修，请改约');
    await user.click(screen.getByRole('button', { name: '取消这 3 个预约' }));
    expect(await screen.findByText('已取消 3 个预约')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(server.callsOf(venueAdminRoutes.writeException)[1]?.body).toMatchObject({
      date: '2099-01-01',
      open: [],
      cancel: { bookings: 3, reason: '设备检修，请改约' },
    });
  });

  it('make one schedule for each day chosen, and do not make twice what was made before a refusal', async () => {
    const schedule: Schedule = {
      scheduleId: id('H1'),
      venueId: clinic.venueId,
      channelId: checkup.channelId,
      weekday: 1,
      from: '09:00',
      to: '17:00',
      slotMinutes: 30,
      capacity: 4,
      classCapacities: {},
      effectiveFrom: '2026-11-24',
      effectiveTo: null,
      version: 1,
    };
    let calls = 0;
    server
      .on(venueAdminRoutes.schedules, () => ({ items: [] }))
      .on(venueAdminRoutes.createSchedule, () => {
        calls += 1;
        return calls === 2 ? problem(409, 'SCHEDULE_OVERLAP') : schedule;
      });
    const { user } = openConsole(server, `/venues/${clinic.venueId}?tab=schedules`, manager);
    await user.click(await screen.findByRole('button', { name: '添加排班' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByLabelText('通道'));
    await user.click(await screen.findByTitle('9 专家预约陪诊'));
    expect(within(dialog).getByText('一天 16 段，共 64 个名额')).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: '保存' }));
    expect(await within(dialog).findByText(/时间重叠，请调整/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: '保存' }));
    expect(await screen.findByText('已添加 5 条排班')).toBeVisible();
    expect(
      server
        .callsOf(venueAdminRoutes.createSchedule)
        .map(({ body }) => (body as { weekday: number }).weekday),
    ).toEqual([1, 2, 2, 3, 4, 5]);
  });

  it('say of a schedule with fewer places than are booked what becomes of them', async () => {
    const schedule: Schedule = {
      scheduleId: id('H1'),
      venueId: clinic.venueId,
      channelId: checkup.channelId,
      weekday: 1,
      from: '09:00',
      to: '17:00',
      slotMinutes: 30,
      capacity: 4,
      classCapacities: {},
      effectiveFrom: '2026-01-01',
      effectiveTo: null,
      version: 1,
    };
    server
      .on(venueAdminRoutes.schedules, () => ({ items: [schedule] }))
      .on(venueAdminRoutes.updateSchedule, () => ({
        ...schedule,
        version: 2,
        kept: { slots: 0, bookings: 0 },
        overfull: 3,
      }));
    const { user } = openConsole(server, `/venues/${clinic.venueId}?tab=schedules`, manager);
    await user.click(await screen.findByRole('button', { name: /^编辑：/ }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: '保存' }));
    expect(await screen.findByText(/有 3 个时段已约人数超过新的名额/)).toBeVisible();
  });

  it('are closed only after naming the venue', async () => {
    server.on(venueAdminRoutes.update, () => ({ ...clinic, status: 'closed' as const, version: 4 }));
    const { user } = openConsole(server, `/venues/${clinic.venueId}?tab=info`, manager);
    await user.click(await screen.findByRole('radio', { name: '停用' }));
    await user.click(screen.getByRole('button', { name: '保存' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getAllByText('停用“市立医院导诊台”')[0]).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: '停用并保存' }));
    expect(await screen.findByText('已保存“市立医院导诊台”')).toBeVisible();
    expect(server.callsOf(venueAdminRoutes.update)[0]?.body).toMatchObject({
      version: 3,
      status: 'closed',
      openingHours: clinic.openingHours,
      notice: null,
    });
  });
});
