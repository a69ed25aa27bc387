import { card, me, problem, script, show, signedIn } from '@test/script';
import Taro, { openAt } from '@test/taro';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { PAGES, pageUrl } from '@/platform/pages';
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

  it('says what to do when somebody else was faster', async () => {
    open({
      [`GET /cards/${id}`]: card({ status: 'lost' }),
      [`POST /cards/${id}/report-found`]: { statusCode: 409, data: problem('CARD_STATE_CONFLICT') },
    });
    fireEvent.click(await screen.findByRole('button', { name: '找到了，解除挂失' }));
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '找到了，解除挂失' }));
    expect(await screen.findByText(errorTexts.CARD_STATE_CONFLICT[0])).toBeInTheDocument();
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
