import { CONSENT_CONSEQUENCES } from '@talent-card/shared/accounts/consent-versions';
import { card, me, problem, script, show, signedIn } from '@test/script';
import Taro, { openAt } from '@test/taro';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { onDraftsForgotten } from '@/platform/drafts';
import { useLocale } from '@/platform/i18n';
import { PAGES } from '@/platform/pages';
import { setSession, useSession } from '@/platform/session';
import { chooseTheme, setElder, useTheme } from '@/platform/theme';
import { CLERK_KEY, countUnsent, UNSENT_KEY } from '@/platform/window-keeping';
import Erase from './erase';
import Help from './help';
import Privacy from './privacy';
import Profile from './profile';
import Sessions from './sessions';
import Settings from './settings';

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const consent = (purpose: string, over: Record<string, unknown> = {}) => ({
  purpose,
  version: '2026-11',
  grantedAt: '2026-11-20T02:00:00.000Z',
  withdrawnAt: null,
  currentVersion: '2026-11',
  ...over,
});
beforeEach(() => signedIn());
afterEach(() => {
  setElder(false);
  chooseTheme('system');
});

describe('settings', () => {
  it('change language, appearance and size of type at once, and are kept', () => {
    script({ 'PUT /me/profile': me({ locale: 'en' }) });
    const { container } = show(<Settings />);
    fireEvent.click(screen.getByRole('radio', { name: '深色' }));
    expect(container.firstChild).toHaveClass('dark');
    fireEvent.click(screen.getByRole('switch', { name: '长辈版' }));
    expect(container.firstChild).toHaveClass('elder');
    fireEvent.click(screen.getByRole('radio', { name: 'English' }));
    expect(screen.getByText('Large type')).toBeInTheDocument();
    expect(useLocale.getState().choice).toBe('en');
    expect(useTheme.getState()).toMatchObject({ choice: 'dark', elder: true });
    expect(JSON.parse(Taro.getStorageSync('theme') as string)).toBe('dark');
  });

  it('take the drafts along when signing out, and leave the settings', async () => {
    script({ 'DELETE /sessions/current': null });
    Taro.setStorageSync('apply-draft:01P', JSON.stringify({ form: { mobile: '13800000001' } }));
    Taro.setStorageSync('apply-draft:01P:01C', '{}');
    Taro.setStorageSync('theme', '"dark"');
    const letGo = jest.fn();
    onDraftsForgotten(letGo);
    show(<Settings />);
    fireEvent.click(await button('退出登录'));
    expect(screen.getByText(/草稿里有你的手机号，会从这台手机上删去/)).toBeInTheDocument();
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '退出登录' }));
    await waitFor(() => expect(useSession.getState().session).toBeNull());
    expect(Taro.getStorageInfoSync().keys.filter((key) => key.startsWith('apply-draft'))).toEqual([]);
    expect(Taro.getStorageSync('theme')).toBe('"dark"');
    expect(letGo).toHaveBeenCalled();
  });

  it('sign out after a question, even when the service cannot be told', async () => {
    script({ 'DELETE /sessions/current': { statusCode: 503, data: problem('SERVICE_UNAVAILABLE') } });
    show(<Settings />);
    fireEvent.click(await button('退出登录'));
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '退出登录' }));
    await waitFor(() => expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.home }));
    expect(useSession.getState().session).toBeNull();
  });

  it('offer a guest what needs no account', () => {
    setSession(null);
    show(<Settings />);
    expect(screen.getByRole('switch', { name: '长辈版' })).toBeInTheDocument();
    expect(screen.queryByText('退出登录')).not.toBeInTheDocument();
  });
});

describe('the profile', () => {
  it('saves the name to be greeted by', async () => {
    const asked = script({ 'GET /me': me(), 'PUT /me/profile': me({ nickname: '海清' }) });
    show(<Profile />);
    fireEvent.change(await screen.findByLabelText('称呼'), { target: { value: ' 海清 ' } });
    fireEvent.click(await button('保存'));
    expect(await screen.findByText('已保存')).toBeInTheDocument();
    expect(asked.find((request) => request.method === 'PUT')?.data).toEqual({ nickname: '海清' });
  });

  it('binds a demo number in the sandbox and says when that failed', async () => {
    script({
      'GET /me': me(),
      'POST /me/phone': { statusCode: 400, data: problem('PHONE_CODE_INVALID') },
    });
    show(<Profile />);
    fireEvent.click(await button('绑定演示手机号'));
    expect(await screen.findByText(errorTexts.PHONE_CODE_INVALID[0])).toBeInTheDocument();
    script({ 'GET /me': me(), 'POST /me/phone': me({ maskedPhone: '139****0001' }) });
    fireEvent.click(await button('绑定演示手机号'));
    expect(await screen.findByText('139****0001')).toBeInTheDocument();
  });
});

