import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { openConsole, staffSelf } from '../test/console.js';
import { FakeServer } from '../test/fake-server.js';
import { checkup, clinic, ferry, pier } from '../test/fixtures.js';

const manager = staffSelf('venue-manager', { zoneCode: '371002', venueIds: [clinic.venueId] });
const editor = staffSelf('channel-editor', { zoneCode: '371002', venueIds: [pier.venueId] });

describe('what is typed and not saved', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server
      .on(venueAdminRoutes.list, () => ({ items: [pier, clinic] }))
      .on(venueAdminRoutes.detail, () => clinic)
      .on(venueAdminRoutes.schedules, () => ({ items: [] }))
      .on(channelAdminRoutes.list, () => ({ items: [checkup, ferry] }))
      .on(channelAdminRoutes.detail, () => ferry);
  });

  it('is asked for before Escape closes a dialog, and only then', async () => {
    const { user } = openConsole(server, `/venues/${clinic.venueId}?tab=schedules`, manager);
    const open = async () => {
      await user.click(await screen.findByRole('button', { name: '添加排班' }));
      return screen.findByRole('dialog', { name: '添加排班' });
    };
    await open();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

    const minutes = within(await open()).getByLabelText('每段分钟数');
    await user.clear(minutes);
    await user.type(minutes, '45');
    await user.keyboard('{Escape}');
    await user.click(await screen.findByRole('button', { name: '留下' }));
    expect(screen.getByLabelText('每段分钟数')).toHaveValue('45');
    await user.click(screen.getByRole('button', { name: '取消' }));
    await user.click(await screen.findByRole('button', { name: '不保存，关闭' }));
    await waitFor(() => expect(screen.queryByLabelText('每段分钟数')).toBeNull());
  });

  it('is asked for before another tab takes its place', async () => {
    const { user, router } = openConsole(server, `/venues/${clinic.venueId}?tab=info`, manager);
    const phone = await screen.findByLabelText('电话');
    await user.type(phone, '1');
    await user.click(screen.getByRole('tab', { name: '特殊日期' }));
    await user.click(await screen.findByRole('button', { name: '留下' }));
    expect(screen.getByLabelText('电话')).toHaveValue(`${clinic.phone}1`);
    expect(router.state.location.search).toBe('?tab=info');
  });

  it('of a matrix is undone by one click', async () => {
    const { user } = openConsole(server, `/channels/${ferry.channelId}?tab=terms`, editor);
    const cell = /不限次 · 可带 1 人/;
    await user.click(await screen.findByRole('button', { name: cell }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '删除这一格' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: cell })).toBeNull());
    await user.click(screen.getByRole('button', { name: '撤销修改' }));
    expect(screen.getByRole('button', { name: cell })).toBeVisible();
    expect(screen.getByRole('button', { name: '保存额度' })).toBeDisabled();
  });
});

describe('a list that nothing matches', () => {
  it('says so, and one click takes the filters out of the address', async () => {
    const server = new FakeServer();
    server.on(venueAdminRoutes.list, () => ({ items: [pier, clinic] }));
    const { user, router } = openConsole(server, '/venues?q=zzzz&tab=kept', manager);
    expect(await screen.findByText('没有符合条件的记录')).toBeVisible();
    await user.click(screen.getAllByRole('button', { name: '清除筛选' })[0] as HTMLElement);
    expect(await screen.findByRole('link', { name: '市立医院导诊台' })).toBeVisible();
    expect(router.state.location.search).toBe('?tab=kept');
  });
});
