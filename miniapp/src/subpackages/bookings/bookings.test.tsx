import { card, me, problem, script, show, signedIn } from '@test/script';
import {
  BOOKING_ID,
  booking,
  CHANNEL_ID,
  missed,
  NOW,
  offered,
  VENUE_ID,
  WAITING_ID,
  waiting,
} from '@test/services';
import Taro, { openAt, type ScriptedRequest } from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { clock } from '@/platform/clock';
import { chooseLocale } from '@/platform/i18n';
import { PAGES, pageUrl } from '@/platform/pages';
import { setSession } from '@/platform/session';
import BookingPage from './detail';
import Bookings from './list';
import StandingPage from './standing';
import WaitingPage from './waiting';

const NO_POINTS = { points: 0, limit: 3, pausedUntil: null, items: [] };
const alert = {
  alertId: '01JD00000000000000000000A1',
  channel: booking().channel,
  venue: { venueId: VENUE_ID, name: booking().venue.name },
  from: '2026-11-25',
  to: '2026-11-27',
  toldAt: null,
};
const service = (over: Record<string, unknown> = {}) =>
  script({
    'GET /me': me(),
    'GET /cards/mine': { items: [card()] },
    'GET /bookings/mine?when=upcoming': { items: [booking()], nextCursor: null },
    'GET /bookings/mine?when=past': { items: [], nextCursor: null },
    'GET /bookings/standing': NO_POINTS,
    'GET /waiting/mine': { items: [] },
    'GET /vacancy-alerts': { items: [] },
    [`GET /bookings/${BOOKING_ID}`]: booking(),
    ...over,
  });
const tap = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
/** The button of a dialog that stands after the one of the page. */
const tapLast = async (name: string) => {
  const buttons = await screen.findAllByRole('button', { name });
  fireEvent.click(buttons[buttons.length - 1] as HTMLElement);
};
const posts = (asked: ScriptedRequest[]) => asked.filter(({ method }) => method !== 'GET');

beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(NOW);
  signedIn();
});
afterEach(() => jest.restoreAllMocks());

describe('my bookings', () => {
  beforeEach(() => openAt(PAGES.bookings));

  it('say when as people do, with offers first and points where there are some', async () => {
    service({
      'GET /waiting/mine': { items: [waiting({ waitingId: 'W2' }), offered(), waiting({ status: 'left' })] },
      'GET /bookings/standing': { ...NO_POINTS, points: 1 },
    });
    show(<Bookings />);
    expect(await screen.findByRole('button', { name: /^08:00 ?明天 ?机场贵宾候机/ })).toBeInTheDocument();
    const [first, second] = await screen.findAllByRole('button', { name: /明天 10:00/ });
    expect(first).toHaveTextContent('剩 25:00');
    expect(second).toHaveTextContent('前面还有 2 人');
    expect(screen.queryByText('已退出')).not.toBeInTheDocument();
    expect(screen.getByText('1 分，满 3 分暂停预约')).toBeInTheDocument();
    fireEvent.click(first as HTMLElement);
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('waiting', { waitingId: WAITING_ID }) });
  });

  it('load page after page', async () => {
    service({
      'GET /bookings/mine?when=upcoming': { items: [booking()], nextCursor: 'c2' },
      'GET /bookings/mine?when=upcoming&cursor=c2': {
        items: [
          booking({ bookingId: 'B2', serviceDate: '2026-12-02', startsAt: '2026-12-02T00:00:00.000Z' }),
        ],
        nextCursor: null,
      },
    });
    show(<Bookings />);
    await tap('加载更多');
    expect(await screen.findByRole('button', { name: /周三 ?12月2日/ })).toBeInTheDocument();
  });

  it('are empty with a way on, past ones too', async () => {
    service({ 'GET /bookings/mine?when=upcoming': { items: [], nextCursor: null } });
    show(<Bookings />);
    await tap('去服务大厅');
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.services });
    fireEvent.click(screen.getByRole('radio', { name: '过去的' }));
    expect(await screen.findByText('没有过去的预约')).toBeInTheDocument();
  });

  it('show bones, then fail with a retry', async () => {
    service({ 'GET /bookings/mine?when=upcoming': { statusCode: 500, data: problem('INTERNAL') } });
    show(<Bookings />);
    expect(screen.getByRole('status', { name: '正在加载' })).toBeInTheDocument();
    expect(await screen.findByText(errorTexts.INTERNAL[0])).toBeInTheDocument();
    service();
    await tap('重试');
    expect(await screen.findByText('已约好')).toBeInTheDocument();
  });

  it('end an alert', async () => {
    let items = [alert];
    const asked = service({
      'GET /vacancy-alerts': () => ({ items }),
      [`DELETE /vacancy-alerts/${alert.alertId}`]: () => {
        items = [];
        return null;
      },
    });
    show(<Bookings />);
    expect(await screen.findByText('明天到周五 11月27日有空位时告诉你')).toBeInTheDocument();
    await tap('取消机场贵宾候机的空位提醒');
    await waitFor(() => expect(screen.queryByText('空位提醒')).not.toBeInTheDocument());
    expect(posts(asked)[0]?.header['idempotency-key']).toBeTruthy();
  });

  it('lead somebody who is not signed in there and back', async () => {
    setSession(null);
    service();
    show(<Bookings />);
    await waitFor(() =>
      expect(Taro.redirectTo).toHaveBeenCalledWith({ url: pageUrl('signIn', { next: PAGES.bookings }) }),
    );
  });
});

