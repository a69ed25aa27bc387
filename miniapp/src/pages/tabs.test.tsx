import { card, me, problem, script, show, signedIn } from '@test/script';
import Taro, { openAt } from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { PAGES, pageUrl } from '@/platform/pages';
import { setSession } from '@/platform/session';
import Me from './me';
import Messages from './messages';
import Wallet from './wallet';

const cardUrl = pageUrl('card', { cardId: card().cardId });
const base = {
  'GET /me': me(),
  'GET /messages/unread': { unread: 0 },
  'GET /card-applications/mine': { items: [] },
};
beforeEach(() => setSession(null));

describe('the wallet', () => {
  it('asks a guest to sign in and comes back', () => {
    show(<Wallet />);
    fireEvent.click(screen.getByRole('button', { name: '登录' }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('signIn', { next: PAGES.wallet }) });
  });

  it('shows valid cards first and earlier ones apart', async () => {
    signedIn();
    const past = card({ cardId: '01JD0000000000000000000004', status: 'expired' });
    script({ ...base, 'GET /cards/mine': { items: [past, card()] } });
    show(<Wallet />);
    expect(await screen.findByText('过往的卡')).toBeInTheDocument();
    const faces = screen.getAllByRole('button', { name: /威海英才卡/ });
    expect(faces[0]).toHaveAccessibleName(/有效$/);
    expect(faces[1]).toHaveAccessibleName(/已到期$/);
    fireEvent.click(faces[0] as HTMLElement);
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: cardUrl });
  });

  it('is empty with a way on, or with the application under way', async () => {
    signedIn();
    script({ ...base, 'GET /cards/mine': { items: [] } });
    const { unmount } = show(<Wallet />);
    fireEvent.click(await screen.findByRole('button', { name: '申领英才卡' }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.apply });
    unmount();
    const open = { caseId: '01', caseNumber: 'S2026-1124-0071', status: 'in-review' };
    script({ ...base, 'GET /cards/mine': { items: [] }, 'GET /card-applications/mine': { items: [open] } });
    show(<Wallet />);
    fireEvent.click(await screen.findByText('申请正在办理'));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('application', { caseId: '01' }) });
  });

  it('asks for the real name, shows bones, and a failure with a retry', async () => {
    signedIn();
    script({ ...base, 'GET /me': me({ person: null }) });
    const { unmount } = show(<Wallet />);
    expect(screen.getByRole('status', { name: '正在加载' })).toBeInTheDocument();
    expect(await screen.findByRole('button', { name: '去认证' })).toBeInTheDocument();
    unmount();
    script({ ...base, 'GET /cards/mine': { statusCode: 500, data: problem('INTERNAL') } });
    show(<Wallet />);
    expect(await screen.findByText('问题编号 req-1')).toBeInTheDocument();
    script({ ...base, 'GET /cards/mine': { items: [card()] } });
    fireEvent.click(screen.getByRole('button', { name: '重试' }));
    expect(await screen.findByText('3710 0821 0063 4185')).toBeInTheDocument();
  });
});

