import type { Me } from '@talent-card/shared/accounts/schema';
import { card, me, problem, script, show, signedIn } from '@test/script';
import Taro, { openAt, type ScriptedRequest } from '@test/taro';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { PAGES, pageUrl } from '@/platform/pages';
import { rememberPersona } from '@/platform/sandbox';
import { setSession } from '@/platform/session';
import AboutCard from './about';
import CardDetail from './detail';

const id = card().cardId;
const open = (answers: Record<string, unknown>) => {
  signedIn();
  openAt(PAGES.card, { cardId: id });
  const asked = script({ 'GET /me': me(), ...answers });
  show(<CardDetail />);
  return asked;
};

describe('one card', () => {
  it('opens from a deep link only after signing in', () => {
    setSession(null);
    openAt(PAGES.card, { cardId: id }, 0);
    show(<CardDetail />);
    expect(Taro.redirectTo).toHaveBeenCalledWith({
      url: pageUrl('signIn', { next: `${PAGES.card}?cardId=${id}` }),
    });
  });

  it('asks for the real name where there is none', async () => {
    open({ 'GET /me': me({ person: null }) });
    await waitFor(() =>
      expect(Taro.redirectTo).toHaveBeenCalledWith({
        url: pageUrl('realName', { next: `${PAGES.card}?cardId=${id}` }),
      }),
    );
  });

  it('shows face, facts and what is to come', async () => {
    open({ [`GET /cards/${id}`]: card() });
    expect(await screen.findByText('第一类：持有山东惠才卡')).toBeInTheDocument();
    expect(screen.getAllByText('2031年5月20日').length).toBeGreaterThan(0);
    expect(screen.getByText('可以续期')).toBeInTheDocument();
    expect(screen.getByText('2031年2月19日')).toBeInTheDocument();
  });

  it('is reported lost after a question that names it', async () => {
    let status: 'active' | 'lost' = 'active';
    const asked = open({
      [`GET /cards/${id}`]: () => card({ status }),
      'GET /cards/mine': { items: [] },
      [`POST /cards/${id}/report-lost`]: () => {
        status = 'lost';
        return card({ status });
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: '挂失' }));
    const dialog = screen.getByRole('dialog', { name: '把威海英才卡 3710 0821 0063 4185 挂失？' });
    fireEvent.click(within(dialog).getByRole('button', { name: '挂失' }));
    expect(await screen.findByText('这张卡已挂失，现在谁都不能用')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '找到了，解除挂失' })).toBeInTheDocument();
    expect(asked.filter((request) => request.method === 'POST')).toHaveLength(1);
  });

  it('stays as it is when the question is answered with no', async () => {
    const asked = open({ [`GET /cards/${id}`]: card() });
    fireEvent.click(await screen.findByRole('button', { name: '挂失' }));
    fireEvent.click(screen.getByRole('button', { name: '取消' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(asked.some((request) => request.method === 'POST')).toBe(false);
  });

  describe('that was reported lost', () => {
    const NUMBER = '37100219880312241X';
    const found = `POST /cards/${id}/report-found`;
    const lost = (answer: unknown, over: Parameters<typeof me>[0] = {}) => {
      let status: 'lost' | 'active' = 'lost';
      return open({
        'GET /me': me({ sandbox: false, ...over }),
        [`GET /cards/${id}`]: () => card({ status }),
        'GET /cards/mine': { items: [] },
        [found]: (request: ScriptedRequest) => {
          const given = typeof answer === 'function' ? answer(request) : answer;
          if (given !== 'lifted') return given;
          status = 'active';
          return card({ status });
        },
      });
    };
    const sheet = async () => {
      fireEvent.click(await screen.findByRole('button', { name: '找到了，解除挂失' }));
      return within(screen.getByRole('dialog', { name: '解除威海英才卡 3710 0821 0063 4185 的挂失？' }));
    };
    const typeIn = (within: { getByLabelText: (label: string) => HTMLElement }, value: string) =>
      fireEvent.change(within.getByLabelText('证件号码'), { target: { value } });
    const lift = (within: { getByRole: (role: string, by: object) => HTMLElement }) =>
      fireEvent.click(within.getByRole('button', { name: '找到了，解除挂失' }));
    const posts = (asked: ScriptedRequest[]) => asked.filter(({ method }) => method === 'POST');

    it('works again for who types the number of their document', async () => {
      const asked = lost('lifted');
      const dialog = await sheet();
      expect(dialog.getByText(/请输入实名认证时的居民身份证号码/)).toBeInTheDocument();
      typeIn(dialog, '371002 19880312 241x');
      lift(dialog);
      expect(await screen.findByText('已解除挂失，卡可以用了')).toBeInTheDocument();
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
      expect(posts(asked).map(({ data }) => data)).toEqual([{ identityNumber: NUMBER }]);
      // In the body alone: neither in an address nor kept on the phone.
      expect(JSON.stringify(asked.map(({ url }) => url))).not.toContain('241');
      expect(
        JSON.stringify(Taro.getStorageInfoSync().keys.map((key) => Taro.getStorageSync(key))),
      ).not.toContain('241');
    });

    it('asks for nothing that cannot be a number, and says at the field why', async () => {
      const asked = lost('lifted');
      const dialog = await sheet();
      lift(dialog);
      expect(dialog.getByRole('alert')).toHaveTextContent('请填写这一项');
      typeIn(dialog, '371002198803122418');
      expect(dialog.getByRole('alert')).toHaveTextContent('号码有一位不对，请逐位核对');
      lift(dialog);
      expect(posts(asked)).toEqual([]);
    });

    it('tells at the field how many tries are left, and keeps what was typed', async () => {
      const asked = lost({ statusCode: 422, data: problem('IDENTITY_NUMBER_WRONG', { triesLeft: 3 }) });
      const dialog = await sheet();
      typeIn(dialog, NUMBER);
      lift(dialog);
      expect(await dialog.findByRole('alert')).toHaveTextContent('今天还可以试 3 次');
      expect(dialog.getByLabelText('证件号码')).toHaveValue(NUMBER);
      expect(dialog.getByLabelText('证件号码')).toHaveAttribute('aria-invalid', 'true');
      lift(dialog);
      await waitFor(() => expect(posts(asked)).toHaveLength(2));
      const keys = posts(asked).map(({ header }) => header['idempotency-key']);
      expect(new Set(keys).size).toBe(2);
    });

    it('leads to the window once no try is left', async () => {
      lost({ statusCode: 422, data: problem('IDENTITY_NUMBER_WRONG', { triesLeft: 0 }) });
      const dialog = await sheet();
      typeIn(dialog, NUMBER);
      lift(dialog);
      expect(await dialog.findByText(errorTexts.IDENTITY_NUMBER_TOO_MANY_TRIES[0])).toBeInTheDocument();
    });

    it('is asked for once more with the same key after a lost connection', async () => {
      let tries = 0;
      const asked = lost(() => {
        tries += 1;
        if (tries === 1) throw new Error('request:fail');
        return 'lifted';
      });
      const dialog = await sheet();
      typeIn(dialog, NUMBER);
      lift(dialog);
      expect(await dialog.findByText(errorTexts.NETWORK_UNREACHABLE[0])).toBeInTheDocument();
      lift(dialog);
      expect(await screen.findByText('已解除挂失，卡可以用了')).toBeInTheDocument();
      const keys = posts(asked).map(({ header }) => header['idempotency-key']);
      expect(keys).toEqual([expect.any(String), keys[0]]);
    });

    it('says what to do when somebody else was faster', async () => {
      lost({ statusCode: 409, data: problem('CARD_STATE_CONFLICT') });
      const dialog = await sheet();
      typeIn(dialog, NUMBER);
      lift(dialog);
      expect(await dialog.findByText(errorTexts.CARD_STATE_CONFLICT[0])).toBeInTheDocument();
    });

    it('knows the number of the demo person in the sandbox alone', async () => {
      const story = { zh: '', en: '' };
      const persona = { code: '', name: '林海清', identityType: 'resident-id' as const, story };
      rememberPersona({ ...persona, identityNumber: NUMBER });
      lost('lifted', { sandbox: true });
      const dialog = await sheet();
      fireEvent.click(dialog.getByRole('button', { name: '填入演示身份' }));
      expect(dialog.getByLabelText('证件号码')).toHaveValue(NUMBER);
      rememberPersona(null);
    });

    it('asks foreigners for the number of their own document', async () => {
      const person = { ...(me().person as NonNullable<Me['person']>), identityType: 'passport' as const };
      const asked = lost('lifted', { person });
      const dialog = await sheet();
      expect(dialog.getByText(/请输入实名认证时的护照号码/)).toBeInTheDocument();
      expect(dialog.getByText('护照资料页右上角的号码')).toBeInTheDocument();
      typeIn(dialog, 'c01x 00t47');
      lift(dialog);
      await waitFor(() =>
        expect(posts(asked).map(({ data }) => data)).toEqual([{ identityNumber: 'C01X00T47' }]),
      );
    });
  });

  it.each([
    ['suspended', '这张卡已暂停使用', null],
    ['revoked', '这张卡已注销', '申领英才卡'],
    ['expired', '这张卡已到期', '申领英才卡'],
  ] as const)('explains why it is %s', async (status, words, next) => {
    open({ [`GET /cards/${id}`]: card({ status, statusReason: '年度核验未完成' }) });
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(screen.getByText('原因：年度核验未完成')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '挂失' })).not.toBeInTheDocument();
    if (next) expect(screen.getByRole('button', { name: next })).toBeInTheDocument();
  });

  it('is not found when it is not yours, with a retry', async () => {
    open({});
    expect(await screen.findByText(errorTexts.NOT_FOUND[0])).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '重试' })).toBeInTheDocument();
  });
});

describe('what the card is', () => {
  it('is open to guests and marks its sample', () => {
    setSession(null);
    show(<AboutCard />);
    expect(screen.getByText('演示数据')).toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: '我要申领' }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.apply });
  });
});