describe('one booking', () => {
  beforeEach(() => openAt(PAGES.booking, { bookingId: BOOKING_ID }));

  it('says that it is done, with the number to tell, and shows the code', async () => {
    openAt(PAGES.booking, { bookingId: BOOKING_ID, fresh: '1' });
    service();
    show(<BookingPage />);
    expect(await screen.findByText('约好了')).toBeInTheDocument();
    expect(screen.getByText('4821 0537')).toBeInTheDocument();
    // Only WeChat sends such messages.
    expect(screen.queryByText('开启微信提醒')).not.toBeInTheDocument();
    await tap('出示英才码');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.code });
  });

  it('is moved in the picker, and cancelled after a question that names it', async () => {
    const cancelled = booking({ status: 'cancelled', cancelledBy: 'holder', mayCancel: false });
    const asked = service({ [`POST /bookings/${BOOKING_ID}/cancel`]: cancelled });
    show(<BookingPage />);
    await tap('改期');
    expect(Taro.navigateTo).toHaveBeenCalledWith({
      url: pageUrl('slots', { channelId: CHANNEL_ID, venueId: VENUE_ID, bookingId: BOOKING_ID }),
    });
    await tap('取消预约');
    expect(screen.getByText('取消明天 08:00–10:00的“机场贵宾候机”？')).toBeInTheDocument();
    await tapLast('取消预约');
    expect(await screen.findByText('你取消了这个预约，次数已退回。')).toBeInTheDocument();
    expect(posts(asked)).toHaveLength(1);
    await tap('再约一次');
    expect(Taro.navigateTo).toHaveBeenCalledWith({
      url: pageUrl('slots', { channelId: CHANNEL_ID, venueId: VENUE_ID }),
    });
  });

  it('says whom to call when it is too late to change it', async () => {
    service({ [`GET /bookings/${BOOKING_ID}`]: booking({ mayCancel: false, mayReschedule: false }) });
    show(<BookingPage />);
    expect(await screen.findByText(/来不了请打电话给场馆/)).toBeInTheDocument();
    await tap(/打电话给场馆/);
    expect(Taro.makePhoneCall).toHaveBeenCalledWith({ phoneNumber: '06310000000' });
  });

  it('shows what the service said when it refused to cancel', async () => {
    service({
      [`POST /bookings/${BOOKING_ID}/cancel`]: { statusCode: 409, data: problem('BOOKING_TOO_LATE') },
    });
    show(<BookingPage />);
    await tap('取消预约');
    await tapLast('取消预约');
    expect(await screen.findByText(errorTexts.BOOKING_TOO_LATE[0])).toBeInTheDocument();
  });

  it('says until when a held one may be cancelled, also where a sure one may not any more', async () => {
    const cancelUntil = '2026-11-24T00:30:00.000Z';
    service({ [`GET /bookings/${BOOKING_ID}`]: booking({ status: 'held', caseId: 'Q1', cancelUntil }) });
    show(<BookingPage />);
    expect(await screen.findByText('明天 08:00 前可取消')).toBeInTheDocument();
  });

  it('leads from a held one to its review, and says why the place cancelled', async () => {
    service({ [`GET /bookings/${BOOKING_ID}`]: booking({ status: 'held', caseId: 'Q1' }) });
    const { unmount } = show(<BookingPage />);
    await tap('查看审核进度');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('request', { caseId: 'Q1' }) });
    unmount();
    service({
      [`GET /bookings/${BOOKING_ID}`]: booking({
        status: 'cancelled',
        cancelledBy: 'venue',
        reason: '设备检修',
      }),
    });
    show(<BookingPage />);
    expect(await screen.findByText('设备检修')).toBeInTheDocument();
    expect(screen.getByText(/很抱歉，请另约时间/)).toBeInTheDocument();
  });

  it('keeps an appeal that is being written, and sends it once', async () => {
    const standing = {
      ...NO_POINTS,
      points: 1,
      items: [{ booking: missed(), pointsUntil: '2027-02-16', mayAppeal: true }],
    };
    const asked = service({
      [`GET /bookings/${BOOKING_ID}`]: missed(),
      'GET /bookings/standing': standing,
      [`POST /bookings/${BOOKING_ID}/appeal`]: missed({
        appeal: { status: 'open', reason: '船停航了', answer: null },
      }),
    });
    const { unmount } = show(<BookingPage />);
    await tap('申诉');
    await tap('提交申诉');
    expect(screen.getByText('请写几句原因，再提交')).toBeInTheDocument();
    fireEvent.change(screen.getByRole('textbox', { name: '申诉' }), { target: { value: '船停航了' } });
    unmount();
    show(<BookingPage />);
    await tap('申诉');
    expect(screen.getByRole('textbox', { name: '申诉' })).toHaveValue('船停航了');
    await tap('提交申诉');
    expect(await screen.findByText('申诉正在处理')).toBeInTheDocument();
    expect(posts(asked).map(({ data }) => data)).toEqual([{ reason: '船停航了' }]);
    expect(Taro.getStorageInfoSync().keys.some((key) => key.includes('appeal'))).toBe(false);
  });

  it('is not found for somebody else', async () => {
    service({ [`GET /bookings/${BOOKING_ID}`]: { statusCode: 404, data: problem('NOT_FOUND') } });
    show(<BookingPage />);
    expect(await screen.findByText(errorTexts.NOT_FOUND[0])).toBeInTheDocument();
  });

  it('speaks English', async () => {
    chooseLocale('en');
    service();
    show(<BookingPage />);
    expect(await screen.findByText('Tomorrow')).toBeInTheDocument();
    expect(screen.getByText('Free to cancel until: Tomorrow, 07:00')).toBeInTheDocument();
  });
});

