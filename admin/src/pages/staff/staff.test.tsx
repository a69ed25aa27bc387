import { STAFF_ROLES } from '@talent-card/shared/accounts/permissions';
import { staffRoutes } from '@talent-card/shared/accounts/routes';
import type { StaffMember } from '@talent-card/shared/accounts/schema';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { pier } from '../../test/fixtures.js';

const member: StaffMember = {
  staffId: id('M1'),
  username: 'zhaoqing',
  displayName: '赵青',
  role: 'service-window',
  zoneCode: '371002',
  venueIds: [],
  status: 'active',
  totpEnrolled: true,
  lockedUntil: null,
  lastSignInAt: null,
  createdAt: '2026-11-01T01:00:00.000Z',
  version: 1,
};
const own: StaffMember = {
  ...member,
  staffId: id('SELF'),
  username: 'admin',
  displayName: '管理员',
  role: 'system-administrator',
};
const administrator = staffSelf('system-administrator');

describe('staff', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server.on(staffRoutes.list, () => ({ items: [own, member], nextCursor: null }));
  });

  it('shows the one-time password of a new member once', async () => {
    server.on(staffRoutes.create, () => ({
      staff: { ...member, displayName: '孙丽', username: 'sunli' },
      oneTimePassword: 'kelp-harbor-31-gull',
    }));
    const { user } = openConsole(server, '/staff', administrator);
    await user.click(await screen.findByRole('button', { name: '新增人员' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('姓名'), '孙丽');
    await user.type(within(dialog).getByLabelText('用户名'), 'sunli');
    await user.click(within(dialog).getByLabelText('角色'));
    await user.click(await screen.findByTitle('服务窗口'));
    await user.click(within(dialog).getByRole('button', { name: '新增人员' }));
    expect(await screen.findByText('kelp-harbor-31-gull')).toBeVisible();
    expect(screen.getByText(/请当面或电话告诉 孙丽/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: '我已转告，关闭' }));
    await waitFor(() => expect(screen.queryByText('kelp-harbor-31-gull')).toBeNull());
    await user.click(screen.getByRole('button', { name: '新增人员' }));
    expect(screen.queryByText('kelp-harbor-31-gull')).toBeNull();
    expect(server.callsOf(staffRoutes.create)[0]?.body).toEqual({
      displayName: '孙丽',
      username: 'sunli',
      role: 'service-window',
      zoneCode: '371000',
      venueIds: [],
    });
  });

  it('asks a role of venues for its venues, and shows them in the list', async () => {
    server
      .on(venueAdminRoutes.list, () => ({ items: [pier] }))
      .on(staffRoutes.list, () => ({
        items: [{ ...member, role: 'venue-clerk' as const, venueIds: [pier.venueId] }],
        nextCursor: null,
      }))
      .on(staffRoutes.create, () => ({ staff: member, oneTimePassword: 'kelp-harbor-31-gull' }));
    const { user } = openConsole(server, '/staff', administrator);
    expect(await screen.findByText('刘公岛客运中心')).toBeVisible();
    await user.click(screen.getByRole('button', { name: '新增人员' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('姓名'), '孙丽');
    await user.type(within(dialog).getByLabelText('用户名'), 'sunli');
    expect(within(dialog).queryByLabelText('负责的场馆')).toBeNull();
    await user.click(within(dialog).getByLabelText('角色'));
    await user.click(await screen.findByTitle('场馆核验员'));
    await within(dialog).findByLabelText('负责的场馆');
    await user.click(within(dialog).getByRole('button', { name: '新增人员' }));
    expect(await within(dialog).findByText('这个角色至少要负责一个场馆')).toBeVisible();
    expect(server.callsOf(staffRoutes.create)).toHaveLength(0);
    await user.click(within(dialog).getByLabelText('负责的场馆'));
    const choice = (await screen.findAllByTitle('刘公岛客运中心')).find((option) =>
      option.classList.contains('ant-select-item-option'),
    );
    await user.click(choice as HTMLElement);
    await user.click(within(dialog).getByRole('button', { name: '新增人员' }));
    expect(await screen.findByText('kelp-harbor-31-gull')).toBeVisible();
    expect(server.callsOf(staffRoutes.create)[0]?.body).toMatchObject({
      role: 'venue-clerk',
      venueIds: [pier.venueId],
    });
  });

  it('puts a problem of the server at its field and keeps what was typed', async () => {
    server.on(staffRoutes.create, () =>
      problem(400, 'VALIDATION_FAILED', { fields: [{ path: 'username', code: 'FORMAT' }] }),
    );
    const { user } = openConsole(server, '/staff', administrator);
    await user.click(await screen.findByRole('button', { name: '新增人员' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('姓名'), '孙丽');
    await user.type(within(dialog).getByLabelText('用户名'), 'sunli');
    await user.click(within(dialog).getByLabelText('角色'));
    await user.click(await screen.findByTitle('审计员'));
    await user.click(within(dialog).getByRole('button', { name: '新增人员' }));
    expect(await within(dialog).findByText('格式不对')).toBeVisible();
    expect(within(dialog).getByLabelText('姓名')).toHaveValue('孙丽');
  });

  it('leaves the own account to another administrator', async () => {
    openConsole(server, '/staff', administrator);
    const row = (await screen.findByText('admin')).closest('tr');
    expect(row).not.toBeNull();
    expect(within(row as HTMLElement).getByText('自己的账号请另一位管理员修改')).toBeVisible();
    expect(within(row as HTMLElement).queryByRole('button')).toBeNull();
  });

  it('shows the auditor the list and the matrix, and nothing to press', async () => {
    const { user } = openConsole(server, '/staff', staffSelf('auditor'));
    expect(await screen.findByText('赵青')).toBeVisible();
    expect(screen.queryByRole('button', { name: '修改' })).toBeNull();
    expect(screen.queryByRole('button', { name: '新增人员' })).toBeNull();
    await user.click(screen.getByRole('tab', { name: '角色与权限' }));
    const revoke = await screen.findByRole('row', { name: /注销卡片/ });
    expect(within(revoke).getAllByLabelText('有')).toHaveLength(1);
    expect(within(revoke).getAllByLabelText('无')).toHaveLength(STAFF_ROLES.length - 1);
  });
});
