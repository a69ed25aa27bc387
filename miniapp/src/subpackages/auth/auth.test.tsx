import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { residentIdCheckDigit } from '@talent-card/shared/validators/resident-id';
import { me, problem, script, session, show, signedIn } from '@test/script';
import Taro, { openAt } from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { PAGES, pageUrl } from '@/platform/pages';
import { setAccountConsent, setSession, useSession } from '@/platform/session';
import ConsentPage from './consent';
import RealName from './real-name';
import SignIn from './sign-in';
import Welcome from './welcome';

const FIRST17 = '37100219880312241';
const GOOD_NUMBER = FIRST17 + residentIdCheckDigit(FIRST17);
const persona = {
  code: 'sandbox:lin',
  name: '林海清',
  identityType: 'resident-id',
  identityNumber: GOOD_NUMBER,
  story: { zh: '在人才库里', en: 'In the roster' },
};
const cardUrl = `${PAGES.card}?cardId=01`;
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

beforeEach(() => {
  setSession(null);
  setAccountConsent(CONSENT_VERSIONS.account);
});

describe('welcome', () => {
  it('says what this is and starts with the consent, keeping where one wanted to go', () => {
    openAt(PAGES.welcome, { next: encodeURIComponent(cardUrl) }, 0);
    show(<Welcome />);
    expect(screen.getByText('一张卡，安心在威海')).toBeInTheDocument();
    fireEvent.click(button('开始使用'));
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: pageUrl('consent', { next: cardUrl }) });
    expect(useSession.getState().welcomed).toBe(true);
  });

  it('lets a guest see what the card is, and speaks English when asked', () => {
    show(<Welcome />);
    fireEvent.click(button('English'));
    fireEvent.click(button('First see what the card is'));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.aboutCard });
  });
});

describe('consent', () => {
  it('names purposes and version, and goes on to the sign-in when agreed', () => {
    setAccountConsent(null);
    show(<ConsentPage />);
    expect(screen.getByText(`版本 ${CONSENT_VERSIONS.account}`)).toBeInTheDocument();
    for (const purpose of ['建立和登录账号', '实名认证', '申领英才卡', '数据比对']) {
      expect(screen.getByText(purpose)).toBeInTheDocument();
    }
    fireEvent.click(button('同意并继续'));
    expect(useSession.getState().accountConsent).toBe(CONSENT_VERSIONS.account);
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: PAGES.signIn });
  });

  it('lets one refuse and look around', () => {
    show(<ConsentPage />);
    fireEvent.click(button('不同意，先看看'));
    expect(useSession.getState().accountConsent).toBeNull();
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.home });
  });
});

describe('sign-in', () => {
  it('asks for the consent first', () => {
    setAccountConsent(null);
    openAt(PAGES.signIn, { next: encodeURIComponent(cardUrl) });
    script({ 'GET /sandbox/personas': { items: [persona] } });
    show(<SignIn />);
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: pageUrl('consent', { next: cardUrl }) });
  });

  it('offers demo persons in the sandbox, clearly marked, and returns to the deep link', async () => {
    openAt(PAGES.signIn, { next: encodeURIComponent(cardUrl) });
    const asked = script({
      'GET /sandbox/personas': { items: [persona] },
      'POST /sessions': session(),
      'GET /me': me(),
    });
    show(<SignIn />);
    expect(await screen.findByText(/沙箱·演示/)).toBeInTheDocument();
    fireEvent.click(button(/以林海清登录/));
    fireEvent.click(button(/以林海清登录/));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalledWith({ url: cardUrl }));
    expect(asked.filter((request) => request.method === 'POST')).toHaveLength(1);
    expect(asked[1]?.data).toEqual({ code: 'sandbox:lin', consentVersion: CONSENT_VERSIONS.account });
  });

  it('goes on to the real name when there is none, and home when there is', async () => {
    script({
      'GET /sandbox/personas': { items: [persona] },
      'POST /sessions': session(),
      'GET /me': me({ person: null }),
    });
    show(<SignIn />);
    fireEvent.click(await screen.findByRole('button', { name: /以林海清登录/ }));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalledWith({ url: PAGES.realName }));
  });

  it('shows no persons where the service is a real one', async () => {
    script({});
    show(<SignIn />);
    expect(await screen.findByText('请在微信里打开')).toBeInTheDocument();
    expect(screen.queryByText(/沙箱/)).not.toBeInTheDocument();
  });

  it('says what went wrong and lets one try again', async () => {
    script({
      'GET /sandbox/personas': { items: [persona] },
      'POST /sessions': { statusCode: 400, data: problem('WECHAT_CODE_INVALID') },
    });
    show(<SignIn />);
    fireEvent.click(await screen.findByRole('button', { name: /以林海清登录/ }));
    expect(await screen.findByText(errorTexts.WECHAT_CODE_INVALID[0])).toBeInTheDocument();
    expect(button(/以林海清登录/)).toBeEnabled();
  });

  it('tells why the last session was ended', async () => {
    setSession(null, 'REFRESH_TOKEN_REUSED');
    script({ 'GET /sandbox/personas': { items: [persona] } });
    show(<SignIn />);
    expect(await screen.findByText(errorTexts.REFRESH_TOKEN_REUSED[0])).toBeInTheDocument();
  });

  it('offers a retry when the service cannot be reached', async () => {
    script({ 'GET /sandbox/personas': { statusCode: 503, data: problem('SERVICE_UNAVAILABLE') } });
    show(<SignIn />);
    expect(await screen.findByText('问题编号 req-1')).toBeInTheDocument();
    script({ 'GET /sandbox/personas': { items: [persona] } });
    fireEvent.click(button('重试'));
    expect(await screen.findByRole('button', { name: /以林海清登录/ })).toBeInTheDocument();
  });
});