describe('privacy', () => {
  it('withdraws one consent after a question that says what follows', async () => {
    const asked = script({
      'GET /me/consents': { items: [consent('account'), consent('data-matching')] },
      'POST /me/consents/withdraw': {
        items: [consent('account'), consent('data-matching', { withdrawnAt: '2026-11-21T02:00:00.000Z' })],
      },
    });
    show(<Privacy />);
    fireEvent.click(await button('撤回“数据比对”的授权？'));
    expect(screen.getByText(CONSENT_CONSEQUENCES['data-matching'].zh)).toBeInTheDocument();
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '撤回' }));
    expect(await button('同意“数据比对”？')).toBeInTheDocument();
    expect(asked.find((request) => request.method === 'POST')?.data).toEqual({ purpose: 'data-matching' });
  });

  it('says of each consent given, before anything is tapped, what withdrawing it means', async () => {
    script({
      'GET /me/consents': {
        items: [consent('account'), consent('real-name', { grantedAt: null, version: '' })],
      },
    });
    show(<Privacy />);
    const meaning = await screen.findByText(`撤回以后：${CONSENT_CONSEQUENCES.account.zh}`);
    expect(meaning).toBeInTheDocument();
    expect(screen.queryByText(new RegExp(CONSENT_CONSEQUENCES['real-name'].zh))).not.toBeInTheDocument();
  });

  it('signs out where the account itself is no longer agreed to', async () => {
    script({
      'GET /me/consents': { items: [consent('account')] },
      'POST /me/consents/withdraw': {
        items: [consent('account', { withdrawnAt: '2026-11-21T02:00:00.000Z' })],
      },
    });
    show(<Privacy />);
    Taro.setStorageSync('apply-draft:01P', '{}');
    fireEvent.click(await button('撤回“建立和登录账号”的授权？'));
    expect(within(screen.getByRole('dialog')).getByText(/草稿会一并删去/)).toBeInTheDocument();
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '撤回' }));
    await waitFor(() => expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.home }));
    expect(useSession.getState()).toMatchObject({ session: null, accountConsent: null });
    expect(Taro.getStorageSync('apply-draft:01P')).toBe('');
  });

  it('offers the new text where it has changed', async () => {
    script({ 'GET /me/consents': { items: [consent('real-name', { version: '2025-01' })] } });
    show(<Privacy />);
    expect(await screen.findByText('说明已更新，请重新查看')).toBeInTheDocument();
    expect(await button('同意“实名认证”？')).toBeInTheDocument();
  });

  it('says why an export failed', async () => {
    script({
      'GET /me/consents': { items: [] },
      'GET /me/export': { statusCode: 429, data: problem('RATE_LIMITED') },
    });
    show(<Privacy />);
    fireEvent.click(await button(/导出我的数据/));
    expect(await screen.findByText(errorTexts.RATE_LIMITED[0])).toBeInTheDocument();
  });
});

