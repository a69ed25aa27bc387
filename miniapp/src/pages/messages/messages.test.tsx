import { WAITING_REASONS } from '@talent-card/shared/bookings/booking-state';
import { MESSAGE_KINDS, MESSAGE_LINKS, type Message } from '@talent-card/shared/messages/schema';
import { me, script, show, signedIn } from '@test/script';
import { NOW } from '@test/services';
import Taro, { openAt } from '@test/taro';
import { fireEvent, screen } from '@testing-library/react';
import { clock } from '@/platform/clock';
import { PAGES, pageUrl } from '@/platform/pages';
import Messages from '.';
import { bodyOf, ICONS, openLink, subjectOf } from './kinds';

const ID = '01JD00000000000000000000Z9';
const params = {
  channelZh: '机场贵宾候机',
  channelEn: 'Airport lounge',
  venueZh: '威海机场',
  venueEn: 'Weihai Airport',
  startsAt: '2026-11-25T00:00:00.000Z',
  endsAt: '2026-11-25T02:00:00.000Z',
};
const message = (over: Partial<Message> = {}): Message => ({
  messageId: '01JD00000000000000000000Z1',
  kind: 'booking-booked',
  params,
  link: { type: 'booking', id: ID },
  createdAt: '2026-11-24T01:00:00.000Z',
  readAt: '2026-11-24T01:05:00.000Z',
  ...over,
});

beforeEach(() => jest.spyOn(clock, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

describe('kinds of messages', () => {
  it('each have an icon, also when the contract grows', () => {
    expect(Object.keys(ICONS).sort()).toEqual([...MESSAGE_KINDS].sort());
  });

  it.each([
    ['card', pageUrl('card', { cardId: ID })],
    ['application', pageUrl('application', { caseId: ID })],
    ['booking', pageUrl('booking', { bookingId: ID })],
    ['waiting', pageUrl('waiting', { waitingId: ID })],
    ['use', pageUrl('use', { useId: ID })],
    ['rating', pageUrl('rating', { ratingId: ID })],
    ['request', pageUrl('request', { caseId: ID })],
    ['channel', pageUrl('channel', { channelId: ID })],
    ['code-devices', PAGES.devices],
  ] as const)('open what they speak of: %s', (type, url) => {
    expect(MESSAGE_LINKS).toContain(type);
    openLink(message({ link: { type, id: ID } }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url });
  });

  it('open the very slot of a place that came free', () => {
    const [channelId, venueId] = ['01HZCHANNEL000000000000000', '01HZVENUE00000000000000000'];
    const words = { ...params, channelId, venueId, day: '2026-11-25' };
    openLink(message({ kind: 'vacancy', params: words, link: { type: 'slot', id: ID } }));
    const url = pageUrl('slots', { channelId, venueId, date: '2026-11-25', slotId: ID });
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url });
  });

  it('name service, time and place in the language of the reader', () => {
    expect(subjectOf(message(), 'zh-CN')).toBe('机场贵宾候机 · 明天 08:00–10:00 · 威海机场');
    expect(subjectOf(message(), 'en')).toBe('Airport lounge · Tomorrow, 08:00–10:00 · Weihai Airport');
    expect(subjectOf(message({ params: {} }), 'en')).toBeNull();
  });

  it('say why somebody was passed over in line, and what comes next', () => {
    const passedOver = (why: string) => message({ kind: 'waiting-passed-over', params: { ...params, why } });
    const said = WAITING_REASONS.map((why) => bodyOf(passedOver(why), 'zh-CN'));
    expect(new Set(said).size).toBe(WAITING_REASONS.length);
    for (const words of said) expect(words).toMatch(/位置先让给下一位。.*仍按原来的次序轮到你。/);
    // What is newer than this app is told of all the same.
    expect(bodyOf(passedOver('newer'), 'en')).toContain('you keep your place in line');
    const ended = message({ kind: 'waiting-lapsed', params: { ...params, why: 'card' } });
    expect(bodyOf(ended, 'en')).toBe(
      'It ended because you hold no valid card. With a new card you may join again.',
    );
  });

  it('say who cancelled, and until when an offer stands', () => {
    const cancelled = message({ kind: 'booking-cancelled', params: { ...params, by: 'venue' } });
    expect(bodyOf(cancelled, 'zh-CN')).toContain('场馆取消了');
    expect(bodyOf({ ...cancelled, params: { by: 'holder' } }, 'zh-CN')).toBe('次数已退回，可以另约时间。');
    const offer = message({ kind: 'waiting-offered', params: { offeredUntil: '2026-11-24T01:37:00.000Z' } });
    expect(bodyOf(offer, 'zh-CN')).toBe('请在今天 09:37 前确认，过时会让给下一位。');
    expect(bodyOf({ ...offer, params: {} }, 'zh-CN')).toContain('请在期限内确认');
  });
});

it('shows a booking in the list and opens it', async () => {
  openAt(PAGES.messages);
  signedIn();
  script({
    'GET /me': me(),
    'GET /messages/unread': { unread: 0 },
    'GET /messages': { items: [message()], nextCursor: null },
  });
  show(<Messages />);
  expect(await screen.findByText('机场贵宾候机 · 明天 08:00–10:00 · 威海机场')).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: /^预约成功/ }));
  expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('booking', { bookingId: ID }) });
});
