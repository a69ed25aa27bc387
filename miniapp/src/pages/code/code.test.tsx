import { base64urlDecode, base64urlEncode } from '@talent-card/shared/card-code/bytes';
import {
  credentialOf,
  DAY,
  deviceClaims,
  issuer,
  keySet,
  NOW,
  verify,
} from '@talent-card/shared/card-code/card-code.fixtures';
import type { CodeDevice } from '@talent-card/shared/card-code/schema';
import { renewMessage } from '@talent-card/shared/card-code/signed-texts';
import { checkCode } from '@talent-card/shared/card-code/verify';
import { card, me, problem, script, show, signedIn } from '@test/script';
import Taro, { openAt, type ScriptedRequest, serve } from '@test/taro';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { clock } from '@/platform/clock';
import { deviceKeys } from '@/platform/device-keys';
import { deviceKeys as weappKeys } from '@/platform/device-keys.weapp';
import { PAGES, pageUrl } from '@/platform/pages';
import { learnServerTime, serverOffsetMs } from '@/platform/server-time';
import { setSession } from '@/platform/session';
import { forgetCodes, keepCards, keptUnder, useKept } from '@/services/kept-cards';
import Code from '.';

let mockOnDrawn: (content: string) => void = () => undefined;
jest.mock('uqr', () => {
  const real = jest.requireActual<typeof import('uqr')>('uqr');
  return {
    ...real,
    encode: (content: string, options: object) => {
      mockOnDrawn(content);
      return real.encode(content, options);
    },
  };
});

const PERSON = '01JD0000000000000000000002';
const DEVICE_ID = '01JD00000000000000000000D1';
const CARD_ID = card().cardId;
const START = new Date(NOW * 1000);
const FIRST_USE = { 'GET /card-code/devices': { items: [] } };
const base = {
  'GET /me': me(),
  'GET /messages/unread': { unread: 0 },
  'GET /cards/mine': { items: [card()] },
};
const other: CodeDevice = {
  deviceId: '01JD00000000000000000000D9',
  cardId: CARD_ID,
  label: '微信 · iPhone',
  platform: 'weapp',
  enrolledAt: '2026-11-01T02:00:00.000Z',
  lastRenewedAt: '2026-11-23T02:00:00.000Z',
  status: 'active',
  revokedAt: null,
  current: false,
};

let now = START;
let drawn: string[] = [];
const at = (seconds: number) => {
  now = new Date(START.getTime() + seconds * 1000);
};

/** What the service answers to a phone that enrols or renews, at the service's own time. */
function credentialFor(publicKey: string, serverTime = now) {
  const issuedAt = Math.floor(serverTime.getTime() / 1000);
  const deviceKey = base64urlDecode(publicKey) ?? new Uint8Array();
  const claims = deviceClaims({ deviceKey, issuedAt, expiresAt: issuedAt + 7 * DAY });
  return {
    deviceId: DEVICE_ID,
    cardId: CARD_ID,
    credential: base64urlEncode(credentialOf(claims)),
    renewFrom: new Date((issuedAt + 2 * DAY) * 1000).toISOString(),
    expiresAt: new Date(claims.expiresAt * 1000).toISOString(),
    serverTime: serverTime.toISOString(),
  };
}
const enrolling = (serverTime?: Date) => ({
  'POST /card-code/devices': ({ data }: ScriptedRequest) =>
    credentialFor((data as { publicKey: string }).publicKey, serverTime),
});

/** A phone that enrolled a moment ago and then lost the network. */
async function enrolledBefore(): Promise<void> {
  const key = await deviceKeys.make(`code-key:${CARD_ID}`);
  keepCards(PERSON, [card()]);
  Taro.setStorageSync(keptUnder('credential', CARD_ID), JSON.stringify(credentialFor(key?.publicKey ?? '')));
}
const offline = () =>
  serve(() => {
    throw { errMsg: 'request:fail' };
  });
const lastVerdict = (time = now) => {
  const text = drawn[drawn.length - 1];
  if (text === undefined) throw new Error('no code was drawn');
  return checkCode(text, { keys: keySet(issuer), verify, now: time.getTime() });
};
const picture = () => screen.findByRole('img', { name: '林**的英才码，每分钟更新' });

beforeEach(() => {
  at(0);
  drawn = [];
  jest.spyOn(clock, 'now').mockImplementation(() => now);
  mockOnDrawn = (content) => drawn.push(content);
  // The keys of the mini-program: jsdom has no WebCrypto with Ed25519, as old browsers have not.
  jest.spyOn(deviceKeys, 'open').mockImplementation(weappKeys.open);
  jest.spyOn(deviceKeys, 'make').mockImplementation(weappKeys.make);
  jest.spyOn(deviceKeys, 'drop').mockImplementation(weappKeys.drop);
  openAt(PAGES.code);
  setSession(null);
});
afterEach(async () => {
  await forgetCodes();
  learnServerTime(clock.now().toISOString(), clock.now());
  jest.restoreAllMocks();
});

