import { sandboxRoutes, staffRoutes } from '@talent-card/shared/accounts/routes';
import { auditRoutes } from '@talent-card/shared/audit/routes';
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { useSession } from './services/session.js';
import { openConsole, staffSelf } from './test/console.js';
import { FakeServer, problem } from './test/fake-server.js';

describe('guards', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server.on(sandboxRoutes.staffCodes, () => problem(404, 'NOT_FOUND'));
  });

  it('leads strangers to the sign-in page and remembers where they wanted to go', async () => {
    const { router } = openConsole(server, '/cards?status=suspended', null);
    expect(await screen.findByRole('heading', { name: '登录管理台' })).toBeVisible();
    expect(router.state.location.state).toEqual({ from: '/cards?status=suspended' });
  });

  it('shows a page only to a role that may open it, and says which permission is missing', async () => {
    openConsole(server, '/audit', staffSelf('service-window', { zoneCode: '371002' }));
    expect(await screen.findByText('您的角色不能打开这个页面')).toBeVisible();
    expect(screen.getByText(/查看审计日志/)).toBeVisible();
    expect(server.callsOf(auditRoutes.list)).toHaveLength(0);
    expect(screen.queryByRole('menuitem', { name: /审计日志/ })).toBeNull();
    expect(screen.getByRole('menuitem', { name: /申领审核/ })).toBeVisible();
  });

  it('answers an unknown address with a way on', async () => {
    openConsole(server, '/nowhere');
    expect(await screen.findByText('这个页面不存在')).toBeVisible();
    expect(screen.getByRole('link', { name: '回到首页' })).toHaveAttribute('href', '/');
  });

  it('resumes an earlier visit by its cookie', async () => {
    server.on(staffRoutes.refresh, () => ({
      accessToken: 'token',
      accessTokenExpiresAt: '2026-11-24T02:00:00.000Z',
      staff: staffSelf(),
      recoveryCodes: null,
    }));
    openConsole(server, '/', null, 'starting');
    expect(await screen.findByText('王海，您好')).toBeVisible();
  });

  it('lets nobody past a one-time password', async () => {
    const own = staffSelf('city-reviewer', { mustChangePassword: true });
    server
      .on(staffRoutes.changePassword, () => undefined)
      .on(staffRoutes.self, () => ({ ...own, mustChangePassword: false }));
    const { user } = openConsole(server, '/', own);
    expect(await screen.findByRole('heading', { name: '请先修改密码' })).toBeVisible();
    await user.type(screen.getByLabelText('一次性密码'), 'once-once-once');
    await user.type(screen.getByLabelText('新密码'), 'sea-hill-light-7');
    await user.type(screen.getByLabelText('再输入一次新密码'), 'sea-hill-light-8');
    await user.click(screen.getByRole('button', { name: '修改密码' }));
    expect(await screen.findByText('两次输入不一样')).toBeVisible();
    await user.clear(screen.getByLabelText('再输入一次新密码'));
    await user.type(screen.getByLabelText('再输入一次新密码'), 'sea-hill-light-7');
    await user.click(screen.getByRole('button', { name: '修改密码' }));
    expect(await screen.findByText('王海，您好')).toBeVisible();
  });
});

describe('signing in', () => {
  const challenge = {
    challenge: 'c'.repeat(30),
    expiresAt: '2026-11-24T02:05:00.000Z',
    enrolment: null,
  };
  const session = {
    accessToken: 'token',
    accessTokenExpiresAt: '2026-11-24T02:00:00.000Z',
    staff: staffSelf(),
    recoveryCodes: null,
  };

  it('takes password and code, and words what is wrong', async () => {
    const server = new FakeServer();
    let tries = 0;
    server
      .on(sandboxRoutes.staffCodes, () => problem(404, 'NOT_FOUND'))
      .on(staffRoutes.signIn, ({ body }) =>
        (body as { password: string }).password === 'right'
          ? challenge
          : problem(429, 'STAFF_LOCKED', { retryAfterSeconds: 300 }),
      )
      .on(staffRoutes.confirmTotp, () => {
        tries += 1;
        return tries === 1 ? problem(401, 'TOTP_WRONG') : session;
      });
    const { user } = openConsole(server, '/sign-in', null);
    await user.type(await screen.findByLabelText('用户名'), 'wanghai');
    await user.type(screen.getByLabelText('密码'), 'wrong');
    await user.click(screen.getByRole('button', { name: '下一步' }));
    expect(await screen.findByText('约 5 分钟后可以再试')).toBeVisible();
    await user.clear(screen.getByLabelText('密码'));
    await user.type(screen.getByLabelText('密码'), 'right');
    await user.click(screen.getByRole('button', { name: '下一步' }));
    await user.type(await screen.findByLabelText('验证码'), '123456');
    await user.click(screen.getByRole('button', { name: '登录' }));
    expect(await screen.findByText(/验证码不对/)).toBeVisible();
    await user.type(screen.getByLabelText('验证码'), '654321');
    await user.click(screen.getByRole('button', { name: '登录' }));
    expect(await screen.findByText('王海，您好')).toBeVisible();
    expect(server.callsOf(staffRoutes.refresh)).toHaveLength(0);
  });

  it('shows the recovery codes once and waits until they were kept', async () => {
    const server = new FakeServer();
    server
      .on(sandboxRoutes.staffCodes, () => problem(404, 'NOT_FOUND'))
      .on(staffRoutes.signIn, () => ({
        ...challenge,
        enrolment: { secret: 'JBSWY3DPEHPK3PXP', otpauthUri: 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP' },
      }))
      .on(staffRoutes.confirmTotp, () => ({ ...session, recoveryCodes: ['K7QM-2XPD', 'AAAA-BBBB'] }));
    const { user } = openConsole(server, '/sign-in', null);
    await user.type(await screen.findByLabelText('用户名'), 'wanghai');
    await user.type(screen.getByLabelText('密码'), 'right');
    await user.click(screen.getByRole('button', { name: '下一步' }));
    expect(await screen.findByRole('img', { name: '绑定身份验证器' })).toBeVisible();
    await user.type(screen.getByLabelText('验证码'), '123456');
    await user.click(screen.getByRole('button', { name: '登录' }));
    expect(await screen.findByText('K7QM-2XPD')).toBeVisible();
    expect(screen.getByRole('button', { name: '继续' })).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: '我已经把恢复码保存好了' }));
    await user.click(screen.getByRole('button', { name: '继续' }));
    await waitFor(() => expect(screen.queryByText('K7QM-2XPD')).toBeNull());
    expect(useSession.getState().recoveryCodes).toBeNull();
  });
});
