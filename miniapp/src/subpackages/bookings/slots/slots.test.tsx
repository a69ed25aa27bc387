import { card, me, problem, script, show, signedIn } from '@test/script';
import {
  BOOKING_ID,
  booking,
  CHANNEL_ID,
  channel,
  entitlement,
  fullSlot,
  NOW,
  slot,
  VENUE_ID,
  waiting,
  week,
} from '@test/services';
import Taro, { openAt, type ScriptedRequest } from '@test/taro';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { clock } from '@/platform/clock';
import { PAGES, pageUrl } from '@/platform/pages';
import { setSession } from '@/platform/session';
import SlotsPage from '.';
import { addDays, dayToShow, nearestFree, placesFor, stateOfDay, weekOf } from './slot-rules';

const SLOTS = `GET /channels/${CHANNEL_ID}/slots`;
const service = (over: Record<string, unknown> = {}) =>
  script({
    'GET /me': me(),
    'GET /cards/mine': { items: [card()] },
    'GET /me/consents': { items: [] },
    'GET /vacancy-alerts': { items: [] },
    'GET /bookings/standing': { points: 0, limit: 3, pausedUntil: null, items: [] },
    [`GET /channels/${CHANNEL_ID}`]: channel(),
    [`GET /entitlements/${CHANNEL_ID}`]: entitlement(),
    [SLOTS]: week(),
    'POST /bookings': booking(),
    ...over,
  });
const radio = (name: RegExp) => screen.findByRole('radio', { name });
const choose = async (name: RegExp) => fireEvent.click(await radio(name));
const tap = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const posts = (asked: ScriptedRequest[]) => asked.filter(({ method }) => method === 'POST');

beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(NOW);
  openAt(PAGES.slots, { channelId: CHANNEL_ID });
  signedIn();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('the rules of choosing a time', () => {
  it('count the places of a class, and what is left of all', () => {
    const limited = slot('2026-11-25', 8, { left: 6, classLeft: { A: 2 } });
    expect([placesFor(limited, 'A'), placesFor(limited, 'B'), placesFor(limited, null)]).toEqual([2, 6, 6]);
    expect(placesFor({ ...limited, left: 1 }, 'A')).toBe(1);
  });

  it('begin with the first day that has a place, else with one to stand in line for', () => {
    expect(dayToShow(week(), null)).toBe('2026-11-25');
    const full = week({ '2026-11-25': [fullSlot('2026-11-25', 10)] });
    expect(dayToShow(full, null)).toBe('2026-11-25');
    const [, tomorrow] = full.days;
    expect(tomorrow && stateOfDay(tomorrow, null).kind).toBe('full');
  });

  it('offer what is nearest in time, told in order, with room for everybody', () => {
    const wanted = fullSlot('2026-11-25', 10);
    const near = nearestFree(week({ '2026-11-26': [slot('2026-11-26', 10)] }), wanted, 2, null);
    expect(near.map(({ slotId }) => slotId)).toEqual([
      'slot-2026-11-25-8',
      'slot-2026-11-25-14',
      'slot-2026-11-26-10',
    ]);
  });

  it.each([
    ['2026-11-24', '2026-11-24'],
    ['2026-11-30', '2026-11-24'],
    ['2026-12-01', '2026-12-01'],
    ['2026-11-01', '2026-11-24'],
    ['not a day', '2026-11-24'],
  ])('open the week of %s', (date, from) => {
    expect(weekOf(date, '2026-11-24')).toBe(from);
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });
});