describe('the code page', () => {
  it('makes a key on first use and draws a code that a window accepts', async () => {
    signedIn();
    const asked = script({ ...base, ...FIRST_USE, ...enrolling() });
    show(<Code />);
    await picture();
    expect(lastVerdict()).toMatchObject({ verdict: 'ok', claims: { maskedName: '林**' } });
    const enrolled = asked.find((request) => request.method === 'POST');
    expect(enrolled?.data).toEqual({
      cardId: CARD_ID,
      platform: 'h5',
      publicKey: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(enrolled?.header['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(screen.getByText('60 秒后自动更新')).toBeInTheDocument();
    // Neither the whole name nor the number is in what is shown or kept.
    expect(document.body.textContent).not.toContain('林海清');
    expect(JSON.stringify(useKept.getState())).not.toMatch(/林海清|3710082100634185/);
  });

  it('opens from a cold start without network and asks nobody', async () => {
    await enrolledBefore();
    offline();
    at(3 * 3600);
    show(<Code />);
    await picture();
    expect(lastVerdict().verdict).toBe('ok');
    expect(screen.getByText('A 类')).toBeInTheDocument();
    expect(Taro.request).not.toHaveBeenCalled();
  });

  it('draws a new code when the minute is over, and another one each time', async () => {
    jest.useFakeTimers();
    try {
      await enrolledBefore();
      offline();
      show(<Code />);
      await act(async () => jest.advanceTimersByTimeAsync(1));
      at(59);
      await act(async () => jest.advanceTimersByTimeAsync(1000));
      expect(screen.getByText('1 秒后自动更新')).toBeInTheDocument();
      expect(drawn).toHaveLength(1);
      at(60);
      await act(async () => jest.advanceTimersByTimeAsync(1000));
      expect(drawn).toHaveLength(2);
      expect(drawn[1]).not.toBe(drawn[0]);
      expect(lastVerdict().verdict).toBe('ok');
    } finally {
      jest.useRealTimers();
    }
  });

  it('corrects a phone whose clock is five minutes off', async () => {
    signedIn();
    const server = new Date(now.getTime() + 300_000);
    script({ ...base, ...FIRST_USE, ...enrolling(server) });
    show(<Code />);
    await picture();
    expect(serverOffsetMs()).toBe(300_000);
    expect(lastVerdict(server).verdict).toBe('ok');
    expect(lastVerdict(now).verdict).toBe('clock-wrong');
  });

  it('renews quietly after a day, with the key that the service knows', async () => {
    await enrolledBefore();
    signedIn();
    at(DAY + 60);
    let signed = false;
    const asked = script({
      ...base,
      'POST /card-code/credentials': async ({ data }: ScriptedRequest) => {
        const body = data as { deviceId: string; at: string; signature: string };
        const key = await deviceKeys.open(`code-key:${CARD_ID}`);
        signed = verify(
          renewMessage(body.deviceId, body.at),
          base64urlDecode(body.signature) ?? new Uint8Array(),
          base64urlDecode(key?.publicKey ?? '') ?? new Uint8Array(),
        );
        return credentialFor(key?.publicKey ?? '');
      },
    });
    show(<Code />);
    await picture();
    await waitFor(() => expect(signed).toBe(true));
    expect(asked.filter((request) => request.method === 'POST')).toHaveLength(1);
    const kept: unknown = JSON.parse(String(Taro.getStorageSync(keptUnder('credential', CARD_ID))));
    expect(kept).toMatchObject({ serverTime: now.toISOString() });
  });

  it('says when it will want the network, and when it does', async () => {
    await enrolledBefore();
    offline();
    signedIn();
    at(6 * DAY);
    const { unmount } = show(<Code />);
    await picture();
    expect(screen.getByText(/^离线出示可用到 12月1日/)).toBeInTheDocument();
    unmount();
    at(7 * DAY + 1);
    show(<Code />);
    expect(await screen.findByText('要连一次网络，才能继续出示')).toBeInTheDocument();
    expect(screen.queryByRole('img', { name: /英才码/ })).not.toBeInTheDocument();
  });

  it('asks for the network the first time, and goes on with a retry', async () => {
    keepCards(PERSON, [card()]);
    signedIn();
    offline();
    show(<Code />);
    expect(await screen.findByText('第一次出示，需要一次网络')).toBeInTheDocument();
    script({ ...base, ...FIRST_USE, ...enrolling() });
    fireEvent.click(screen.getByRole('button', { name: '重试' }));
    await picture();
  });

  it('fetches an answer that was lost on the way with the same keys', async () => {
    signedIn();
    const asked = script({
      ...base,
      ...FIRST_USE,
      'POST /card-code/devices': { statusCode: 502, data: '' },
    });
    show(<Code />);
    expect(await screen.findByText('第一次出示，需要一次网络')).toBeInTheDocument();
    const again = script({ ...base, ...FIRST_USE, ...enrolling() });
    fireEvent.click(screen.getByRole('button', { name: '重试' }));
    await picture();
    const [first, second] = [...asked, ...again].filter((request) => request.method === 'POST');
    expect(second?.data).toEqual(first?.data);
    expect(second?.header['idempotency-key']).toBe(first?.header['idempotency-key']);
  });

  it('asks before it takes the card from another phone, and for a fresh sign-in', async () => {
    signedIn();
    const asked = script({
      ...base,
      'GET /card-code/devices': { items: [other] },
      'POST /card-code/devices': { statusCode: 403, data: problem('CODE_FRESH_SIGN_IN_REQUIRED') },
    });
    show(<Code />);
    expect(await screen.findByText('这张卡正在另一台手机上出示')).toBeInTheDocument();
    expect(screen.getByText(/^微信 · iPhone，11月1日 起/)).toBeInTheDocument();
    expect(asked.some((request) => request.method === 'POST')).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: '换到这台手机' }));
    fireEvent.click(await screen.findByRole('button', { name: '重新登录' }));
    expect(Taro.redirectTo).toHaveBeenCalledWith({
      url: pageUrl('signIn', { next: pageUrl('code', { cardId: CARD_ID }) }),
    });
  });

  it('says that another phone has taken over, and lets one start again', async () => {
    await enrolledBefore();
    signedIn();
    at(2 * DAY);
    script({
      ...base,
      ...FIRST_USE,
      'POST /card-code/credentials': { statusCode: 403, data: problem('CODE_DEVICE_REVOKED') },
      ...enrolling(),
    });
    show(<Code />);
    expect(await screen.findByText('这台手机的码已停用')).toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: '在这台手机上重新启用' }));
    await picture();
  });

  it('shows a code of the service where the browser keeps no key', async () => {
    jest.mocked(deviceKeys.make).mockResolvedValue(null);
    signedIn();
    const asked = script({
      ...base,
      'POST /card-code/online': {
        code: 'WH1:ONLINE',
        serverTime: now.toISOString(),
        expiresAt: new Date(now.getTime() + 60_000).toISOString(),
      },
    });
    show(<Code />);
    await picture();
    expect(drawn).toEqual(['WH1:ONLINE']);
    expect(screen.getByText(/^这个浏览器要联网取码/)).toBeInTheDocument();
    expect(asked.some((request) => request.url.endsWith('/card-code/devices'))).toBe(false);
  });

  it.each([
    ['suspended', '这张卡已暂停使用', '看原因和办法'],
    ['lost', '这张卡已挂失', '看原因和办法'],
    ['revoked', '这张卡已注销', '申领英才卡'],
    ['expired', '这张卡已到期', '申领英才卡'],
  ] as const)('gives the reason for a %s card instead of a code', async (status, words, act) => {
    signedIn();
    script({ ...base, 'GET /cards/mine': { items: [card({ status })] } });
    show(<Code />);
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: act })).toBeInTheDocument();
    expect(drawn).toEqual([]);
  });

  it('knows by itself that a kept card has run out', async () => {
    await enrolledBefore();
    keepCards(PERSON, [card({ validUntil: '2026-11-23' })]);
    offline();
    show(<Code />);
    expect(await screen.findByText('这张卡已到期')).toBeInTheDocument();
  });

  it('switches between cards and remembers which', async () => {
    const youth = card({ cardId: '01JD0000000000000000000008', kind: 'youth', number: '3710082199990001' });
    keepCards(PERSON, [card(), youth]);
    signedIn();
    script({
      ...base,
      'GET /cards/mine': { items: [card(), youth] },
      ...FIRST_USE,
      ...enrolling(),
    });
    const { unmount } = show(<Code />);
    await picture();
    fireEvent.click(screen.getByRole('radio', { name: /0001$/ }));
    await picture();
    expect(screen.getByRole('radio', { name: /0001$/ })).toHaveAttribute('aria-checked', 'true');
    unmount();
    show(<Code />);
    await picture();
    expect(screen.getByRole('radio', { name: /0001$/ })).toHaveAttribute('aria-checked', 'true');
  });

  it('leads a guest to the sign-in, the nameless to the real name and the cardless to a card', async () => {
    const guest = show(<Code />);
    fireEvent.click(screen.getByRole('button', { name: '登录' }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('signIn', { next: PAGES.code }) });
    guest.unmount();
    signedIn();
    script({ ...base, 'GET /me': me({ person: null }) });
    const nameless = show(<Code />);
    expect(await screen.findByRole('button', { name: '去认证' })).toBeInTheDocument();
    nameless.unmount();
    script({ ...base, 'GET /cards/mine': { items: [] } });
    show(<Code />);
    fireEvent.click(await screen.findByRole('button', { name: '申领英才卡' }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.apply });
  });

  it('belongs to whoever signed in: the cards of the one before are gone', async () => {
    await enrolledBefore();
    signedIn();
    script({
      ...base,
      'GET /me': me({
        person: {
          personId: '01JD0000000000000000000077',
          name: '丛岚',
          identityType: 'resident-id',
          maskedIdentityNumber: '3710**********0001',
          birthDate: '1990-01-01',
        },
      }),
      'GET /cards/mine': { items: [] },
    });
    show(<Code />);
    expect(await screen.findByText('还没有可出示的卡')).toBeInTheDocument();
    expect(await deviceKeys.open(`code-key:${CARD_ID}`)).toBeNull();
  });
});
