import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import type { AdminChannel, WriteChannel, WriteTerms } from '@talent-card/shared/channels/schema';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { checkup, clinic, ferry, pier } from '../../test/fixtures.js';

const editor = staffSelf('channel-editor', { zoneCode: '371002', venueIds: [pier.venueId] });

describe('channels', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server
      .on(channelAdminRoutes.list, () => ({ items: [checkup, ferry] }))
      .on(venueAdminRoutes.list, () => ({ items: [pier, clinic] }))
      .on(channelAdminRoutes.detail, () => ferry);
  });

  it('are where an editor begins, in the order of their numbers, with filters in the address', async () => {
    const { user, router } = openConsole(server, '/', editor);
    expect(await screen.findByRole('link', { name: '刘公岛客轮优先' })).toBeVisible();
    expect(router.state.location.pathname).toBe('/channels');
    expect(screen.queryByRole('menuitem', { name: /工作台/ })).toBeNull();
    expect(screen.getAllByText(/不限次 · 可带 1 人/)).toHaveLength(2);
    await user.click(screen.getByRole('combobox', { name: '分组' }));
    await user.click(await screen.findByTitle('医疗'));
    await waitFor(() => expect(router.state.location.search).toBe('?group=medical'));
    expect(screen.queryByRole('link', { name: '刘公岛客轮优先' })).toBeNull();
    expect(screen.getByRole('link', { name: '专家预约陪诊' })).toBeVisible();
  });

  it('say that there are none yet, and offer the first', async () => {
    server.on(channelAdminRoutes.list, () => ({ items: [] }));
    openConsole(server, '/channels', editor);
    expect(await screen.findByText('还没有绿色通道')).toBeVisible();
    expect(screen.getAllByRole('button', { name: '新增通道' }).length).toBeGreaterThan(0);
  });

  it('are saved with what was typed, shown at once beside it', async () => {
    server.on(channelAdminRoutes.update, ({ body }) => ({ ...ferry, ...(body as WriteChannel), version: 6 }));
    const { user } = openConsole(server, `/channels/${ferry.channelId}`, editor);
    const name = await screen.findByLabelText('名称 · 中文');
    await user.clear(name);
    await user.type(name, '海岛客轮优先');
    const preview = screen.getByRole('complementary', { name: '持卡人看到的样子' });
    expect(await within(preview).findByText('海岛客轮优先')).toBeVisible();
    expect(within(preview).getByText('不限次', { selector: 'b' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText('已保存“海岛客轮优先”')).toBeVisible();
    expect(server.callsOf(channelAdminRoutes.update)[0]?.body).toMatchObject({
      version: 5,
      status: 'published',
      name: { zh: '海岛客轮优先', en: 'Priority on the Liugong ferry' },
      booking: null,
      companionRule: null,
      officialLink: null,
    });
  });

  it('keep what was typed when somebody else was faster, and offer the newest', async () => {
    let newest: AdminChannel = ferry;
    server
      .on(channelAdminRoutes.detail, () => newest)
      .on(channelAdminRoutes.update, () => {
        newest = { ...ferry, version: 6, name: { zh: '别人改过的名称', en: 'Changed' } };
        return problem(409, 'STALE_VERSION');
      });
    const { user } = openConsole(server, `/channels/${ferry.channelId}`, editor);
    const hotline = await screen.findByLabelText('咨询电话');
    await user.clear(hotline);
    await user.type(hotline, '0631-5555555');
    await user.click(screen.getByRole('button', { name: '保存' }));
    expect(await screen.findByText(/有人刚刚改过这条记录/)).toBeVisible();
    expect(screen.getByLabelText('咨询电话')).toHaveValue('0631-5555555');
    await waitFor(() => expect(server.callsOf(channelAdminRoutes.detail).length).toBeGreaterThan(1));
    await user.click(screen.getByRole('button', { name: '放弃我的修改，看最新内容' }));
    await waitFor(() => expect(screen.getByLabelText('名称 · 中文')).toHaveValue('别人改过的名称'));
    expect(screen.getByLabelText('咨询电话')).toHaveValue(ferry.hotline);
  });

  it('are published after naming the channel, and put a problem of the server at its field', async () => {
    server
      .on(channelAdminRoutes.detail, () => ({ ...ferry, status: 'draft' as const }))
      .on(channelAdminRoutes.update, () =>
        problem(400, 'VALIDATION_FAILED', { fields: [{ path: 'name.en', code: 'TOO_LONG' }] }),
      );
    const { user } = openConsole(server, `/channels/${ferry.channelId}`, editor);
    await user.click(await screen.findByRole('button', { name: '发布' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getAllByText('发布 2 号通道“刘公岛客轮优先”')[0]).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: '发布' }));
    expect(await screen.findByText('太长了')).toBeVisible();
    expect(server.callsOf(channelAdminRoutes.update)[0]?.body).toMatchObject({ status: 'published' });
  });

  it('are only shown to those who do not keep them', async () => {
    server.on(channelAdminRoutes.detail, () => ({ ...ferry, mayEdit: false }));
    openConsole(server, `/channels/${ferry.channelId}?tab=terms`, staffSelf('auditor'));
    expect(await screen.findByText(/您可以查看；这个通道的修改/)).toBeVisible();
    expect(screen.queryByRole('button', { name: '保存额度' })).toBeNull();
    expect(screen.queryByRole('button', { name: /加一格/ })).toBeNull();
  });

  it('end a cell where the next begins, and save the whole matrix', async () => {
    const future = { ...ferry, terms: [{ ...ferry.terms[0], effectiveFrom: '2020-01-01' }] } as AdminChannel;
    server
      .on(channelAdminRoutes.detail, () => future)
      .on(channelAdminRoutes.writeTerms, ({ body }) => ({
        ...future,
        version: 6,
        terms: (body as WriteTerms).terms,
      }));
    const { user } = openConsole(server, `/channels/${ferry.channelId}?tab=terms`, editor);
    expect(await screen.findByRole('button', { name: '保存额度' })).toBeDisabled();
    await user.click(await screen.findByRole('button', { name: '加一格：英才卡 · 全部层次' }));
    const dialog = await screen.findByRole('dialog');
    // It would begin today, while the cell before has no end.
    expect(await within(dialog).findByText('与“2020-01-01 起”日期重叠')).toBeVisible();
    expect(within(dialog).getByRole('button', { name: '好' })).toBeDisabled();
    await user.click(within(dialog).getByRole('button', { name: '加一条上限' }));
    await user.click(within(dialog).getByRole('button', { name: /把“2020-01-01 起”截止到/ }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByText('每年 12 次 · 可带 1 人')).toBeVisible();
    await user.click(screen.getByRole('button', { name: '保存额度' }));
    expect(await screen.findByText('额度已保存')).toBeVisible();
    expect(server.callsOf(channelAdminRoutes.writeTerms)[0]?.body).toMatchObject({
      version: 5,
      terms: [
        { effectiveFrom: '2020-01-01', effectiveTo: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
        { effectiveTo: null, limits: [{ window: 'year', most: 12 }] },
      ],
    });
  });
});