describe('real name', () => {
  const answers = { 'GET /me': me({ person: null }), 'GET /sandbox/personas': { items: [persona] } };
  const open = async (more: Record<string, unknown> = {}) => {
    signedIn();
    openAt(PAGES.realName, { next: encodeURIComponent(cardUrl) });
    const asked = script({ ...answers, ...more });
    show(<RealName />);
    await screen.findByLabelText('姓名');
    return asked;
  };
  const fillIn = () => {
    type('姓名', '林海清');
    type('证件号码', GOOD_NUMBER);
    fireEvent.click(screen.getByRole('checkbox'));
  };

  it('judges the number while it is typed and the name when it is left', async () => {
    await open();
    type('证件号码', `${FIRST17}${GOOD_NUMBER.endsWith('1') ? '2' : '1'}`);
    expect(screen.getByText('号码有一位不对，请逐位核对')).toBeInTheDocument();
    type('证件号码', GOOD_NUMBER);
    expect(screen.queryByText('号码有一位不对，请逐位核对')).not.toBeInTheDocument();
    type('姓名', '林1');
    expect(screen.queryByText(/请照证件填写姓名/)).not.toBeInTheDocument();
    fireEvent.blur(screen.getByLabelText('姓名'));
    expect(screen.getByText(/请照证件填写姓名/)).toBeInTheDocument();
  });

  it('asks for the consent of this purpose before anything is sent', async () => {
    const asked = await open();
    type('姓名', '林海清');
    type('证件号码', GOOD_NUMBER);
    fireEvent.click(button('提交认证'));
    expect(screen.getByText('请先勾选同意，再提交')).toBeInTheDocument();
    expect(asked.some((request) => request.method === 'POST')).toBe(false);
  });

  it('proves the name and goes where one wanted to go', async () => {
    const asked = await open({ 'POST /me/real-name': me() });
    fillIn();
    fireEvent.click(button('提交认证'));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalledWith({ url: cardUrl }));
    const sent = asked.find((request) => request.method === 'POST');
    expect(sent?.data).toEqual({
      name: '林海清',
      identityType: 'resident-id',
      identityNumber: GOOD_NUMBER,
      consentVersion: CONSENT_VERSIONS['real-name'],
    });
    expect(sent?.header['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    ['REAL_NAME_NOT_FOUND', 422],
    ['REAL_NAME_MISMATCH', 422],
    ['REAL_NAME_TOO_MANY_TRIES', 429],
    ['REAL_NAME_BOUND_ELSEWHERE', 409],
  ] as const)('words %s and keeps what was typed', async (code, statusCode) => {
    await open({ 'POST /me/real-name': { statusCode, data: problem(code) } });
    fillIn();
    fireEvent.click(button('提交认证'));
    expect(await screen.findByText(errorTexts[code][0])).toBeInTheDocument();
    expect(screen.getByLabelText('姓名')).toHaveValue('林海清');
    expect(screen.getByLabelText('证件号码')).toHaveValue(GOOD_NUMBER);
    type('姓名', '林海');
    expect(screen.queryByText(errorTexts[code][0])).not.toBeInTheDocument();
  });

  it('shows what the service says of a field at the field', async () => {
    const fields = [{ path: 'name', code: 'NAME_CHARACTERS' }];
    await open({ 'POST /me/real-name': { statusCode: 400, data: problem('VALIDATION_FAILED', { fields }) } });
    fillIn();
    fireEvent.click(button('提交认证'));
    expect(await screen.findByText(/请照证件填写姓名/)).toBeInTheDocument();
  });

  it('asks foreigners for date of birth and nationality, and sends both', async () => {
    const asked = await open({ 'POST /me/real-name': me() });
    const posted = () => asked.find((request) => request.method === 'POST')?.data;
    expect(screen.queryByLabelText('出生日期')).not.toBeInTheDocument();
    expect(screen.queryByLabelText(/国籍/)).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('radio', { name: '护照' }));
    type('姓名', 'Anna Berg');
    type('证件号码', 'P1234567');
    fireEvent.click(screen.getByRole('checkbox'));
    fireEvent.click(button('提交认证'));
    expect(screen.getAllByText('请填写这一项')).toHaveLength(2);
    type('出生日期', '1990-04-01');
    fireEvent.click(button('提交认证'));
    expect(screen.getByText('请填写这一项')).toBeInTheDocument();
    expect(posted()).toBeUndefined();
    fireEvent.click(button('国籍：请选择'));
    type('搜索国家或地区', 'germ');
    fireEvent.click(screen.getByRole('radio', { name: '德国' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.queryByText('请填写这一项')).not.toBeInTheDocument();
    fireEvent.click(button('提交认证'));
    await waitFor(() =>
      expect(posted()).toMatchObject({
        identityType: 'passport',
        birthDate: '1990-04-01',
        nationality: 'DEU',
      }),
    );
  });

  it('keeps the nationality while one looks at another document, and sends none for residents', async () => {
    const asked = await open({ 'POST /me/real-name': me() });
    fireEvent.click(screen.getByRole('radio', { name: '外国人永久居留身份证' }));
    fireEvent.click(button('国籍：请选择'));
    fireEvent.click(screen.getByRole('radio', { name: '韩国' }));
    fireEvent.click(screen.getByRole('radio', { name: '居民身份证' }));
    fireEvent.click(screen.getByRole('radio', { name: '护照' }));
    expect(button('国籍：韩国')).toBeInTheDocument();
    fireEvent.click(screen.getByRole('radio', { name: '居民身份证' }));
    type('姓名', '林海清');
    type('证件号码', GOOD_NUMBER);
    fireEvent.click(screen.getByRole('checkbox'));
    fireEvent.click(button('提交认证'));
    await waitFor(() => expect(asked.some((request) => request.method === 'POST')).toBe(true));
    expect(asked.find((request) => request.method === 'POST')?.data).not.toHaveProperty('nationality');
  });

  it('shows at the field what the service says of the nationality', async () => {
    await open({
      'POST /me/real-name': {
        statusCode: 400,
        data: problem('VALIDATION_FAILED', { fields: [{ path: 'nationality', code: 'FORMAT' }] }),
      },
    });
    fireEvent.click(screen.getByRole('radio', { name: '护照' }));
    type('姓名', 'Anna Berg');
    type('证件号码', 'P1234567');
    type('出生日期', '1990-04-01');
    fireEvent.click(button('国籍：请选择'));
    fireEvent.click(screen.getByRole('radio', { name: '德国' }));
    fireEvent.click(screen.getByRole('checkbox'));
    fireEvent.click(button('提交认证'));
    expect(await screen.findByText('格式不对，请检查后重填')).toBeInTheDocument();
  });

  it('fills in all of a foreign demo identity', async () => {
    const anna = {
      ...persona,
      name: 'ANNA BERG',
      identityType: 'passport',
      identityNumber: 'C01X00T47',
      birthDate: '1984-09-30',
      nationality: 'DEU',
    };
    await open({ 'GET /sandbox/personas': { items: [anna] } });
    fireEvent.click(await screen.findByRole('button', { name: '填入演示身份' }));
    expect(screen.getByLabelText('出生日期')).toHaveValue('1984-09-30');
    expect(button('国籍：德国')).toBeInTheDocument();
  });

  it('fills in the demo identity in the sandbox only', async () => {
    await open();
    fireEvent.click(await screen.findByRole('button', { name: '填入演示身份' }));
    expect(screen.getByLabelText('证件号码')).toHaveValue(GOOD_NUMBER);
  });

  it('offers no demo identity where the service is a real one', async () => {
    await open({ 'GET /me': me({ person: null, sandbox: false }) });
    expect(screen.queryByRole('button', { name: '填入演示身份' })).not.toBeInTheDocument();
  });

  it('asks nothing of somebody whose name is proved already', async () => {
    signedIn();
    script({ 'GET /me': me() });
    show(<RealName />);
    expect(await screen.findByText('你已完成实名认证')).toBeInTheDocument();
    fireEvent.click(button('继续'));
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.home });
  });

  it('leads a guest to the sign-in and back', () => {
    openAt(PAGES.realName, {}, 0);
    show(<RealName />);
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: pageUrl('signIn', { next: PAGES.realName }) });
  });
});