describe('messages', () => {
  const message = (n: number, over: Record<string, unknown> = {}) => ({
    messageId: `01JD00000000000000000000${String(n).padStart(2, '0')}`,
    kind: 'card-issued',
    params: {},
    link: { type: 'card', id: card().cardId },
    createdAt: '2026-11-24T01:12:00.000Z',
    readAt: null,
    ...over,
  });

  it('are read when opened, and open what they speak of', async () => {
    signedIn();
    const asked = script({
      ...base,
      'GET /messages/unread': { unread: 1 },
      'GET /messages': { items: [message(1)], nextCursor: null },
      [`POST /messages/${message(1).messageId}/read`]: { unread: 0 },
    });
    show(<Messages />);
    fireEvent.click(await screen.findByRole('button', { name: /未读 你的英才卡已发放/ }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: cardUrl });
    await waitFor(() => expect(screen.queryByRole('button', { name: /^未读/ })).not.toBeInTheDocument());
    expect(asked.find((request) => request.method === 'POST')?.header['idempotency-key']).toBeTruthy();
  });

  it('open by themselves where a notice of WeChat leads to one, and not again on the way back', async () => {
    signedIn();
    openAt(PAGES.messages, { open: message(2).messageId });
    script({
      ...base,
      'GET /messages/unread': { unread: 2 },
      'GET /messages': { items: [message(1), message(2)], nextCursor: null },
      [`POST /messages/${message(2).messageId}/read`]: { unread: 1 },
    });
    const page = show(<Messages />);
    await waitFor(() => expect(Taro.navigateTo).toHaveBeenCalledWith({ url: cardUrl }));
    await waitFor(() => expect(screen.getAllByRole('button', { name: /^未读/ })).toHaveLength(1));
    page.unmount();
    show(<Messages />);
    await screen.findAllByRole('button', { name: /你的英才卡已发放/ });
    expect(Taro.navigateTo).toHaveBeenCalledTimes(1);
  });

  it('can all be marked as read', async () => {
    signedIn();
    script({
      ...base,
      'GET /messages/unread': { unread: 2 },
      'GET /messages': { items: [message(1), message(2)], nextCursor: null },
      'POST /messages/read-all': { unread: 0 },
    });
    show(<Messages />);
    fireEvent.click(await screen.findByRole('button', { name: '全部已读' }));
    await waitFor(() => expect(screen.queryByText('2 条未读')).not.toBeInTheDocument());
    expect(screen.queryByRole('button', { name: /^未读/ })).not.toBeInTheDocument();
  });

  it('load page after page and say why something was refused', async () => {
    signedIn();
    const returned = message(2, {
      kind: 'application-returned',
      params: { reason: '缺少盖章页' },
      link: { type: 'application', id: '01JD0000000000000000000009' },
    });
    script({
      ...base,
      'GET /messages': { items: [message(1)], nextCursor: 'c2' },
      'GET /messages?cursor=c2': { items: [returned], nextCursor: null },
    });
    show(<Messages />);
    fireEvent.click(await screen.findByRole('button', { name: '加载更多' }));
    expect(await screen.findByText('原因：缺少盖章页')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '加载更多' })).not.toBeInTheDocument();
  });

  it('are empty with a way on', async () => {
    signedIn();
    script({ ...base, 'GET /messages': { items: [], nextCursor: null } });
    show(<Messages />);
    fireEvent.click(await screen.findByRole('button', { name: '去首页' }));
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.home });
  });

  it('fail with a retry', async () => {
    signedIn();
    script({ ...base, 'GET /messages': { statusCode: 503, data: problem('SERVICE_UNAVAILABLE') } });
    show(<Messages />);
    expect(await screen.findByRole('button', { name: '重试' })).toBeInTheDocument();
  });
});

describe('me', () => {
  it('offers a guest to sign in, and still settings and help', () => {
    show(<Me />);
    expect(screen.getByText('还没有登录')).toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: /^设置/ }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.settings });
  });

  it('shows who is signed in, masked, and the ways to applications and profile', async () => {
    signedIn();
    script({ ...base, 'GET /me': me({ nickname: '海清', maskedPhone: '138****8000' }) });
    show(<Me />);
    expect(await screen.findByText('海清')).toBeInTheDocument();
    expect(screen.getByText('已实名')).toBeInTheDocument();
    expect(screen.getByText(/3710\*+2418/)).toBeInTheDocument();
    expect(screen.getByText('138****8000')).toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: /我的申请/ }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.applications });
  });

  it('leads to the real name while it is not proved', async () => {
    signedIn();
    script({ ...base, 'GET /me': me({ person: null }) });
    show(<Me />);
    fireEvent.click(await screen.findByRole('button', { name: /实名认证/ }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('realName', { next: PAGES.me }) });
  });
});
