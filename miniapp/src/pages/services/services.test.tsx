import { card, me, problem, script, show, signedIn } from '@test/script';
import { CHANNEL_ID, entitlement, NOW, summary } from '@test/services';
import Taro, { openAt } from '@test/taro';
import { fireEvent, screen } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { clock } from '@/platform/clock';
import { chooseLocale } from '@/platform/i18n';
import { PAGES, pageUrl } from '@/platform/pages';
import { setSession } from '@/platform/session';
import { rememberChannel } from '@/services/channels';
import Services from '.';
import { EVERYTHING, findChannels, useHall } from './hall';

const checkUp = summary({
  channelId: '01JD00000000000000000000H2',
  number: 10,
  group: 'medical',
  name: { zh: '年度体检', en: 'Health check' },
  zoneCodes: ['371000'],
  search: '年度体检 health check niandutijian ndtj',
});
const parking = summary({
  channelId: '01JD00000000000000000000H7',
  number: 7,
  name: { zh: '公共停车', en: 'Parking' },
  use: 'code',
  zoneCodes: ['371002'],
  search: '公共停车 parking gonggongtingche ggtc',
});
const items = [checkUp, summary(), parking];
const service = (over: Record<string, unknown> = {}) =>
  script({
    'GET /me': me(),
    'GET /cards/mine': { items: [card()] },
    'GET /channels': { items },
    'GET /entitlements': { items: [entitlement()] },
    'GET /messages/unread': { unread: 0 },
    ...over,
  });
const search = (text: string) =>
  fireEvent.change(screen.getByRole('searchbox', { name: '搜索服务' }), { target: { value: text } });

beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(NOW);
  openAt(PAGES.services);
  setSession(null);
  useHall.setState(EVERYTHING);
});
afterEach(() => jest.restoreAllMocks());

describe('what is looked for', () => {
  const names = (filter: Partial<typeof EVERYTHING>) =>
    findChannels(items, { ...EVERYTHING, ...filter }).map(({ name }) => name.zh);

  it.each([
    ['', ['机场贵宾候机', '公共停车', '年度体检']],
    ['体检', ['年度体检']],
    ['NDTJ', ['年度体检']],
    ['niandu', ['年度体检']],
    // The index parts the syllables; people do not, and the other way round.
    ['jichang', ['机场贵宾候机']],
    ['nian du', ['年度体检']],
    ['  lounge airport ', ['机场贵宾候机']],
    ['体检 停车', []],
  ])('is found by %j', (query, found) => {
    expect(names({ query })).toEqual(found);
  });

  it('is narrowed by group and by district, the whole city counted in', () => {
    expect(names({ group: 'medical' })).toEqual(['年度体检']);
    expect(names({ zone: '371002' })).toEqual(['公共停车', '年度体检']);
    expect(names({ zone: '371003', group: 'travel' })).toEqual(['机场贵宾候机']);
  });
});

describe('the service hall', () => {
  it('is open to everybody and asks nothing of who is not signed in', async () => {
    const asked = service();
    show(<Services />);
    fireEvent.click(await screen.findByRole('button', { name: /机场贵宾候机/ }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('channel', { channelId: CHANNEL_ID }) });
    expect(asked.map(({ url }) => url.replace(/^.*\/v1/, ''))).toEqual(['/channels']);
    expect(screen.getAllByText('专人引导，贵宾候机').length).toBeGreaterThan(0);
    expect(screen.queryByText('我的预约')).not.toBeInTheDocument();
  });

  it('says what is left, from when again, or what is missing', async () => {
    signedIn();
    service({
      'GET /entitlements': {
        items: [
          entitlement(),
          entitlement({
            channelId: checkUp.channelId,
            left: 0,
            limits: [{ window: 'year', most: 1, used: 1, left: 0, renewsOn: '2027-01-01' }],
          }),
          entitlement({
            channelId: parking.channelId,
            entitled: false,
            limits: [],
            left: null,
            leftWindow: null,
            conditions: [
              { code: 'HOLDS_CARD', outcome: 'unmet', reason: 'HOLDS_CARD.NONE', params: {}, source: null },
            ],
          }),
        ],
      },
    });
    show(<Services />);
    const row = await screen.findByRole('button', { name: /今年还可用/ });
    expect(row).toHaveTextContent('今年还可用3次共 12 次');
    expect(screen.getByText('今年已用完，2027年1月1日恢复')).toBeInTheDocument();
    expect(screen.getByText(/还没有卡/)).toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: '我的预约' }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.bookings });
  });

  it('finds by initials, and leads back to everything when nothing fits', async () => {
    service();
    show(<Services />);
    await screen.findByText('公共停车');
    search('ndtj');
    expect(screen.getByText('找到 1 项')).toBeInTheDocument();
    expect(screen.queryByText('公共停车')).not.toBeInTheDocument();
    search('没有的服务');
    fireEvent.click(screen.getByRole('button', { name: '看全部服务' }));
    expect(screen.getByText('公共停车')).toBeInTheDocument();
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  it('is narrowed to a district in a dialog', async () => {
    service();
    show(<Services />);
    fireEvent.click(await screen.findByRole('button', { name: '区域 全市' }));
    fireEvent.click(screen.getByRole('radio', { name: '文登区' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.getByText('机场贵宾候机')).toBeInTheDocument();
    expect(screen.queryByText('公共停车')).not.toBeInTheDocument();
  });

  it('brings back what was looked at lately', async () => {
    rememberChannel(parking.channelId);
    service();
    show(<Services />);
    expect(await screen.findByText('最近看过')).toBeInTheDocument();
    expect(screen.getAllByText('公共停车')).toHaveLength(2);
  });

  it('shows bones, then the failure with a retry', async () => {
    service({ 'GET /channels': { statusCode: 500, data: problem('INTERNAL') } });
    show(<Services />);
    expect(screen.getByRole('status', { name: '正在加载' })).toBeInTheDocument();
    expect(await screen.findByText(errorTexts.INTERNAL[0])).toBeInTheDocument();
    service();
    fireEvent.click(screen.getByRole('button', { name: '重试' }));
    expect(await screen.findByText('公共停车')).toBeInTheDocument();
  });

  it('shows the list of last time while the network is slow, and when it is gone', async () => {
    Taro.setStorageSync('channels', JSON.stringify(items));
    service({ 'GET /channels': { statusCode: 503, data: problem('SERVICE_UNAVAILABLE') } });
    show(<Services />);
    expect(screen.getByText('公共停车')).toBeInTheDocument();
    expect(await screen.findByText(/下面是上次看到的服务/)).toBeInTheDocument();
    expect(screen.queryByText('没能打开')).not.toBeInTheDocument();
  });

  it('says so when balances do not load, and keeps the services', async () => {
    signedIn();
    service({ 'GET /entitlements': { statusCode: 500, data: problem('INTERNAL') } });
    show(<Services />);
    expect(await screen.findByText(/没能查到你的余次/)).toBeInTheDocument();
    expect(screen.getByText('公共停车')).toBeInTheDocument();
  });

  it('says so too when it is not even known who asks', async () => {
    signedIn();
    service({ 'GET /me': { statusCode: 503, data: problem('SERVICE_UNAVAILABLE') } });
    show(<Services />);
    expect(await screen.findByText(/没能查到你的余次/)).toBeInTheDocument();
  });

  it('has a way on while there is nothing, and speaks English', async () => {
    chooseLocale('en');
    service({ 'GET /channels': { items: [] } });
    show(<Services />);
    fireEvent.click(await screen.findByRole('button', { name: 'Go to the home page' }));
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.home });
  });
});
