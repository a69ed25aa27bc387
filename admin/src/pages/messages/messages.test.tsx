import { messageAdminRoutes } from '@talent-card/shared/messages/routes';
import type { Delivery } from '@talent-card/shared/messages/schema';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';

const unknown: Delivery = {
  deliveryId: id('D1'),
  channel: 'sms',
  kind: 'booking-cancelled',
  personId: id('P1'),
  maskedName: '林**',
  state: 'unknown',
  attempts: 1,
  errorCode: 'TIMEOUT',
  reason: null,
  decisions: [],
  preview: null,
  createdAt: '2026-11-24T01:00:00.000Z',
  finishedAt: '2026-11-24T01:00:20.000Z',
};
const failed: Delivery = {
  ...unknown,
  deliveryId: id('D2'),
  channel: 'wechat',
  kind: 'booking-booked',
  maskedName: '周*',
  state: 'failed',
  errorCode: '47003',
  reason: 'data.thing1',
};
const skipped: Delivery = {
  ...unknown,
  deliveryId: id('D3'),
  channel: 'wechat',
  personId: null,
  maskedName: null,
  state: 'skipped',
  errorCode: null,
  reason: 'no-permission',
};

describe('the log of messages', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer().on(messageAdminRoutes.log, ({ query }) => ({
      items: [unknown, failed, skipped].filter(
        ({ state }) => !query.get('state') || query.get('state') === state,
      ),
      nextCursor: null,
    }));
  });
  const row = async (text: string) => {
    const table = await screen.findByRole('table', { name: '消息发送记录' });
    return within(table).getByText(text).closest('tr') as HTMLElement;
  };

  it('says of each what happened; only those to be settled can be', async () => {
    openConsole(server, '/messages');
    const lost = await row('林**');
    expect(lost).toHaveTextContent('结果不明');
    expect(lost).toHaveTextContent('可能送到了，也可能没有');
    expect(lost).toHaveClass('edge-care');
    expect(within(lost).getByRole('button', { name: '重发“预约取消”给 林**' })).toBeVisible();
    const refused = await row('周*');
    expect(refused).toHaveTextContent('没有送到');
    expect(refused).toHaveTextContent('模板的这一项被拒：thing1');
    expect(refused).toHaveTextContent('47003');
    expect(refused).toHaveClass('edge-bad');
    const left = await row('本人没有留下订阅次数');
    expect(left).toHaveTextContent('已注销或不可见');
    expect(within(left).queryByRole('button')).toBeNull();
  });

  it('tells each decision on one, who made it and why', async () => {
    const decided = (at: string, by: string, note: string | null): Delivery['decisions'][number] => ({
      decision: 'resend',
      note,
      by,
      at,
      state: 'unknown',
      errorCode: 'TIMEOUT',
    });
    const decisions = [
      decided('2026-11-24T02:00:00.000Z', '王敏', '电话确认没有收到'),
      decided('2026-11-24T03:00:00.000Z', '刘洋', '运营商说未下发'),
      { ...decided('2026-11-24T04:00:00.000Z', '刘洋', null), decision: 'drop' as const },
    ];
    server.on(messageAdminRoutes.log, () => ({ items: [{ ...unknown, decisions }], nextCursor: null }));
    openConsole(server, '/messages');
    const history = await screen.findByRole('list', { name: '处理经过' });
    const [first, second, third] = within(history).getAllByRole('listitem');
    expect(first).toHaveTextContent('2026-11-24 10:00 王敏 决定重发，此前结果不明 TIMEOUT电话确认没有收到');
    expect(second).toHaveTextContent('刘洋 决定重发');
    expect(second).toHaveTextContent('运营商说未下发');
    expect(third).toHaveTextContent('决定不再发');
    expect(third).toHaveTextContent('本人已注销，说明已删除');
  });

  it('shows in the sandbox what a message says, and nothing of it elsewhere', async () => {
    const preview = [
      { field: 'thing1', value: '机场贵宾候机' },
      { field: 'note', value: '请准时前往' },
    ];
    server.on(messageAdminRoutes.log, () => ({ items: [{ ...failed, preview }, unknown], nextCursor: null }));
    openConsole(server, '/messages');
    const shown = await row('周*');
    expect(within(shown).getByText('演示环境：消息内容')).toBeVisible();
    expect(shown).toHaveTextContent('thing1机场贵宾候机提示请准时前往');
    expect(await row('林**')).not.toHaveTextContent('演示环境');
  });

  it('keeps its filters in the address', async () => {
    const { user, router } = openConsole(
      server,
      '/messages?channel=sms&kind=booking-cancelled&state=nonsense',
    );
    await screen.findByRole('table');
    expect(
      Object.fromEntries(
        server.callsOf(messageAdminRoutes.log).find(({ query }) => query.has('channel'))?.query ?? [],
      ),
    ).toEqual({
      channel: 'sms',
      kind: 'booking-cancelled',
      limit: '30',
    });
    const tab = screen.getByRole('tab', { name: /^结果不明/ });
    await waitFor(() => expect(tab).toHaveTextContent('结果不明1'));
    await user.click(tab);
    await waitFor(() => expect(router.state.location.search).toContain('state=unknown'));
    expect(await screen.findByText(/系统不会自己重发/)).toBeVisible();
    await waitFor(() =>
      expect(server.callsOf(messageAdminRoutes.log).at(-1)?.query.get('state')).toBe('unknown'),
    );
  });

  it('sends none again before the message was named, its risk told and a note given', async () => {
    server.on(messageAdminRoutes.settle, () => ({ ...unknown, state: 'pending' as const }));
    const { user } = openConsole(server, '/messages');
    await user.click(within(await row('林**')).getByRole('button', { name: /^重发/ }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('重发给 林** 的“预约取消”短信？')).toBeVisible();
    expect(dialog).toHaveTextContent('林** 可能收到两次');
    await user.click(within(dialog).getByRole('button', { name: /重\s*发/ }));
    expect(await within(dialog).findByText('理由至少 2 个字')).toBeVisible();
    expect(server.callsOf(messageAdminRoutes.settle)).toHaveLength(0);
    await user.type(within(dialog).getByRole('textbox'), '电话确认没有收到');
    await user.click(within(dialog).getByRole('button', { name: /重\s*发/ }));
    await waitFor(() => expect(server.callsOf(messageAdminRoutes.settle)).toHaveLength(1));
    const [heard] = server.callsOf(messageAdminRoutes.settle);
    expect(heard?.params.deliveryId).toBe(unknown.deliveryId);
    expect(heard?.body).toEqual({ decision: 'resend', note: '电话确认没有收到' });
    expect(await screen.findByText('已安排重发')).toBeVisible();
  });

  it('lets one be, with a note', async () => {
    server.on(messageAdminRoutes.settle, () => ({ ...failed, state: 'skipped' as const }));
    const { user } = openConsole(server, '/messages?state=failed');
    await user.click(within(await row('周*')).getByRole('button', { name: /^不再发/ }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), '预约已过');
    await user.click(within(dialog).getByRole('button', { name: '不再发' }));
    await waitFor(() =>
      expect(server.callsOf(messageAdminRoutes.settle)[0]?.body).toEqual({
        decision: 'drop',
        note: '预约已过',
      }),
    );
  });

  it('fetches what stands now when somebody else was faster', async () => {
    server.on(messageAdminRoutes.settle, () => problem(409, 'DELIVERY_STATE_CONFLICT', { state: 'sent' }));
    const { user } = openConsole(server, '/messages');
    await user.click(within(await row('周*')).getByRole('button', { name: /^重发/ }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), '再试一次');
    const looks = server.callsOf(messageAdminRoutes.log).length;
    await user.click(within(dialog).getByRole('button', { name: /重\s*发/ }));
    expect(await within(dialog).findByText('这条消息的状态已变化，请看最新情况')).toBeVisible();
    await waitFor(() => expect(server.callsOf(messageAdminRoutes.log).length).toBeGreaterThan(looks));
  });

  it('lets auditors look only', async () => {
    openConsole(server, '/messages?state=unknown', staffSelf('auditor'));
    expect(within(await row('林**')).queryByRole('button')).toBeNull();
    expect(screen.getByText('您可以查看，处理需要系统管理员或市级审核员')).toBeVisible();
  });

  it('says so when nothing is to be settled, and when it cannot be read', async () => {
    server.on(messageAdminRoutes.log, () => ({ items: [], nextCursor: null }));
    const { user } = openConsole(server, '/messages?state=unknown');
    expect(await screen.findByText('没有结果不明的消息')).toBeVisible();
    server.on(messageAdminRoutes.log, () => problem(503, 'SERVICE_UNAVAILABLE'));
    await user.click(screen.getByRole('tab', { name: /^发送失败/ }));
    expect(await screen.findByText('没能加载')).toBeVisible();
  });
});
