import { cardCodeRoutes } from '@talent-card/shared/card-code/routes';
import { windowRoutes } from '@talent-card/shared/uses/routes';
import { problem, script, signedIn } from '@test/script';
import Taro, { serve } from '@test/taro';
import { clock } from './clock';
import { newId } from './ids';
import { call, callAs } from './request';
import { learnFromHeader, learnServerTime, serverNow, serverOffsetMs } from './server-time';
import { setSession } from './session';

const PHONE = new Date('2026-11-24T01:12:00.000Z');
const MINUTE = 60_000;

beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(PHONE);
  learnServerTime(PHONE.toISOString(), PHONE);
});
afterEach(() => {
  jest.restoreAllMocks();
  setSession(null);
});

describe("the service's time", () => {
  it('is kept as an offset to the phone, and outlives a restart', () => {
    learnServerTime('2026-11-24T01:17:00.000Z', PHONE);
    expect(serverOffsetMs()).toBe(5 * MINUTE);
    expect(serverNow().toISOString()).toBe('2026-11-24T01:17:00.000Z');
    expect(Taro.getStorageSync('server-offset')).toBe(String(5 * MINUTE));
  });

  it('counts half of the way there and back', () => {
    const asked = new Date(PHONE.getTime() - 4000);
    learnServerTime(PHONE.getTime() + MINUTE, asked);
    expect(serverOffsetMs()).toBe(MINUTE + 2000);
  });

  it('ignores what is no time, and what the network alone explains', () => {
    learnServerTime('soon', PHONE);
    learnServerTime(PHONE.getTime() + 300, PHONE);
    learnFromHeader(undefined, PHONE);
    learnFromHeader({ Date: 42 }, PHONE);
    expect(serverOffsetMs()).toBe(0);
  });

  it('comes with every answer that is not read from a cache, refusals too', async () => {
    signedIn();
    serve(() => ({
      statusCode: 400,
      data: problem('CODE_CLOCK_WRONG'),
      header: { Date: 'Tue, 24 Nov 2026 01:22:00 GMT' },
    }));
    const body = { deviceId: 'd', at: PHONE.toISOString(), signature: 's' };
    await expect(call(cardCodeRoutes.renew, { body })).rejects.toMatchObject({ code: 'CODE_CLOCK_WRONG' });
    expect(serverOffsetMs()).toBe(10 * MINUTE + 500);
    learnServerTime(PHONE.toISOString(), PHONE);
    await expect(call(cardCodeRoutes.devices, {})).rejects.toThrow();
    expect(serverOffsetMs()).toBe(0);
  });
});

describe('calling as somebody else', () => {
  it('sends the other token, waits as long as told, and leaves a 401 to the caller', async () => {
    const asked = script({ 'GET /window/kit': { statusCode: 401, data: problem('SESSION_EXPIRED') } });
    await expect(callAs('window-1', windowRoutes.kit, { timeoutMs: 4000 })).rejects.toMatchObject({
      code: 'SESSION_EXPIRED',
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.header.authorization).toBe('Bearer window-1');
    expect(Taro.request).toHaveBeenCalledWith(expect.objectContaining({ timeout: 4000 }));
  });
});

describe('ids made on the phone', () => {
  it('look as those of the service and sort by time', async () => {
    const first = await newId();
    jest.mocked(clock.now).mockReturnValue(new Date(PHONE.getTime() + 1));
    const second = await newId();
    expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(first < second).toBe(true);
    expect(first.slice(0, 10)).toBe('01M85HR5R0');
  });
});
