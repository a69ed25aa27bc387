import { card, me, problem, script, show, signedIn } from '@test/script';
import { CHANNEL_ID, channel, entitlement, NOW } from '@test/services';
import Taro, { openAt } from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { clock } from '@/platform/clock';
import { PAGES, pageUrl } from '@/platform/pages';
import { setSession } from '@/platform/session';
import { recentChannels } from '@/services/channels';
import ChannelPage from '.';

const service = (over: Record<string, unknown> = {}) =>
  script({
    'GET /me': me(),
    'GET /cards/mine': { items: [card()] },
    [`GET /channels/${CHANNEL_ID}`]: channel(),
    [`GET /entitlements/${CHANNEL_ID}`]: entitlement(),
    ...over,
  });
const tap = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const here = pageUrl('channel', { channelId: CHANNEL_ID });

beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(NOW);
  openAt(PAGES.channel, { channelId: CHANNEL_ID });
  setSession(null);
});
afterEach(() => jest.restoreAllMocks());

describe('the page of a channel', () => {
  it('shows the five blocks, whether the place is open, and the balance', async () => {
    signedIn();
    service();
    show(<ChannelPage />);
    expect(await screen.findByText('今年还可用')).toBeInTheDocument();
    expect(screen.getByText('3/12')).toBeInTheDocument();
    expect(screen.getByText('2027年1月1日恢复')).toBeInTheDocument();
    for (const block of ['贵宾候机、优先安检', '持有效英才卡', '预约后到前台亮码', '出发前 2 小时可约']) {
      expect(screen.getByText(block)).toBeInTheDocument();
    }
    expect(screen.getByText('正在营业，到 22:00')).toBeInTheDocument();
    expect(screen.getAllByText('演示数据').length).toBeGreaterThan(0);
    await tap(/^服务热线/);
    expect(Taro.makePhoneCall).toHaveBeenCalledWith({ phoneNumber: '063112345' });
    await tap('选择时间');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('slots', { channelId: CHANNEL_ID }) });
    expect(recentChannels()).toEqual([CHANNEL_ID]);
  });

  it('is public, and leads from its action to the sign-in and back', async () => {
    const asked = service();
    show(<ChannelPage />);
    expect(await screen.findByText('登录后看你的余次和条件')).toBeInTheDocument();
    await tap('登录后使用');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('signIn', { next: here }) });
    await tap('先看看时间');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('slots', { channelId: CHANNEL_ID }) });
    expect(asked).toHaveLength(1);
  });

  it('asks for the real name where it is not proved', async () => {
    signedIn();
    service({ 'GET /me': me({ person: null }) });
    show(<ChannelPage />);
    await tap('完成实名认证后使用');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('realName', { next: here }) });
  });

  it.each([
    ['HOLDS_CARD.NONE', '申领英才卡', PAGES.apply],
    ['HOLDS_CARD.LOST', '到卡包看看', PAGES.wallet],
  ] as const)('says what is missing and leads on: %s', async (reason, action, url) => {
    signedIn();
    service({
      [`GET /entitlements/${CHANNEL_ID}`]: entitlement({
        entitled: false,
        left: null,
        leftWindow: null,
        limits: [],
        conditions: [
          { code: 'HOLDS_CARD', outcome: 'unmet', reason, params: { kind: 'talent' }, source: null },
        ],
      }),
    });
    show(<ChannelPage />);
    expect(await screen.findByText('还差这些条件')).toBeInTheDocument();
    await tap(action);
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url });
  });

  it('offers the hotline where only a person can help, and no use once all is used up', async () => {
    signedIn();
    service({
      [`GET /entitlements/${CHANNEL_ID}`]: entitlement({
        left: 0,
        limits: [{ window: 'year', most: 12, used: 12, left: 0, renewsOn: '2027-01-01' }],
      }),
    });
    show(<ChannelPage />);
    expect(await screen.findByText('今年已用完')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '选择时间' })).toHaveAttribute('aria-disabled', 'true');
  });

  it.each([
    ['code', '出示英才码', pageUrl('code', { cardId: card().cardId })],
    ['officer', '找服务专员', pageUrl('requestForm', { channelId: CHANNEL_ID })],
    ['case', '开始申请', pageUrl('requestForm', { channelId: CHANNEL_ID })],
  ] as const)('is used its own way: %s', async (use, action, url) => {
    signedIn();
    service({ [`GET /channels/${CHANNEL_ID}`]: channel({ use, booking: null }) });
    show(<ChannelPage />);
    await screen.findByText('今年还可用');
    await tap(action);
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url });
  });

  it('opens an official link in a browser, without signing in', async () => {
    const open = jest.spyOn(window, 'open').mockReturnValue(null);
    service({
      [`GET /channels/${CHANNEL_ID}`]: channel({ use: 'link', officialLink: 'https://example.org/fes' }),
    });
    show(<ChannelPage />);
    await tap('打开办理页面');
    expect(open).toHaveBeenCalledWith('https://example.org/fes', '_blank', 'noopener');
  });

  it('shows the place on a map, or offers its address where no position is known', async () => {
    const open = jest.spyOn(window, 'open').mockReturnValue(null);
    const [venue] = channel().venues;
    if (!venue) throw new Error('no venue');
    const second = { ...venue, venueId: 'V2', latitude: null, longitude: null };
    service({ [`GET /channels/${CHANNEL_ID}`]: channel({ venues: [venue, second] }) });
    show(<ChannelPage />);
    await tap(/在地图上看/);
    expect(open.mock.calls[0]?.[0]).toContain('position=122.22,37.18');
    await tap('复制地址');
    expect(Taro.setClipboardData).toHaveBeenCalledWith({ data: '航站楼二层' });
  });

  it('keeps the words when the balance does not load, and asks again', async () => {
    signedIn();
    service({ [`GET /entitlements/${CHANNEL_ID}`]: { statusCode: 500, data: problem('INTERNAL') } });
    show(<ChannelPage />);
    expect(await screen.findByText('没能查到你的余次')).toBeInTheDocument();
    service();
    await tap('再查一次');
    expect(await screen.findByText('今年还可用')).toBeInTheDocument();
  });

  it('shows bones, then why it did not open', async () => {
    service({ [`GET /channels/${CHANNEL_ID}`]: { statusCode: 404, data: problem('NOT_FOUND') } });
    show(<ChannelPage />);
    expect(screen.getByRole('status', { name: '正在加载' })).toBeInTheDocument();
    expect(await screen.findByText(errorTexts.NOT_FOUND[0])).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole('button', { name: '重试' })).toBeInTheDocument());
  });
});