describe('choosing a time', () => {
  it('books once for two taps, under one key, and shows the booking', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const asked = service({
      'POST /bookings': () => new Promise((resolve) => (answer = resolve)),
    });
    show(<SlotsPage />);
    // Today has nothing left: it opens tomorrow.
    expect(await screen.findAllByText('余 6 位，共 10 位')).toHaveLength(2);
    await choose(/^08:00/);
    await tap('预约 08:00，1 人');
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByText('明天 08:00–10:00')).toBeInTheDocument();
    expect(within(dialog).getByText('用 1 次，之后还剩 2 次')).toBeInTheDocument();
    expect(within(dialog).getByText('明天 07:00 前可自行取消，次数退回')).toBeInTheDocument();
    const button = within(dialog).getByRole('button', { name: '确认预约' });
    fireEvent.click(button);
    fireEvent.click(button);
    await waitFor(() => expect(posts(asked)).toHaveLength(1));
    await act(async () => answer(booking()));
    expect(Taro.redirectTo).toHaveBeenCalledWith({
      url: pageUrl('booking', { bookingId: BOOKING_ID, fresh: '1' }),
    });
    expect(posts(asked)).toHaveLength(1);
    expect(posts(asked)[0]?.data).toEqual({ slotId: 'slot-2026-11-25-8', companions: 0 });
    expect(posts(asked)[0]?.header['idempotency-key']).toBeTruthy();
  });

  it('says of a time that is near that it cannot be cancelled, not until when it could have been', async () => {
    service({ [SLOTS]: week({ '2026-11-24': [slot('2026-11-24', 10)] }) });
    show(<SlotsPage />);
    await choose(/^10:00/);
    await tap('预约 10:00，1 人');
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByText(/^离开始太近，约好后不能自行取消/)).toBeInTheDocument();
    expect(within(dialog).queryByText(/前可自行取消/)).not.toBeInTheDocument();
  });

  it('says of a time that is near that it may be cancelled while an office decides', async () => {
    const { booking: rules } = channel();
    service({
      [SLOTS]: week({ '2026-11-24': [slot('2026-11-24', 10)] }),
      [`GET /channels/${CHANNEL_ID}`]: channel({ booking: rules && { ...rules, reviewed: true } }),
    });
    show(<SlotsPage />);
    await choose(/^10:00/);
    await tap('预约 10:00，1 人');
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByText(/^审核期间、开始之前可自行取消；通过后不能/)).toBeInTheDocument();
    expect(within(dialog).queryByText(/约好后不能自行取消/)).not.toBeInTheDocument();
  });

  it('counts companions as places, and offers the line where there are too few', async () => {
    service();
    show(<SlotsPage />);
    await radio(/^12:00/);
    await tap('增加同行人');
    expect(screen.getByText('只剩 1 位，不够 2 人')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '增加同行人' })).toHaveAttribute('aria-disabled', 'true');
    await choose(/^14:00/);
    expect(await screen.findByRole('button', { name: '预约 14:00，2 人' })).toBeInTheDocument();
  });

  it('says what else is free when somebody was faster, and takes it with one tap', async () => {
    let taken = false;
    service({
      'POST /bookings': () => {
        taken = true;
        return { statusCode: 409, data: problem('SLOT_FULL', { left: 0 }) };
      },
      [SLOTS]: () =>
        taken
          ? week({
              '2026-11-25': [fullSlot('2026-11-25', 8), fullSlot('2026-11-25', 10), slot('2026-11-25', 14)],
            })
          : week(),
    });
    show(<SlotsPage />);
    await choose(/^08:00/);
    await tap('预约 08:00，1 人');
    await tap('确认预约');
    expect(await screen.findByText('明天 08:00–10:00 刚刚约满')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await waitFor(() => expect(screen.queryByRole('button', { name: '明天 08:00' })).not.toBeInTheDocument());
    // The slot one wanted is still chosen: one may stand in line for it.
    expect(await screen.findByRole('button', { name: '08:00 排队候补' })).toBeInTheDocument();
    await tap('明天 14:00');
    expect(await screen.findByRole('button', { name: '预约 14:00，1 人' })).toBeInTheDocument();
    expect(screen.queryByText('明天 08:00–10:00 刚刚约满')).not.toBeInTheDocument();
  });

  it('keeps the same key while nobody knows whether it was booked', async () => {
    let tries = 0;
    const asked = service({
      'POST /bookings': () => {
        tries += 1;
        if (tries === 1) throw new Error('request:fail timeout');
        return booking();
      },
    });
    show(<SlotsPage />);
    await choose(/^08:00/);
    await tap('预约 08:00，1 人');
    await tap('确认预约');
    expect(await screen.findByText(/等不到回应/)).toBeInTheDocument();
    await tap('确认预约');
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalled());
    const [first, second] = posts(asked).map(({ header }) => header['idempotency-key']);
    expect(first).toBe(second);
  });

  it('stands in line for a full time, and can be told of a place', async () => {
    const asked = service({ 'POST /waiting': waiting(), 'POST /vacancy-alerts': {} });
    show(<SlotsPage />);
    expect(await screen.findByText('约满，3 人在等')).toBeInTheDocument();
    await choose(/^10:00/);
    await tap('有空位时提醒我');
    await waitFor(() =>
      expect(posts(asked).map(({ data }) => data)).toContainEqual({
        channelId: CHANNEL_ID,
        venueId: VENUE_ID,
        from: '2026-11-25',
        to: '2026-11-25',
      }),
    );
    await tap('10:00 排队候补');
    await waitFor(() =>
      expect(Taro.navigateTo).toHaveBeenCalledWith({
        url: pageUrl('waiting', { waitingId: waiting().waitingId }),
      }),
    );
  });

  it('names the class whose places are gone', async () => {
    service({
      [SLOTS]: week({
        '2026-11-25': [slot('2026-11-25', 8, { classLeft: { A: 0 } }), slot('2026-11-25', 14)],
      }),
    });
    show(<SlotsPage />);
    expect(await screen.findByText('A 类名额已满')).toBeInTheDocument();
  });

  it('says that a week is full, and that a day is over', async () => {
    service({ [SLOTS]: week({ '2026-11-25': [fullSlot('2026-11-25', 10)] }) });
    show(<SlotsPage />);
    expect(await screen.findByText('这一周都约满了')).toBeInTheDocument();
    await choose(/^今天，无/);
    expect(screen.getByText('这一天可约的时段都过了。')).toBeInTheDocument();
  });

  it('says why a day is closed', async () => {
    service();
    show(<SlotsPage />);
    await choose(/周六 11月28日，休/);
    expect(screen.getByText('这一天临时关闭。 原因：设备检修')).toBeInTheDocument();
  });

  it('counts down to the opening, and asks for the places when it has come', async () => {
    let opened = false;
    const asked = service({
      [SLOTS]: () => (opened ? week({ '2026-11-30': [slot('2026-11-30', 8)] }) : week()),
    });
    show(<SlotsPage />);
    await choose(/周一 11月30日，未开放/);
    expect(screen.getByText(/今天 09:13 开放预约/)).toBeInTheDocument();
    expect(screen.getByText('还有 01:00 开放')).toBeInTheDocument();
    opened = true;
    const before = asked.length;
    jest.spyOn(clock, 'now').mockReturnValue(new Date('2026-11-24T01:13:00.000Z'));
    expect(await screen.findByText('余 6 位，共 10 位', {}, { timeout: 3000 })).toBeInTheDocument();
    expect(asked.length).toBeGreaterThan(before);
  });

  it('goes to the week after, up to the day that bookings open', async () => {
    const asked = service();
    show(<SlotsPage />);
    await radio(/^08:00/);
    await tap('后一周');
    await waitFor(() => expect(asked.some(({ url }) => url.includes('from=2026-12-01'))).toBe(true));
    await tap('后一周');
    await waitFor(() => expect(asked.some(({ url }) => url.includes('from=2026-12-08'))).toBe(true));
    expect(screen.getByRole('button', { name: '后一周' })).toHaveAttribute('aria-disabled', 'true');
  });

  it('asks for the consent that health needs before it books', async () => {
    const asked = service({
      [`GET /channels/${CHANNEL_ID}`]: channel({ sensitive: 'health' }),
      'POST /me/consents/grant': { items: [] },
    });
    show(<SlotsPage />);
    await choose(/^08:00/);
    await tap('预约 08:00，1 人');
    await tap('确认预约');
    expect(screen.getByText('请先勾选同意，再继续')).toBeInTheDocument();
    expect(posts(asked)).toHaveLength(0);
    fireEvent.click(screen.getByRole('checkbox', { name: /健康信息/ }));
    await tap('确认预约');
    await waitFor(() => expect(posts(asked)).toHaveLength(2));
    expect(posts(asked)[0]?.data).toMatchObject({ purpose: 'channel-health' });
  });

  it('leads from a pause to the record', async () => {
    service({ 'POST /bookings': { statusCode: 409, data: problem('BOOKING_PAUSED') } });
    show(<SlotsPage />);
    await choose(/^08:00/);
    await tap('预约 08:00，1 人');
    await tap('确认预约');
    await tap('查看记录和申诉');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.standing });
  });

  it('is open to everybody, and keeps what was chosen through the sign-in', async () => {
    setSession(null);
    service();
    show(<SlotsPage />);
    await choose(/^14:00/);
    await tap('登录后预约');
    const next = pageUrl('slots', {
      channelId: CHANNEL_ID,
      venueId: VENUE_ID,
      date: '2026-11-25',
      slotId: 'slot-2026-11-25-14',
    });
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('signIn', { next }) });
  });

  it('takes up what was chosen before', async () => {
    openAt(PAGES.slots, { channelId: CHANNEL_ID, date: '2026-11-25', slotId: 'slot-2026-11-25-14' });
    service();
    show(<SlotsPage />);
    expect(await screen.findByRole('button', { name: '预约 14:00，1 人' })).toBeInTheDocument();
  });

  it('moves a booking to another time', async () => {
    openAt(PAGES.slots, { channelId: CHANNEL_ID, bookingId: BOOKING_ID });
    const asked = service({
      [`GET /bookings/${BOOKING_ID}`]: booking(),
      [`POST /bookings/${BOOKING_ID}/reschedule`]: booking(),
    });
    show(<SlotsPage />);
    expect(await screen.findByText('你的预约')).toBeInTheDocument();
    await choose(/^14:00/);
    await tap('改到 14:00');
    await tap('改期');
    await waitFor(() => expect(posts(asked)[0]?.data).toEqual({ slotId: 'slot-2026-11-25-14' }));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalled());
  });

  it('leads to what is missing where the channel is not open to the person', async () => {
    service({ [`GET /entitlements/${CHANNEL_ID}`]: entitlement({ entitled: false, left: null }) });
    show(<SlotsPage />);
    await tap('看看还差什么');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('channel', { channelId: CHANNEL_ID }) });
  });

  it('shows bones, fails with a retry, and says so where nothing is booked', async () => {
    service({ [SLOTS]: { statusCode: 500, data: problem('INTERNAL') } });
    const { unmount } = show(<SlotsPage />);
    expect(screen.getByRole('status', { name: '正在加载' })).toBeInTheDocument();
    await screen.findByRole('button', { name: '重试' });
    service();
    await tap('重试');
    expect(await radio(/^08:00/)).toBeInTheDocument();
    unmount();
    service({ [`GET /channels/${CHANNEL_ID}`]: channel({ booking: null }) });
    show(<SlotsPage />);
    await tap('看通道说明');
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: pageUrl('channel', { channelId: CHANNEL_ID }) });
  });
});
