import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Slot } from '@talent-card/shared/bookings/schema';
import { addDays } from '@/subpackages/bookings/slots/slot-rules';
import { booking, CHANNEL_ID, channel, entitlement, slot, summary } from '../services';
import { WeappHost, type WeappRequest } from './host';

const root = path.resolve(__dirname, '../..');
const dist = process.env.WEAPP_DIST ?? path.join(root, 'dist/weapp');

beforeAll(() => {
  if (!process.env.WEAPP_DIST) {
    execFileSync(process.execPath, [path.join(root, 'scripts/build-if-stale.mjs'), 'weapp'], {
      stdio: 'inherit',
    });
  }
}, 300_000);

/** The bundle has the clock of this machine. */
const SHANGHAI_MS = 8 * 3_600_000;
const today = new Date(Date.now() + SHANGHAI_MS).toISOString().slice(0, 10);
const tomorrow = addDays(today, 1);
const slots: Slot[] = [slot(tomorrow, 8), slot(tomorrow, 14, { left: 0, state: 'full', waiting: 2 })];
const template = { templateId: 'TEMPLATE', topic: 'booking', kind: 'one-time', granted: 0, blocked: false };
const made = booking({
  slotId: slots[0]?.slotId ?? '',
  serviceDate: tomorrow,
  startsAt: slots[0]?.startsAt ?? '',
  endsAt: slots[0]?.endsAt ?? '',
});

const answers: Record<string, unknown> = {
  'GET /me': {
    accountId: '01JD0000000000000000000001',
    person: {
      personId: '01JD0000000000000000000002',
      name: '林海清',
      identityType: 'resident-id',
      maskedIdentityNumber: '3710**********241X',
      birthDate: '1988-03-12',
    },
    nickname: null,
    maskedPhone: null,
    locale: 'zh-CN',
    sandbox: true,
  },
  'GET /cards/mine': { items: [] },
  'GET /messages/unread': { unread: 0 },
  'GET /channels': { items: [summary()] },
  'GET /entitlements': { items: [entitlement()] },
  [`GET /channels/${CHANNEL_ID}`]: channel(),
  [`GET /entitlements/${CHANNEL_ID}`]: entitlement(),
  [`GET /channels/${CHANNEL_ID}/slots`]: {
    days: Array.from({ length: 7 }, (_, i) => ({
      date: addDays(today, i),
      closedBecause: null,
      note: null,
      slots: i === 1 ? slots : [],
    })),
  },
  'GET /bookings/standing': { points: 0, limit: 3, pausedUntil: null, items: [] },
  'GET /vacancy-alerts': { items: [] },
  'GET /subscriptions': { items: [template] },
  'POST /subscriptions': { items: [{ ...template, granted: 1 }] },
  'POST /bookings': made,
  [`GET /bookings/${made.bookingId}`]: made,
};

it('finds a channel by its initials, books a time once and asks for reminders on a tap, as WeChat runs it', async () => {
  const asked: WeappRequest[] = [];
  const serve = (request: WeappRequest) => {
    asked.push(request);
    const address = request.url.replace(/^.*\/api\/v1/, '').replace(/\?.*$/, '');
    const answer = answers[`${request.method ?? 'GET'} ${address}`];
    return answer
      ? { statusCode: 200, data: structuredClone(answer) }
      : { statusCode: 404, data: { code: 'NOT_FOUND', details: {}, requestId: 'r' } };
  };
  const host = new WeappHost(dist, serve, 'zh_CN', {
    welcomed: true,
    session: {
      accessToken: 'access-1',
      accessTokenExpiresAt: '2036-11-24T02:00:00.000Z',
      refreshToken: 'refresh-token-number-one',
      refreshTokenExpiresAt: '2036-12-24T02:00:00.000Z',
    },
  });
  try {
    await host.open('pages/services/index');
    await host.shows('今年还可用');
    const [search] = host.nodes().filter((node) => (node.cl ?? '').includes('hall-search__input'));
    if (!search) throw new Error('no search box');
    await host.fire(search, 'input', { value: 'jcgbhj' });
    await host.shows('找到 1 项');
    await host.tap('机场贵宾候机');
    await host.reaches('subpackages/services/channel/index');
    await host.shows('贵宾候机、优先安检');
    await host.tap('地图');
    expect(host.calls.find(({ name }) => name === 'openLocation')?.options).toMatchObject({
      latitude: 37.18,
      longitude: 122.22,
    });
    await host.tap('选择时间');
    await host.reaches('subpackages/bookings/slots/index');
    await host.shows('约满，2 人在等');
    await host.tap('08:00');
    await host.tap('预约 08:00，1 人');
    await host.shows('用 1 次，之后还剩 2 次');
    await host.tap('确认预约');
    await host.reaches('subpackages/bookings/detail/index');
    await host.shows('4821 0537');
    expect(asked.filter(({ url, method }) => method === 'POST' && url.endsWith('/bookings'))).toHaveLength(1);
    // Nothing is asked for until somebody taps.
    expect(host.calls.some(({ name }) => name === 'requestSubscribeMessage')).toBe(false);
    await host.tap('开启微信提醒');
    await host.shows('已开启提醒');
    expect(
      asked.find(({ url, method }) => method === 'POST' && url.endsWith('/subscriptions'))?.data,
    ).toEqual({
      answers: [{ templateId: 'TEMPLATE', answer: 'accept' }],
    });
    expect(host.errors).toEqual([]);
  } finally {
    host.close();
  }
}, 60_000);
