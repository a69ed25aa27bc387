import { card, me, problem, script, show, signedIn } from '@test/script';
import { BOOKING_ID, booking, offered, WAITING_ID, waiting } from '@test/services';
import Taro from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { clock } from '@/platform/clock';
import { PAGES, pageUrl } from '@/platform/pages';
import { setSession, setWelcomed, useSession } from '@/platform/session';
import { setElder } from '@/platform/theme';
import { useHall } from '../services/hall';
import Home from '.';
import { greetingAt } from './greeting';

const application = {
  caseId: '01JD0000000000000000000009',
  caseNumber: 'S2026-1124-0071',
  type: 'card',
  status: 'in-review',
  submittedAt: '2026-11-20T02:00:00.000Z',
  updatedAt: '2026-11-20T02:00:00.000Z',
  currentStep: { zh: '高区人社局初审', en: 'First review' },
  dueOn: '2026-11-27',
  workingDaysLeft: 3,
  overdue: false,
  version: 1,
  category: '1',
};
const service = (over: Record<string, unknown> = {}) =>
  script({
    'GET /me': me(),
    'GET /cards/mine': { items: [] },
    'GET /card-applications/mine': { items: [] },
    'GET /messages/unread': { unread: 2 },
    ...over,
  });
const button = (name: string | RegExp) => screen.findByRole('button', { name });

beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(new Date('2026-11-24T01:12:00.000Z'));
  setSession(null);
  setWelcomed();
});
afterEach(() => {
  jest.restoreAllMocks();
  setElder(false);
});

