import { ratingAdminRoutes } from '@talent-card/shared/feedback/routes';
import type { AdminRating } from '@talent-card/shared/feedback/schema';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { pier, use } from '../../test/fixtures.js';

const rating: AdminRating = {
  ratingId: id('R1'),
  useId: use.useId,
  channel: use.channel,
  venue: use.venue,
  grade: 1,
  tags: ['waited-long', 'rude'],
  comment: '等了四十分钟',
  at: '2026-11-01T02:00:00.000Z',
  callBack: {
    status: 'open',
    dueOn: '2026-11-20',
    answer: null,
    answeredAt: null,
    appeal: null,
    appealAnswer: null,
    mayAppeal: false,
  },
  holder: { personId: id('P1'), maskedName: '林**', maskedPhone: '138****0000' },
  overdue: true,
  version: 4,
};
const fresh: AdminRating = {
  ...rating,
  ratingId: id('R2'),
  comment: '说不清楚',
  overdue: false,
  holder: { ...rating.holder, maskedName: '周*' },
};
const appealed: AdminRating = {
  ...rating,
  overdue: false,
  callBack: {
    status: 'appealed',
    dueOn: '2026-11-20',
    answer: '已道歉',
    answeredAt: '2026-11-10T02:00:00.000Z',
    appeal: '没有人打过电话',
    appealAnswer: null,
    mayAppeal: false,
  },
};

describe('ratings', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server
      .on(venueAdminRoutes.list, () => ({ items: [pier] }))
      .on(ratingAdminRoutes.list, ({ query }) => ({
        items: query.get('callBack') === 'overdue' ? [rating] : [fresh, rating],
        nextCursor: null,
      }));
  });

  it('put overdue call backs first, each once', async () => {
    openConsole(server, '/ratings', staffSelf('venue-manager', { zoneCode: '371002' }));
    const late = await screen.findByRole('table', { name: '已超期的回访' });
    expect(within(late).getByText('等了四十分钟')).toBeVisible();
    const inTime = await screen.findByRole('table', { name: '待回访' });
    expect(within(inTime).getByText('说不清楚')).toBeVisible();
    expect(within(inTime).queryByText('等了四十分钟')).toBeNull();
  });

  it('show the phone number when asked, and keep an answer that could not be sent', async () => {
    let away = true;
    server
      .on(ratingAdminRoutes.phone, () => ({ phone: '13800000000' }))
      .on(ratingAdminRoutes.answer, () => (away ? problem(503, 'SERVICE_UNAVAILABLE') : fresh));
    const { user } = openConsole(server, '/ratings');
    await user.click(await screen.findByRole('button', { name: '回访：林**' }));
    const drawer = await screen.findByRole('dialog');
    expect(within(drawer).getByText('138****0000')).toBeVisible();
    await user.click(within(drawer).getByRole('button', { name: '显示电话' }));
    expect(await within(drawer).findByText('13800000000')).toBeVisible();
    await user.type(within(drawer).getByLabelText('回访结果'), '已道歉并增开窗口');
    await user.click(within(drawer).getByRole('button', { name: '办结回访' }));
    expect(await within(drawer).findByText('服务正在启动或维护，请稍后重试')).toBeVisible();
    expect(within(drawer).getByLabelText('回访结果')).toHaveValue('已道歉并增开窗口');
    away = false;
    await user.click(within(drawer).getByRole('button', { name: '办结回访' }));
    expect(await screen.findByText('已记录回访结果')).toBeVisible();
    const calls = server.callsOf(ratingAdminRoutes.answer);
    expect(calls[1]?.body).toEqual({ version: 4, answer: '已道歉并增开窗口' });
    expect(calls[0]?.headers.get('idempotency-key')).toBe(calls[1]?.headers.get('idempotency-key'));
  });

  it('say until when an appeal waits, and when its day has passed', async () => {
    const late: AdminRating = { ...appealed, ratingId: id('R3'), comment: '没人理', overdue: true };
    const closed: AdminRating = {
      ...appealed,
      ratingId: id('R4'),
      comment: '复核过了',
      callBack: appealed.callBack && { ...appealed.callBack, status: 'closed' },
    };
    server.on(ratingAdminRoutes.list, () => ({ items: [appealed, late, closed], nextCursor: null }));
    openConsole(server, '/ratings?tab=all');
    const row = async (said: string) => within(await screen.findByRole('row', { name: new RegExp(said) }));
    expect((await row('等了四十分钟')).getByText('2026-11-20 前')).toBeVisible();
    expect((await row('没人理')).getByText('2026-11-20 前 · 已超期')).toBeVisible();
    expect((await row('复核过了')).queryByText(/2026-11-20 前/)).toBeNull();
  });

  it('leave an appeal to the city', async () => {
    server
      .on(ratingAdminRoutes.list, () => ({ items: [appealed], nextCursor: null }))
      .on(ratingAdminRoutes.answerAppeal, () => appealed);
    const { user, router } = openConsole(server, '/ratings');
    await user.click(await screen.findByRole('tab', { name: '待复核申诉' }));
    expect(router.state.location.search).toBe('?tab=appealed');
    await user.click(await screen.findByRole('button', { name: '查看：林**' }));
    const drawer = await screen.findByRole('dialog');
    expect(within(drawer).getByText('没有人打过电话')).toBeVisible();
    await user.type(within(drawer).getByLabelText('复核结论'), '确未回访，已督办');
    await user.click(within(drawer).getByRole('button', { name: '答复申诉' }));
    await waitFor(() => expect(server.callsOf(ratingAdminRoutes.answerAppeal)).toHaveLength(1));
    expect(await screen.findByText('已答复申诉')).toBeVisible();
  });

  it('say that nobody is to be called back', async () => {
    server.on(ratingAdminRoutes.list, () => ({ items: [], nextCursor: null }));
    openConsole(server, '/ratings');
    expect(await screen.findByText('没有要回访的差评')).toBeVisible();
  });
});
