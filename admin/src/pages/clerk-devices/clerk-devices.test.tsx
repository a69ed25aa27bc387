import { staffRoutes } from '@talent-card/shared/accounts/routes';
import type { StaffMember } from '@talent-card/shared/accounts/schema';
import { cardCodeAdminRoutes } from '@talent-card/shared/card-code/routes';
import type { ClerkDevice } from '@talent-card/shared/card-code/schema';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer } from '../../test/fake-server.js';

const device: ClerkDevice = {
  deviceId: id('D1'),
  staffId: id('M1'),
  staffName: '孙丽',
  label: '微信 · iPhone',
  status: 'active',
  invitedAt: '2026-11-20T02:00:00.000Z',
  enrolledAt: '2026-11-20T02:05:00.000Z',
  lastSeenAt: '2026-11-24T01:00:00.000Z',
  revokedAt: null,
};
const member: StaffMember = {
  staffId: id('M1'),
  username: 'sunli',
  displayName: '孙丽',
  role: 'venue-clerk',
  zoneCode: '371002',
  venueIds: [id('V1')],
  status: 'active',
  totpEnrolled: true,
  lockedUntil: null,
  lastSignInAt: null,
  createdAt: '2026-11-01T01:00:00.000Z',
  version: 1,
};
const administrator = staffSelf('system-administrator');

describe('clerk devices', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server
      .on(cardCodeAdminRoutes.clerkDevices, () => ({ items: [device] }))
      .on(staffRoutes.list, () => ({
        items: [member, { ...member, staffId: id('M2'), displayName: '审计', role: 'auditor' as const }],
        nextCursor: null,
      }));
  });

  it('invite a clerk with a code that is shown once, as text and to scan', async () => {
    server.on(cardCodeAdminRoutes.invite, () => ({
      device: { ...device, status: 'invited' as const },
      enrolmentCode: 'K7QM2-XPD4R',
      expiresAt: '2026-11-24T02:15:00.000Z',
    }));
    const { user } = openConsole(server, '/clerk-devices', administrator);
    await user.click(await screen.findByRole('button', { name: '邀请绑定' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByLabelText('核验员'));
    expect(screen.queryByTitle(/^审计（/)).toBeNull();
    await user.click(await screen.findByTitle(/孙丽/));
    await user.click(within(dialog).getByRole('button', { name: '生成绑定码' }));
    expect(await screen.findByText('K7QM2-XPD4R')).toBeVisible();
    expect(screen.getByRole('img', { name: '绑定码的二维码' })).toBeVisible();
    expect(screen.getByText(/10:15 前有效/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: '已告诉对方，关闭' }));
    await waitFor(() => expect(screen.queryByText('K7QM2-XPD4R')).toBeNull());
  });

  it('are revoked with a reason, after naming whose they are', async () => {
    server.on(cardCodeAdminRoutes.revokeClerk, () => ({ ...device, status: 'revoked' as const }));
    const { user } = openConsole(server, '/clerk-devices', administrator);
    await user.click(await screen.findByRole('button', { name: '停用：孙丽' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('停用 孙丽 的核验设备（微信 · iPhone）')).toBeVisible();
    await user.type(within(dialog).getByLabelText('理由'), '手机丢失');
    await user.click(within(dialog).getByRole('button', { name: '停用' }));
    expect(await screen.findByText('已停用 孙丽 的设备')).toBeVisible();
    expect(server.callsOf(cardCodeAdminRoutes.revokeClerk)[0]?.body).toEqual({ reason: '手机丢失' });
  });

  it('are only looked at by a manager, and filtered by the address', async () => {
    openConsole(
      server,
      '/clerk-devices?status=revoked',
      staffSelf('venue-manager', { zoneCode: '371002', venueIds: [id('V1')] }),
    );
    expect(await screen.findByText('没有符合条件的记录')).toBeVisible();
    expect(screen.queryByRole('button', { name: '邀请绑定' })).toBeNull();
  });
});