describe('a place in line', () => {
  beforeEach(() => openAt(PAGES.waiting, { waitingId: WAITING_ID }));

  it('says how many stand before, and lets one leave', async () => {
    let items = [waiting()];
    const asked = service({
      'GET /waiting/mine': () => ({ items }),
      [`POST /waiting/${WAITING_ID}/leave`]: () => {
        items = [waiting({ status: 'left' })];
        return items[0];
      },
    });
    show(<WaitingPage />);
    expect(await screen.findByText('前面还有 2 人')).toBeInTheDocument();
    await tap('退出排队');
    await tapLast('退出排队');
    expect(await screen.findByText(/你已退出排队。/)).toBeInTheDocument();
    expect(posts(asked)).toHaveLength(1);
  });

  it.each([
    ['2026-11-24T04:00:00.000Z', /今天 12:00 前，空出的名额先为你们凑齐/],
    ['2026-11-24T01:00:00.000Z', /空出的名额先给人数合适的人/],
  ])('tells a pair what is kept for them, and until when nobody overtakes them: %s', async (until, words) => {
    const pair = waiting({ companions: 1, ahead: 0, kept: 1, inOrderUntil: until });
    service({ 'GET /waiting/mine': { items: [pair] } });
    show(<WaitingPage />);
    expect(await screen.findByText('已为你们留出 1 个，还差 1 个。')).toBeInTheDocument();
    expect(screen.getByText(words)).toBeInTheDocument();
  });

  it('counts an offer down and takes it', async () => {
    service({
      'GET /waiting/mine': { items: [offered()] },
      [`POST /waiting/${WAITING_ID}/accept`]: booking(),
    });
    show(<WaitingPage />);
    expect(await screen.findByText('剩 25:00')).toBeInTheDocument();
    expect(screen.getByText('请在今天 09:37 前确认，过时会让给下一位。')).toBeInTheDocument();
    await tap('就要这个位置');
    await waitFor(() =>
      expect(Taro.redirectTo).toHaveBeenCalledWith({
        url: pageUrl('booking', { bookingId: BOOKING_ID, fresh: '1' }),
      }),
    );
  });

  it('says that an offer has ended, and what to do', async () => {
    service({
      'GET /waiting/mine': { items: [offered({ offeredUntil: '2026-11-24T01:00:00.000Z' })] },
    });
    show(<WaitingPage />);
    expect(await screen.findByRole('button', { name: '就要这个位置' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });

  it('explains a refusal: somebody else has it', async () => {
    service({
      'GET /waiting/mine': { items: [offered()] },
      [`POST /waiting/${WAITING_ID}/accept`]: { statusCode: 409, data: problem('OFFER_ENDED') },
    });
    show(<WaitingPage />);
    await tap('就要这个位置');
    expect(await screen.findByText(errorTexts.OFFER_ENDED[0])).toBeInTheDocument();
  });

  it.each([
    ['card', /你的卡暂停或挂失了/, '看看我的卡', PAGES.wallet],
    ['channel', /这个通道现在不对你开放/, '看通道说明', pageUrl('channel', waiting().channel)],
    ['quota', /你的次数已用完，或都留给了别的预约/, '查看我的预约', PAGES.bookings],
    ['overlap', /你在这个时间另有预约或空位待确认/, '查看我的预约', PAGES.bookings],
    ['pause', /因爽约，你的预约暂停了/, '爽约记录', PAGES.standing],
  ] as const)(
    'says why it is passed over, and where that can be changed: %s',
    async (reason, words, label, url) => {
      service({ 'GET /waiting/mine': { items: [waiting({ reason, companions: 1, ahead: 0 })] } });
      show(<WaitingPage />);
      expect(await screen.findByText(words)).toBeInTheDocument();
      expect(screen.getByText('暂时跳过')).toBeInTheDocument();
      expect(screen.queryByText('你是第 1 位')).toBeNull();
      expect(screen.getByRole('button', { name: '退出排队' })).toBeInTheDocument();
      await tap(label);
      expect(Taro.navigateTo).toHaveBeenCalledWith({ url });
    },
  );

  it('says that it ended with the card', async () => {
    service({ 'GET /waiting/mine': { items: [waiting({ status: 'lapsed', reason: 'card' })] } });
    show(<WaitingPage />);
    expect(await screen.findByText(/你现在没有有效的卡，候补随之结束。/)).toBeInTheDocument();
  });

  it('has a way on when it is over or unknown', async () => {
    service({ 'GET /waiting/mine': { items: [waiting({ status: 'lapsed' })] } });
    const { unmount } = show(<WaitingPage />);
    await tap('看看别的时段');
    unmount();
    service();
    show(<WaitingPage />);
    await tap('查看我的预约');
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: PAGES.bookings });
  });
});

describe('missed visits', () => {
  beforeEach(() => openAt(PAGES.standing));

  it('show points, the pause and the way to an appeal', async () => {
    service({
      'GET /bookings/standing': {
        points: 3,
        limit: 3,
        pausedUntil: '2026-12-18',
        items: [{ booking: missed(), pointsUntil: '2027-02-16', mayAppeal: true }],
      },
    });
    show(<StandingPage />);
    expect(await screen.findByText('3 分')).toBeInTheDocument();
    expect(screen.getByText(/预约暂停到12月18日/)).toBeInTheDocument();
    expect(screen.getByText('这一分到2027年2月16日消除')).toBeInTheDocument();
    await tap('申诉');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('booking', { bookingId: BOOKING_ID }) });
  });

  it('thank whoever has none, and fail with a retry', async () => {
    service();
    const { unmount } = show(<StandingPage />);
    expect(await screen.findByText('没有爽约')).toBeInTheDocument();
    unmount();
    service({ 'GET /bookings/standing': { statusCode: 500, data: problem('INTERNAL') } });
    show(<StandingPage />);
    await waitFor(() => expect(screen.queryByText('没有爽约')).toBeInTheDocument());
  });
});