describe('home', () => {
  it('opens with the welcome the very first time', () => {
    useSession.setState({ welcomed: false });
    show(<Home />);
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: PAGES.welcome });
  });

  it('greets a guest and asks the service nothing', async () => {
    const asked = service();
    show(<Home />);
    expect(screen.getByText('上午好')).toBeInTheDocument();
    expect(screen.getByText(/周二 · 11月24日/)).toBeInTheDocument();
    fireEvent.click(await button('登录'));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.signIn });
    expect(asked).toHaveLength(0);
  });

  it('shows what comes next, and an offer with what is left of it', async () => {
    signedIn();
    service({
      'GET /cards/mine': { items: [card()] },
      'GET /bookings/mine': { items: [booking()], nextCursor: null },
      'GET /waiting/mine': { items: [offered(), waiting({ waitingId: 'W2' })] },
    });
    show(<Home />);
    const offer = await button(/机场贵宾候机有空位了/);
    expect(offer).toHaveTextContent('25:00');
    fireEvent.click(offer);
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('waiting', { waitingId: WAITING_ID }) });
    fireEvent.click(await button(/^08:00 ?明天/));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('booking', { bookingId: BOOKING_ID }) });
  });

  it('opens the service hall with a group chosen', async () => {
    service();
    show(<Home />);
    fireEvent.click(await button('医疗'));
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.services });
    expect(useHall.getState().group).toBe('medical');
  });

  it('keeps the card when bookings do not load', async () => {
    signedIn();
    service({
      'GET /cards/mine': { items: [card()] },
      'GET /bookings/mine': { statusCode: 500, data: problem('INTERNAL') },
      'GET /waiting/mine': { statusCode: 500, data: problem('INTERNAL') },
    });
    show(<Home />);
    expect(await screen.findByText('3710 0821 0063 4185')).toBeInTheDocument();
    expect(screen.queryByText('接下来')).not.toBeInTheDocument();
  });

  it('shows bones while it loads', () => {
    signedIn();
    service({ 'GET /me': () => new Promise(() => undefined) });
    show(<Home />);
    expect(screen.getByRole('status', { name: '正在加载' })).toBeInTheDocument();
  });

  it('shows the card and opens it', async () => {
    signedIn();
    service({ 'GET /cards/mine': { items: [card()] } });
    show(<Home />);
    fireEvent.click(await button(/威海英才卡，卡号 3710 0821 0063 4185.*有效$/));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('card', { cardId: card().cardId }) });
    expect(screen.getByText('上午好，林海清')).toBeInTheDocument();
    expect(screen.queryByText('申领威海英才卡')).not.toBeInTheDocument();
  });

  it('says that a paused card cannot be used', async () => {
    signedIn();
    service({ 'GET /cards/mine': { items: [card({ status: 'suspended' })] } });
    show(<Home />);
    expect(await screen.findByText('这张卡现在不能用')).toBeInTheDocument();
  });

  it('leads somebody without a proven name there first', async () => {
    signedIn();
    const asked = service({ 'GET /me': me({ person: null }) });
    show(<Home />);
    fireEvent.click(await button('去认证'));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.realName });
    expect(asked.some((request) => request.url.includes('/cards'))).toBe(false);
  });

  it('offers to apply when there is neither card nor application', async () => {
    signedIn();
    service();
    show(<Home />);
    fireEvent.click(await button('开始申领'));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.apply });
  });

  it('says what an application waits for and until when', async () => {
    signedIn();
    service({ 'GET /card-applications/mine': { items: [application] } });
    show(<Home />);
    expect(await screen.findByText('等待高区人社局初审')).toBeInTheDocument();
    expect(screen.getByText('预计 11月27日 前完成')).toBeInTheDocument();
    expect(screen.getByText('还有 3 个工作日')).toBeInTheDocument();
    fireEvent.click(await button('查看进度'));
    expect(Taro.navigateTo).toHaveBeenCalledWith({
      url: pageUrl('application', { caseId: application.caseId }),
    });
  });

  it('asks for a correction, owns up to being late, and explains a refusal', async () => {
    signedIn();
    service({ 'GET /card-applications/mine': { items: [{ ...application, status: 'returned' }] } });
    const { unmount } = show(<Home />);
    expect(await screen.findByText('申请需要补正')).toBeInTheDocument();
    unmount();
    service({ 'GET /card-applications/mine': { items: [{ ...application, overdue: true }] } });
    const late = show(<Home />);
    expect(await screen.findByText(/已超过期限/)).toBeInTheDocument();
    late.unmount();
    service({ 'GET /card-applications/mine': { items: [{ ...application, status: 'rejected' }] } });
    show(<Home />);
    expect(await screen.findByText('上次申请未通过')).toBeInTheDocument();
    expect(await button('开始申领')).toBeInTheDocument();
  });

  it('shows a failure with its number and loads again', async () => {
    signedIn();
    service({ 'GET /cards/mine': { statusCode: 500, data: problem('INTERNAL') } });
    show(<Home />);
    expect(await screen.findByText('问题编号 req-1')).toBeInTheDocument();
    service({ 'GET /cards/mine': { items: [card()] } });
    fireEvent.click(await button('重试'));
    expect(await screen.findByText('3710 0821 0063 4185')).toBeInTheDocument();
  });

  it('shows unread messages on the tab and switches there', async () => {
    signedIn();
    service();
    show(<Home />);
    fireEvent.click(await button('消息，2 条未读'));
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.messages });
  });

  it('keeps to what can be done today in elder mode', async () => {
    signedIn();
    service({ 'GET /cards/mine': { items: [card()] } });
    setElder(true);
    const { container } = show(<Home />);
    await screen.findByText('3710 0821 0063 4185');
    expect(container.firstChild).toHaveClass('elder');
    expect(screen.queryByText('即将开通')).not.toBeInTheDocument();
  });

  it('marks demo data', async () => {
    signedIn();
    service({ 'GET /cards/mine': { items: [card({ demo: true })] } });
    show(<Home />);
    await waitFor(() => expect(screen.getByText('演示数据')).toBeInTheDocument());
  });
});

describe('the greeting', () => {
  it.each([
    [4, 'evening'],
    [5, 'early'],
    [9, 'morning'],
    [12, 'noon'],
    [14, 'afternoon'],
    [18, 'evening'],
    [23, 'evening'],
  ] as const)('at %i is %s', (hour, greeting) => expect(greetingAt(hour)).toBe(greeting));
});