describe('erasing', () => {
  it('says what goes and what the law keeps, and wants a word typed', async () => {
    const asked = script({ 'GET /me': me(), 'POST /me/erase': null });
    Taro.setStorageSync('apply-draft:01P', '{}');
    show(<Erase />);
    expect(screen.getByText('会删除')).toBeInTheDocument();
    expect(screen.getByText('依法保留')).toBeInTheDocument();
    fireEvent.change(screen.getByLabelText('请输入“注销”确认'), { target: { value: '删除' } });
    fireEvent.click(await button('注销我的账号'));
    expect(screen.getByText(/和要求的文字不一样/)).toBeInTheDocument();
    const posted = () => asked.filter((request) => request.method === 'POST');
    expect(posted()).toHaveLength(0);
    fireEvent.change(screen.getByLabelText('请输入“注销”确认'), { target: { value: '注销' } });
    fireEvent.click(await button('注销我的账号'));
    await waitFor(() => expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.home }));
    expect(useSession.getState().session).toBeNull();
    expect(Taro.redirectTo).not.toHaveBeenCalled();
    expect(Taro.getStorageSync('apply-draft:01P')).toBe('');
    expect(posted()[0]?.data).toEqual({ confirm: 'ERASE' });
  });

  it('wants what a clerk let in offline handed in first', async () => {
    const asked = script({ 'GET /me': me(), 'POST /me/erase': null });
    Taro.setStorageSync(UNSENT_KEY, JSON.stringify([{}, {}]));
    countUnsent();
    show(<Erase />);
    expect(screen.getByText(/还有 2 笔离线放行没有同步。注销后它们再也交不上来/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '注销我的账号' })).not.toBeInTheDocument();
    fireEvent.click(await button('去窗口核验'));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.staff });
    // Sent meanwhile: now it can be done.
    Taro.removeStorageSync(UNSENT_KEY);
    act(() => void countUnsent());
    expect(await button('注销我的账号')).toBeInTheDocument();
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('tells clerks what ends with the account while nobody can say whether they are one', async () => {
    const asked = script({ 'GET /me': me() });
    show(<Erase />);
    expect(screen.getByText('如果你在窗口核验')).toBeInTheDocument();
    expect(screen.getByText(/停用你的核验手机.*别的手机.*请先在那些手机上同步/)).toBeInTheDocument();
    await waitFor(() => expect(asked.some(({ url }) => url.endsWith('/clerk/devices'))).toBe(true));
    expect(screen.getByText('如果你在窗口核验')).toBeInTheDocument();
  });

  describe('stops phones', () => {
    const at = '2026-11-20T02:00:00.000Z';
    const code = {
      cardId: card().cardId,
      platform: 'weapp',
      enrolledAt: at,
      lastRenewedAt: at,
      current: false,
    };
    const clerk = { staffId: '01JD00000000000000000000S1', staffName: '王芳', invitedAt: at, enrolledAt: at };
    const codes = [
      {
        ...code,
        deviceId: '01JD00000000000000000000D1',
        label: '微信 · iPhone',
        status: 'active',
        revokedAt: null,
      },
      {
        ...code,
        deviceId: '01JD00000000000000000000D0',
        label: '微信 · OPPO',
        status: 'revoked',
        revokedAt: at,
      },
    ];
    const clerks = ['HUAWEI', 'Xiaomi', 'vivo', 'Xiaomi'].map((label, i) => ({
      ...clerk,
      deviceId: `01JD00000000000000000000E${i}`,
      label: `微信 · ${label}`,
      lastSeenAt: '2026-11-23T02:00:00.000Z',
      status: i === 2 ? 'revoked' : 'active',
      revokedAt: null,
    }));

    it('and lists them by name and last use before', async () => {
      script({
        'GET /me': me(),
        'GET /card-code/devices': { items: codes },
        'GET /clerk/devices': { items: clerks },
      });
      Taro.setStorageSync(CLERK_KEY, JSON.stringify({ deviceId: clerks[0]?.deviceId }));
      show(<Erase />);
      expect(await screen.findByText('会马上停用的手机')).toBeInTheDocument();
      expect(await screen.findByText('微信 · iPhone')).toBeInTheDocument();
      expect(screen.getByText(/^出示我的码 · 最近续期 \S/)).toBeInTheDocument();
      expect(screen.getByText('微信 · HUAWEI')).toBeInTheDocument();
      expect(screen.getAllByText(/^窗口核验 · 最近使用/)).toHaveLength(3);
      for (const stopped of ['微信 · OPPO', '微信 · vivo'])
        expect(screen.queryByText(stopped)).not.toBeInTheDocument();
      expect(screen.getAllByText('这台')).toHaveLength(1);
      // What this phone has not sent stands before the page; of the others nobody knows. A name that two share is said once.
      expect(screen.getByText(/^微信 · Xiaomi：上面如果还有离线放行没有同步.*那些手机/)).toBeInTheDocument();
      expect(screen.queryByText('如果你在窗口核验')).not.toBeInTheDocument();
      Taro.removeStorageSync(CLERK_KEY);
    });

    it('of nobody who has none', async () => {
      script({
        'GET /me': me(),
        'GET /card-code/devices': { items: [] },
        'GET /clerk/devices': { items: [] },
      });
      show(<Erase />);
      await waitFor(() => expect(screen.queryByText('如果你在窗口核验')).not.toBeInTheDocument());
      expect(screen.queryByText('会马上停用的手机')).not.toBeInTheDocument();
      expect(screen.queryByText('先在别的核验手机上同步')).not.toBeInTheDocument();
    });
  });
});

describe('devices', () => {
  const device = (n: number, current: boolean) => ({
    sessionId: `01JD000000000000000000003${n}`,
    deviceLabel: current ? 'iPhone 15' : 'HUAWEI Mate 60',
    startedAt: '2026-11-20T02:00:00.000Z',
    lastUsedAt: '2026-11-21T02:00:00.000Z',
    current,
  });
  it('are listed, and a foreign one is ended after a question that names it', async () => {
    let items = [device(1, true), device(2, false)];
    script({
      'GET /sessions': () => ({ items }),
      [`DELETE /sessions/${device(2, false).sessionId}`]: () => {
        items = [device(1, true)];
        return null;
      },
    });
    show(<Sessions />);
    expect(await screen.findByText('这台设备')).toBeInTheDocument();
    fireEvent.click(await button('结束“HUAWEI Mate 60”的登录？'));
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '结束' }));
    await waitFor(() => expect(screen.queryByText('HUAWEI Mate 60')).not.toBeInTheDocument());
    expect(screen.getByText('没有别的设备登录')).toBeInTheDocument();
  });

  it('need a sign-in', () => {
    setSession(null);
    openAt(PAGES.sessions, {}, 0);
    show(<Sessions />);
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: expect.stringContaining(PAGES.signIn) });
  });
});

describe('help', () => {
  it('answers what is asked most and dials the service line', async () => {
    show(<Help />);
    expect(screen.getByText('卡或手机丢了怎么办？')).toBeInTheDocument();
    fireEvent.click(await button(/政务服务热线/));
    expect(Taro.makePhoneCall).toHaveBeenCalledWith({ phoneNumber: '12345' });
  });
});
