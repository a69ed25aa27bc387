import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import { useAdminRoutes } from '@talent-card/shared/uses/routes';
import type { AdminUse } from '@talent-card/shared/uses/schema';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { checkup, ferry, pier, use } from '../../test/fixtures.js';

const manager = staffSelf('venue-manager', { zoneCode: '371002', venueIds: [pier.venueId] });
const open: AdminUse = { ...use, status: 'to-settle', offline: true, settleReason: 'replayed' };

describe('uses', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server
      .on(venueAdminRoutes.list, () => ({ items: [pier] }))
      .on(channelAdminRoutes.list, () => ({ items: [ferry, checkup] }))
      .on(useAdminRoutes.list, ({ query }) => ({
        items: query.get('status') === 'to-settle' ? [open] : [],
        nextCursor: null,
      }))
      .on(useAdminRoutes.detail, () => open);
  });

  it('begin with those to be settled, and show beside the decision what is known', async () => {
    server.on(useAdminRoutes.settle, () => ({
      ...open,
      status: 'refused' as const,
      settledNote: '同一次到场',
    }));
    const { user } = openConsole(server, '/uses', manager);
    await user.click(await screen.findByRole('link', { name: '2026-11-24 09:12' }));
    expect(await screen.findByText('同一个码在两台设备上用过')).toBeVisible();
    expect(await screen.findByText(/不限次 · 可带 1 人/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: '不计入' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('不计入 林** 的这次使用')).toBeVisible();
    await user.type(within(dialog).getByLabelText('处理说明'), '同一次到场');
    await user.click(within(dialog).getByRole('button', { name: '不计入' }));
    expect(await screen.findByText('这条记录不需要处理')).toBeVisible();
    expect(screen.getByText('同一次到场')).toBeVisible();
    expect(server.callsOf(useAdminRoutes.settle)[0]?.body).toEqual({
      version: 1,
      decision: 'refuse',
      note: '同一次到场',
    });
  });

  it('of a phone that was revoked say since when, and what a decision needs', async () => {
    const handed: AdminUse = {
      ...open,
      settleReason: 'clerk-revoked',
      clerkRevokedAt: '2026-11-24T02:30:00.000Z',
    };
    server.on(useAdminRoutes.detail, () => handed);
    openConsole(server, `/uses/${use.useId}`, manager);
    expect(await screen.findByText('2026-11-24 10:30 已停用')).toBeVisible();
    expect(screen.getByText('核验手机或账号已停用')).toBeVisible();
    expect(screen.getByText(/请向核验员核实这次到访/)).toBeVisible();
  });

  it('of a booking say before they are given back what becomes of the booking', async () => {
    const booked: AdminUse = { ...use, bookingId: '01JD00000000000000000000B1' };
    server
      .on(useAdminRoutes.detail, () => booked)
      .on(useAdminRoutes.refund, () => ({
        ...booked,
        status: 'refunded' as const,
        refundReason: '扫错了人',
      }));
    const { user } = openConsole(server, `/uses/${use.useId}`, manager);
    const says = /时段还没结束的，恢复为待到.*已经结束的，预约取消，次数退回/;
    expect(await screen.findByText(says)).toBeVisible();
    await user.click(screen.getByRole('button', { name: '退回次数' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(says)).toBeVisible();
  });

  it('are given back on a dispute, with an answer that stays after a lost race', async () => {
    const disputed: AdminUse = {
      ...use,
      status: 'disputed',
      dispute: { reason: '我当天没有去', answer: null, openedAt: '2026-11-24T05:00:00.000Z' },
    };
    let tries = 0;
    server
      .on(useAdminRoutes.detail, () => disputed)
      .on(useAdminRoutes.answerDispute, () => {
        tries += 1;
        return tries === 1 ? problem(409, 'STALE_VERSION') : { ...disputed, status: 'refunded' as const };
      });
    const { user } = openConsole(server, `/uses/${use.useId}`, manager);
    expect(await screen.findByText('我当天没有去')).toBeVisible();
    await user.click(screen.getByRole('button', { name: '退回次数' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('答复'), '核实属实，已退回');
    await user.click(within(dialog).getByRole('button', { name: '退回次数' }));
    expect(await within(dialog).findByText(/有人刚刚改过这条记录/)).toBeVisible();
    expect(within(dialog).getByLabelText('答复')).toHaveValue('核实属实，已退回');
    await waitFor(() => expect(server.callsOf(useAdminRoutes.detail).length).toBeGreaterThan(1));
    await user.click(within(dialog).getByRole('button', { name: '退回次数' }));
    expect(await screen.findByText('已处理')).toBeVisible();
    expect(server.callsOf(useAdminRoutes.answerDispute)[1]?.body).toEqual({
      version: 1,
      decision: 'refund',
      answer: '核实属实，已退回',
    });
  });

  it('are only shown to a clerk', async () => {
    openConsole(
      server,
      `/uses/${use.useId}`,
      staffSelf('venue-clerk', { zoneCode: '371002', venueIds: [pier.venueId] }),
    );
    expect(await screen.findByText('处理由场馆管理员或市级审核员办理。')).toBeVisible();
    expect(screen.queryByRole('button', { name: '计入' })).toBeNull();
  });

  it('say that nothing is to be settled, and fail with a way on', async () => {
    let broken = true;
    server.on(useAdminRoutes.list, () =>
      broken ? problem(500, 'INTERNAL') : { items: [], nextCursor: null },
    );
    const { user } = openConsole(server, '/uses', manager);
    const retry = await screen.findByRole('button', { name: '重试' });
    broken = false;
    await user.click(retry);
    expect(await screen.findByText('没有待处理的记录')).toBeVisible();
  });
});
