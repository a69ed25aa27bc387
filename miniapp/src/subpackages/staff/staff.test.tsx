import { codeOf, deviceClaims, signer } from '@talent-card/shared/card-code/card-code.fixtures';
import type { OfflineUse } from '@talent-card/shared/uses/schema';
import { LETS_IN, VERDICT_COLOURS, VERDICTS } from '@talent-card/shared/uses/verdicts';
import { me, problem, script, show, signedIn } from '@test/script';
import Taro, { type ScriptedRequest, serve } from '@test/taro';
import {
  CLERK_DEVICE_ID,
  clerkSession,
  DAY,
  due,
  isSignedBy,
  looked,
  NOW,
  OTHER_VENUE_ID,
  recorded,
  VENUE_ID,
  windowKit,
} from '@test/window';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { verdictTexts, verdictTitles } from '@/i18n/staff';
import { clock } from '@/platform/clock';
import { deviceKeys } from '@/platform/device-keys';
import { deviceKeys as weappKeys } from '@/platform/device-keys.weapp';
import { PAGES } from '@/platform/pages';
import { learnServerTime } from '@/platform/server-time';
import { setSession } from '@/platform/session';
import { removeStored } from '@/platform/storage';
import { countUnsent, leaveWindow, WINDOW_PREFIX } from '@/platform/window-keeping';
import { eraseMyAccount, signOut } from '@/services/account';
import Arrivals from './arrivals';
import { chooseVenue, useClerk } from './clerk';
import { fetchKit, useKit } from './kit';
import { syncNow, useQueue } from './queue';
import Unsent from './unsent';
import Window from './window';
import { VerdictBanner } from './window/verdict';

const START = new Date(NOW * 1000);
let now = START;
const at = (seconds: number) => {
  now = new Date(START.getTime() + seconds * 1000);
};
const base = {
  'GET /me': me(),
  'POST /clerk/devices': clerkSession(),
  'POST /clerk/sessions': () => ({ ...clerkSession(), accessToken: 'window-2' }),
  'GET /window/kit': windowKit(),
};
const offline = () =>
  serve(() => {
    throw { errMsg: 'request:fail' };
  });
const button = (name: string | RegExp) => screen.findByRole('button', { name });

async function enrolled(kit = windowKit()): Promise<void> {
  script({ ...base, 'GET /window/kit': kit });
  const { unmount } = show(<Window />);
  fireEvent.change(screen.getByLabelText('启用码'), { target: { value: 'k7qm2-xpdab' } });
  fireEvent.click(await button('启用'));
  await screen.findByLabelText('用扫码枪扫入，或粘贴码的内容');
  unmount();
}

/** As a desk scanner does: types the code and Enter. */
async function scan(code: string): Promise<void> {
  const field = await screen.findByLabelText('用扫码枪扫入，或粘贴码的内容');
  fireEvent.change(field, { target: { value: code } });
  await act(async () => void fireEvent.keyDown(field, { key: 'Enter' }));
}

/** Everything of the window gone, as on a phone that never was one; `cold` keeps the storage. */
function restart(): void {
  useClerk.setState({
    clerk: JSON.parse(Taro.getStorageSync('window:clerk') as string),
    venueId: null,
  });
  useKit.setState({ kit: JSON.parse(Taro.getStorageSync('window:session:kit') as string) });
  useQueue.setState({ unsent: JSON.parse((Taro.getStorageSync('window:unsent') as string) || '[]') });
}

beforeEach(() => {
  at(0);
  jest.spyOn(clock, 'now').mockImplementation(() => now);
  jest.spyOn(deviceKeys, 'open').mockImplementation(weappKeys.open);
  jest.spyOn(deviceKeys, 'make').mockImplementation(weappKeys.make);
  jest.spyOn(deviceKeys, 'drop').mockImplementation(weappKeys.drop);
  learnServerTime(clock.now().toISOString(), clock.now());
  signedIn();
});
afterEach(() => {
  leaveWindow();
  removeStored(WINDOW_PREFIX);
  countUnsent();
  useClerk.setState({ clerk: null, venueId: null });
  useKit.setState({ kit: null });
  useQueue.setState({ unsent: [], results: [], syncing: false, failed: null });
  setSession(null);
  jest.restoreAllMocks();
});

describe('enrolling a checking device', () => {
  it('sends the code and the key of the phone, and fetches all that it needs', async () => {
    const asked = script(base);
    show(<Window />);
    fireEvent.change(screen.getByLabelText('启用码'), { target: { value: 'k7qm2-xpdab' } });
    fireEvent.click(await button('启用'));
    expect(await screen.findByText('威海港')).toBeInTheDocument();
    expect(screen.getByText('于娟')).toBeInTheDocument();
    expect(asked.find((request) => request.url.endsWith('/clerk/devices'))?.data).toEqual({
      enrolmentCode: 'K7QM2XPDAB',
      publicKey: expect.stringMatching(/^[\w-]{43}$/),
    });
    const kit = asked.find((request) => request.url.endsWith('/window/kit'));
    expect(kit?.header.authorization).toBe('Bearer window-1');
  });

  it('asks for a sign-in first, for ten characters, and explains a wrong code', async () => {
    setSession(null);
    const guest = show(<Window />);
    fireEvent.click(await button('登录'));
    expect(Taro.navigateTo).toHaveBeenCalled();
    guest.unmount();
    signedIn();
    const asked = script({
      ...base,
      'POST /clerk/devices': { statusCode: 400, data: problem('CLERK_CODE_INVALID') },
    });
    show(<Window />);
    fireEvent.change(screen.getByLabelText('启用码'), { target: { value: 'K7QM2' } });
    fireEvent.click(await button('启用'));
    expect(await screen.findByText('启用码是 10 位，请核对后重输')).toBeInTheDocument();
    expect(asked).toHaveLength(0);
    fireEvent.change(screen.getByLabelText('启用码'), { target: { value: 'K7QM2-XPDAB' } });
    fireEvent.click(await button('启用'));
    expect(await screen.findByText(/启用码不对或已过期/)).toBeInTheDocument();
  });

  it('says so where the browser cannot keep a key', async () => {
    jest.mocked(deviceKeys.make).mockResolvedValue(null);
    script(base);
    show(<Window />);
    fireEvent.change(screen.getByLabelText('启用码'), { target: { value: 'K7QM2-XPDAB' } });
    fireEvent.click(await button('启用'));
    expect(await screen.findByText(/不能用作核验设备/)).toBeInTheDocument();
  });

  it('lets one choose among venues', async () => {
    const venues = [
      { venueId: VENUE_ID, name: { zh: '威海港', en: 'Weihai Port' } },
      { venueId: OTHER_VENUE_ID, name: { zh: '刘公岛码头', en: 'Liugong Pier' } },
    ];
    script({ ...base, 'GET /window/kit': windowKit({ venues }) });
    show(<Window />);
    fireEvent.change(screen.getByLabelText('启用码'), { target: { value: 'K7QM2-XPDAB' } });
    fireEvent.click(await button('启用'));
    fireEvent.click(await button('刘公岛码头'));
    expect(await screen.findByLabelText('用扫码枪扫入，或粘贴码的内容')).toBeInTheDocument();
    expect(useClerk.getState().venueId).toBe(OTHER_VENUE_ID);
  });
});

describe('at the window with network', () => {
  it('shows who it is and what is left, and records in one tap, with a companion', async () => {
    await enrolled();
    const asked = script({
      ...base,
      'POST /window/looks': looked({
        dues: [
          due({
            booking: {
              bookingId: '01JD00000000000000000000B1',
              number: '12345678',
              startsAt: '2026-11-24T01:30:00.000Z',
              endsAt: '2026-11-24T02:00:00.000Z',
              companions: 0,
              arrivedAt: null,
            },
          }),
        ],
      }),
      'POST /window/uses': recorded({ companions: 1, bookingId: '01JD00000000000000000000B1' }),
    });
    show(<Window />);
    await scan('WH1:ANY');
    expect(await screen.findByText('林**')).toBeInTheDocument();
    expect(screen.getByText('4185')).toBeInTheDocument();
    expect(screen.getByText('还可用 3 次')).toBeInTheDocument();
    expect(screen.getByText('今日预约 09:30–10:00 · 12345678')).toBeInTheDocument();
    fireEvent.click(await button('增加同行'));
    fireEvent.click(await button('使用 · 客轮优先 · 共 2 人'));
    expect(await screen.findByText('已记录')).toBeInTheDocument();
    expect(screen.getByText('还可用 2 次')).toBeInTheDocument();
    expect(screen.getByText('预约已签到')).toBeInTheDocument();
    expect(screen.getByText(/^记错了？请场馆管理员在控制台退回/)).toBeInTheDocument();
    const use = asked.find((request) => request.url.endsWith('/window/uses'));
    expect(use?.data).toMatchObject({ venueId: VENUE_ID, companions: 1 });
    expect(use?.header).toMatchObject({ authorization: 'Bearer window-1' });
    expect(use?.header['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('does not read as good where nothing can be used, and says why', async () => {
    await enrolled();
    script({ ...base, 'POST /window/looks': looked({ dues: [due({ verdict: 'quota-gone', left: 0 })] }) });
    show(<Window />);
    await scan('WH1:ANY');
    const banner = await screen.findByRole('alert');
    expect(banner).toHaveTextContent('次数已用完');
    expect(banner).toHaveClass('verdict--red');
    expect(screen.getByText(/2027年1月1日 恢复/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^使用/ })).not.toBeInTheDocument();
  });

  it('signs in again when the twelve hours are over, without asking', async () => {
    await enrolled();
    at(13 * 3600);
    const asked = script({
      ...base,
      'GET /window/kit': windowKit({}, [], NOW + 13 * 3600),
      'POST /window/looks': looked(),
    });
    show(<Window />);
    await scan('WH1:ANY');
    expect(await screen.findByText('可以使用')).toBeInTheDocument();
    expect(asked.find((request) => request.url.endsWith('/clerk/sessions'))?.data).toMatchObject({
      deviceId: CLERK_DEVICE_ID,
      at: now.toISOString(),
    });
    expect(asked.find((request) => request.url.endsWith('/window/looks'))?.header.authorization).toBe(
      'Bearer window-2',
    );
  });

  it('repeats a use whose answer was lost with the same key, or lets in offline instead', async () => {
    await enrolled();
    const asked = script({
      ...base,
      'POST /window/looks': looked(),
      'POST /window/uses': { statusCode: 502, data: '' },
    });
    show(<Window />);
    await scan(codeOf({}, NOW));
    fireEvent.click(await button('使用 · 客轮优先'));
    expect(await screen.findByText(/^没有收到回应/)).toBeInTheDocument();
    fireEvent.click(await button('使用 · 客轮优先'));
    await waitFor(() =>
      expect(asked.filter((request) => request.url.endsWith('/window/uses'))).toHaveLength(2),
    );
    const [first, second] = asked.filter((request) => request.url.endsWith('/window/uses'));
    expect(second?.header['idempotency-key']).toBe(first?.header['idempotency-key']);
    fireEvent.click(await button('改为离线放行'));
    expect(await screen.findByText('已放行，待同步')).toBeInTheDocument();
    expect(countUnsent()).toBe(1);
  });

  it('says of somebody who was checked in before when that was, and offers nothing to record', async () => {
    await enrolled();
    const booking = {
      bookingId: '01JD00000000000000000000B1',
      number: '12345678',
      startsAt: '2026-11-24T01:30:00.000Z',
      endsAt: '2026-11-24T02:00:00.000Z',
      companions: 0,
      arrivedAt: '2026-11-24T01:25:00.000Z',
    };
    script({
      ...base,
      'POST /window/looks': looked({
        verdict: 'already-arrived',
        lookId: null,
        dues: [due({ verdict: 'already-arrived', bookingRequired: true, booking })],
      }),
    });
    show(<Window />);
    await scan('WH1:ANY');
    const banner = await screen.findByRole('alert');
    expect(banner).toHaveTextContent('今天的预约已签到');
    expect(banner).toHaveClass('verdict--amber');
    expect(screen.getByText('今日预约 09:30–10:00 · 12345678 · 已于 09:25 签到')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^使用/ })).not.toBeInTheDocument();
  });

  it('tells a clerk whose phone was revoked, and lets it be enrolled anew', async () => {
    await enrolled();
    at(13 * 3600);
    script({ ...base, 'POST /clerk/sessions': { statusCode: 403, data: problem('CLERK_DEVICE_REVOKED') } });
    show(<Window />);
    expect(await screen.findByText('这台核验设备已停用，请联系管理员重新启用。')).toBeInTheDocument();
    expect(screen.getByLabelText('启用码')).toBeInTheDocument();
  });
});

describe('at the window without network', () => {
  it('verifies on the phone, signs, keeps, and sends when there is network again', async () => {
    await enrolled();
    offline();
    at(3600);
    show(<Window />);
    await scan(codeOf({ cardClass: 'A' }, NOW + 3600));
    const banner = await screen.findByText('可以放行（离线）');
    expect(banner.closest('.verdict')).toHaveClass('verdict--green');
    expect(screen.getByText('余次未知')).toBeInTheDocument();
    expect(screen.getByText(/威海英才卡 · A 类/)).toBeInTheDocument();
    // What only works with network says so, beside what works without.
    expect(screen.getByText('这一项要联网办')).toBeInTheDocument();
    fireEvent.click(await button('离线放行 · 客轮优先'));
    expect(await screen.findByText('已放行，待同步')).toBeInTheDocument();
    fireEvent.click(await button('扫下一位'));
    expect(await screen.findByText('1 笔未同步')).toBeInTheDocument();

    let sent: OfflineUse[] = [];
    script({
      ...base,
      'POST /window/offline-uses': ({ data }: ScriptedRequest): unknown => {
        sent = (data as { uses: OfflineUse[] }).uses;
        return {
          items: sent.map(({ clientUseId }) => ({
            clientUseId,
            outcome: 'counted',
            verdict: 'ok-offline',
            useId: '01JD00000000000000000000E1',
          })),
        };
      },
    });
    await act(async () => void globalThis.window.dispatchEvent(new Event('online')));
    expect(await screen.findByText('全部已同步')).toBeInTheDocument();
    const [use] = sent;
    if (!use) throw new Error('nothing was sent');
    expect(use).toMatchObject({ venueId: VENUE_ID, companions: 0, at: now.toISOString() });
    const key = await deviceKeys.open('window-key');
    expect(isSignedBy(key?.publicKey ?? '', use)).toBe(true);
    expect(isSignedBy(key?.publicKey ?? '', { ...use, companions: 1 })).toBe(false);
  });

  it('takes a code once', async () => {
    await enrolled();
    offline();
    show(<Window />);
    const code = codeOf({}, NOW);
    await scan(code);
    fireEvent.click(await button('离线放行 · 客轮优先'));
    fireEvent.click(await button('扫下一位'));
    await scan(code);
    expect(await screen.findByText('这个码用过了')).toBeInTheDocument();
    expect(countUnsent()).toBe(1);
  });

  it.each([
    ['forged', (): string => codeOf({}, NOW, signer(9))],
    ['unknown-issuer', (): string => codeOf({}, NOW, undefined, signer(9))],
    ['not-a-code', (): string => 'https://example.com'],
    ['not-a-code', (): string => 'x'.repeat(2001)],
    ['code-expired', (): string => codeOf({}, NOW - 3600)],
    ['clock-wrong', (): string => codeOf({}, NOW + 300)],
    ['credential-expired', (): string => codeOf({ issuedAt: NOW - 8 * DAY, expiresAt: NOW - DAY }, NOW)],
  ] as const)('refuses %s in its own words and shows no name of a forged one', async (verdict, code) => {
    await enrolled();
    offline();
    show(<Window />);
    await scan(code());
    const banner = await screen.findByRole('alert');
    expect(banner).toHaveTextContent(verdictTitles[verdict][0]);
    expect(banner).toHaveClass(`verdict--${VERDICT_COLOURS[verdict]}`);
    expect(screen.queryByRole('button', { name: /^离线放行/ })).not.toBeInTheDocument();
    if (verdict === 'forged') expect(screen.queryByText('林**')).not.toBeInTheDocument();
  });

  it.each(['card-suspended', 'card-lost', 'card-revoked', 'card-expired', 'device-revoked'] as const)(
    'refuses a card that the list calls %s',
    async (verdict) => {
      await enrolled(windowKit({}, [[deviceClaims().statusIndex, verdict]]));
      offline();
      show(<Window />);
      await scan(codeOf({}, NOW));
      expect(await screen.findByText(verdictTitles[verdict][0])).toBeInTheDocument();
    },
  );

  it('wants the network after twelve hours', async () => {
    await enrolled();
    offline();
    at(12 * 3600 + 1);
    show(<Window />);
    expect(await screen.findByText(/离线已满 12 小时/)).toBeInTheDocument();
    await scan(codeOf({}, NOW + 12 * 3600 + 1));
    expect(await screen.findByText('请连一次网络，再继续核验。')).toBeInTheDocument();
  });

  it('outlives a cold start, and lets nobody sign out while anything is unsent', async () => {
    await enrolled();
    offline();
    const first = show(<Window />);
    await scan(codeOf({}, NOW));
    fireEvent.click(await button('离线放行 · 客轮优先'));
    await screen.findByText('已放行，待同步');
    first.unmount();
    useQueue.setState({ unsent: [] });
    restart();
    await expect(signOut()).rejects.toMatchObject({ code: 'UNSENT_USES' });
    show(<Window />);
    expect(await screen.findByText('1 笔未同步')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '结束核验' })).toHaveAttribute('aria-disabled', 'true');
    expect(screen.getByText(/还有 1 笔没有同步，现在不能结束/)).toBeInTheDocument();
  });

  it('records nothing where the phone has no room, and says so', async () => {
    await enrolled();
    offline();
    show(<Window />);
    await scan(codeOf({}, NOW));
    const go = await button('离线放行 · 客轮优先');
    const full = jest.spyOn(Taro, 'setStorageSync').mockImplementation(() => {
      throw new Error('quota');
    });
    fireEvent.click(go);
    expect(await screen.findByText(/^这台手机存不下了，没有记录/)).toBeInTheDocument();
    full.mockRestore();
    expect(countUnsent()).toBe(0);
  });

  it('never takes a list that goes back', async () => {
    const newer = windowKit({}, [[deviceClaims().statusIndex, 'card-lost']]);
    await enrolled({ ...newer, statusList: { ...newer.statusList } });
    const older = windowKit({}, [], NOW - DAY);
    script({ ...base, 'GET /window/kit': { ...windowKit(), statusList: older.statusList } });
    const { unmount } = show(<Window />);
    await screen.findByLabelText('用扫码枪扫入，或粘贴码的内容');
    unmount();
    expect(useKit.getState().kit?.statusList.list).toBe(newer.statusList.list);
  });
});

/** A clerk lets somebody in without network, and leaves the page. */
async function letInOffline(): Promise<void> {
  await enrolled();
  offline();
  const { unmount } = show(<Window />);
  await scan(codeOf({}, NOW));
  fireEvent.click(await button('离线放行 · 客轮优先'));
  await screen.findByText('已放行，待同步');
  unmount();
}

describe('forgetting the window', () => {
  const KEYS = /^window[:-]/;
  const kept = () => Taro.getStorageInfoSync().keys.filter((key) => KEYS.test(key));
  const enrolledKey = (asked: ScriptedRequest[]) =>
    (asked.find(({ url }) => url.endsWith('/clerk/devices'))?.data as { publicKey: string } | undefined)
      ?.publicKey;

  /** A clerk who has let somebody in without network, and synced. */
  async function hasWorked(): Promise<string> {
    await letInOffline();
    const id = useQueue.getState().unsent[0]?.use.clientUseId;
    const counted = { clientUseId: id, outcome: 'counted', verdict: 'ok-offline', useId: 'u' };
    script({ ...base, 'POST /window/offline-uses': { items: [counted] } });
    expect(await syncNow()).toBe(true);
    return (await deviceKeys.open('window-key'))?.publicKey ?? '';
  }

  it('goes with the account that is erased, from memory, storage and keys, while the page stands', async () => {
    const before = await hasWorked();
    const erasing = { ...base, 'POST /me/erase': null };
    script(erasing);
    // On h5 the pages below stay as they are.
    show(<Window />);
    expect(await screen.findByText('于娟')).toBeInTheDocument();
    await act(async () => void (await eraseMyAccount('erasing')));
    expect(screen.queryByText('于娟')).not.toBeInTheDocument();
    expect(useClerk.getState()).toEqual({ clerk: null, venueId: null });
    expect(useKit.getState()).toEqual({ kit: null });
    expect(useQueue.getState()).toMatchObject({ unsent: [], results: [], failed: null });
    expect(kept()).toEqual([]);

    const asked = script({ ...base, 'GET /me': me({ accountId: '01JD00000000000000000000B1' }) });
    act(() => signedIn());
    fireEvent.change(await screen.findByLabelText('启用码'), { target: { value: 'K7QM2-XPDAB' } });
    fireEvent.click(await button('启用'));
    expect(await screen.findByText('于娟')).toBeInTheDocument();
    expect(before).toMatch(/^[\w-]{43}$/);
    expect(enrolledKey(asked)).not.toBe(before);
  });

  it('leaves a phone that another account enrolled to it, without its time at the window', async () => {
    const before = await hasWorked();
    script({
      ...base,
      'GET /me': me({ accountId: '01JD00000000000000000000B1' }),
      'POST /me/erase': null,
    });
    await eraseMyAccount('erasing');
    expect(useClerk.getState().clerk?.displayName).toBe('于娟');
    expect(useQueue.getState().results).toHaveLength(1);
    expect(useKit.getState().kit).toBeNull();
    expect((await deviceKeys.open('window-key'))?.publicKey).toBe(before);
    expect(kept()).toContain('window:clerk');
  });

  it('takes the kit from memory when somebody signs out', async () => {
    await hasWorked();
    script({ ...base, 'DELETE /sessions/current': null });
    await signOut();
    expect(useKit.getState().kit).toBeNull();
    expect(useClerk.getState().clerk?.displayName).toBe('于娟');
  });

  it.each([
    ['the kit', 'GET /window/kit', windowKit()],
    ['a sign-in at the window', 'POST /clerk/sessions', clerkSession()],
  ] as const)('is not undone by %s that comes afterwards', async (_, route, late) => {
    await hasWorked();
    let answer: () => void = () => undefined;
    const waits = new Promise<unknown>((resolve) => {
      answer = () => resolve(late);
    });
    if (route === 'POST /clerk/sessions') Taro.removeStorageSync('window:session:token');
    const asked = script({ ...base, [route]: () => waits, 'POST /me/erase': null });
    const fetching = expect(fetchKit()).rejects.toMatchObject({ code: 'CLERK_DEVICE_REVOKED' });
    await waitFor(() => expect(asked).toHaveLength(1));
    await eraseMyAccount('erasing');
    answer();
    await fetching;
    expect(useClerk.getState().clerk).toBeNull();
    expect(useKit.getState().kit).toBeNull();
    expect(kept()).toEqual([]);
  });
});

describe('what was not sent', () => {
  it('is listed, stays when sending fails, and shows what became of it', async () => {
    await letInOffline();
    show(<Unsent />);
    expect(await screen.findByText('1 笔未同步')).toBeInTheDocument();
    expect(await screen.findByText(/网络连不上/)).toBeInTheDocument();
    expect(screen.getByText('林** · 客轮优先')).toBeInTheDocument();
    const id = useQueue.getState().unsent[0]?.use.clientUseId;
    script({
      ...base,
      'POST /window/offline-uses': {
        items: [{ clientUseId: id, outcome: 'to-settle', verdict: 'quota-gone', useId: 'u' }],
      },
    });
    fireEvent.click(await button('现在同步'));
    expect(await screen.findByText('待场馆处理')).toBeInTheDocument();
    expect(screen.getByText('次数已用完')).toBeInTheDocument();
    expect(screen.getByText('全部已同步')).toBeInTheDocument();
  });

  it('does not hold up the others where one cannot be read', async () => {
    await letInOffline();
    const [one] = useQueue.getState().unsent;
    if (!one) throw new Error('nothing waits');
    const bad = { ...one, codeId: 'bad', use: { ...one.use, clientUseId: '01JD00000000000000000000X1' } };
    Taro.setStorageSync('window:unsent', JSON.stringify([bad, one]));
    script({
      ...base,
      'POST /window/offline-uses': ({ data }: ScriptedRequest): unknown => {
        const { uses } = data as { uses: OfflineUse[] };
        if (uses.some(({ clientUseId }) => clientUseId === bad.use.clientUseId)) {
          return { statusCode: 400, data: problem('VALIDATION_FAILED') };
        }
        const [{ clientUseId } = { clientUseId: '' }] = uses;
        return { items: [{ clientUseId, outcome: 'counted', verdict: 'ok-offline', useId: 'u' }] };
      },
    });
    expect(await syncNow()).toBe(false);
    expect(useQueue.getState().results.map((result) => result.clientUseId)).toEqual([one.use.clientUseId]);
    expect(useQueue.getState().unsent).toMatchObject([{ rejected: 'VALIDATION_FAILED' }]);
  });

  it.each(['CLERK_DEVICE_REVOKED', 'STAFF_DISABLED', 'FORBIDDEN'] as const)(
    'is handed in by the WeChat account where the window answers %s, and says what becomes of it',
    async (code) => {
      await letInOffline();
      const [one] = useQueue.getState().unsent;
      if (!one) throw new Error('nothing waits');
      const late = {
        ...one,
        codeId: 'late',
        use: { ...one.use, clientUseId: '01JD00000000000000000000X2' },
      };
      Taro.setStorageSync('window:unsent', JSON.stringify([one, late]));
      const stopped = { statusCode: 403, data: problem(code) };
      const asked = script({
        ...base,
        'POST /window/offline-uses': stopped,
        'POST /clerk/offline-uses': ({ data }: ScriptedRequest): unknown => ({
          items: (data as { uses: OfflineUse[] }).uses.map(({ clientUseId }) =>
            clientUseId === late.use.clientUseId
              ? { clientUseId, outcome: 'refused', verdict: 'after-revocation', useId: null }
              : { clientUseId, outcome: 'to-settle', verdict: 'clerk-revoked', useId: 'u' },
          ),
        }),
      });
      show(<Unsent />);
      expect(await screen.findByText('停用前的记录已交上')).toBeInTheDocument();
      expect(
        screen.getByText('停用之前放行的 1 笔已交给办公室逐笔核对，你不用再做什么。'),
      ).toBeInTheDocument();
      expect(screen.getByText('有 1 笔没有计入，原因见下。请告诉场馆管理员。')).toBeInTheDocument();
      expect(screen.getByText('核验手机已停用，由办公室核对')).toBeInTheDocument();
      expect(screen.getByText('记在手机停用之后')).toBeInTheDocument();
      // The session at the window is gone: it is the citizen's that sends.
      const handed = asked.find((request) => request.url.endsWith('/clerk/offline-uses'));
      expect(handed?.header.authorization).not.toMatch(/window/);
      expect(handed?.data).toMatchObject({ deviceId: CLERK_DEVICE_ID });
      expect(countUnsent()).toBe(0);
    },
  );

  it('is kept where the handing in finds no network either', async () => {
    await letInOffline();
    script({
      ...base,
      'POST /window/offline-uses': { statusCode: 403, data: problem('CLERK_DEVICE_REVOKED') },
      'POST /clerk/offline-uses': { statusCode: 502, data: '' },
    });
    expect(await syncNow()).toBe(false);
    expect(countUnsent()).toBe(1);
    expect(useQueue.getState().results).toHaveLength(0);
  });

  it('is handed over and removed where nobody takes it, so that nobody is tied to the phone', async () => {
    await letInOffline();
    const stopped = { statusCode: 403, data: problem('CLERK_DEVICE_REVOKED') };
    script({ ...base, 'POST /window/offline-uses': stopped, 'POST /clerk/offline-uses': stopped });
    show(<Unsent />);
    expect(await screen.findByText('有 1 笔无法从这台手机同步')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '从手机上移除' })).toHaveAttribute('aria-disabled', 'true');
    fireEvent.click(await button('复制清单'));
    await waitFor(() => expect(Taro.setClipboardData).toHaveBeenCalled());
    const [copied] = Taro.setClipboardData.mock.calls[0] as unknown as [{ data: string }];
    expect(JSON.parse(copied.data)).toMatchObject([{ venueId: VENUE_ID }]);
    await waitFor(() =>
      expect(screen.getByRole('button', { name: '从手机上移除' })).not.toHaveAttribute('aria-disabled'),
    );
    fireEvent.click(await button('从手机上移除'));
    const dialog = await screen.findByRole('dialog', { name: '移除这 1 笔记录？' });
    fireEvent.click(within(dialog).getByRole('button', { name: '从手机上移除' }));
    expect(await screen.findByText('没有未同步的核验')).toBeInTheDocument();
    expect(countUnsent()).toBe(0);
  });

  it('is nothing, with the way back', async () => {
    show(<Unsent />);
    expect(await screen.findByText('没有未同步的核验')).toBeInTheDocument();
  });
});

describe("today's arrivals", () => {
  const booking = (number: string, status: string) => ({
    bookingId: `01JD0000000000000000000${number.slice(0, 3)}`,
    number,
    status,
    companions: 1,
    holder: { maskedName: '林**' },
  });
  const arrivals = {
    venueId: VENUE_ID,
    date: '2026-11-24',
    slots: [
      {
        slotId: '01JD00000000000000000000T1',
        channel: { channelId: 'c', name: { zh: '专家预约陪诊', en: 'Escort' } },
        startsAt: '2026-11-24T06:30:00.000Z',
        endsAt: '2026-11-24T07:00:00.000Z',
        capacity: 4,
        bookings: [booking('12345678', 'booked'), booking('23456789', 'arrived')],
      },
    ],
  };

  it('show who comes when, and check in by number', async () => {
    await enrolled();
    chooseVenue(VENUE_ID);
    const asked = script({
      ...base,
      'GET /admin/arrivals': arrivals,
      'POST /admin/bookings/check-in': booking('12345678', 'arrived'),
    });
    show(<Arrivals />);
    expect(await screen.findByText('14:30–15:00 · 专家预约陪诊')).toBeInTheDocument();
    expect(screen.getByText('已到 1 / 2')).toBeInTheDocument();
    fireEvent.change(screen.getByLabelText('预约号'), { target: { value: '1234' } });
    fireEvent.click(await button('签到'));
    expect(await screen.findByText('预约号是 8 位数字')).toBeInTheDocument();
    fireEvent.change(screen.getByLabelText('预约号'), { target: { value: '12345678' } });
    fireEvent.click(await button('签到'));
    expect(await screen.findByText('林** 已签到')).toBeInTheDocument();
    const sent = asked.find((request) => request.method === 'POST');
    expect(sent).toMatchObject({
      data: { venueId: VENUE_ID, number: '12345678' },
      header: { authorization: 'Bearer window-1' },
    });
  });

  it('are none today, or cannot be seen without network', async () => {
    await enrolled();
    script({ ...base, 'GET /admin/arrivals': { ...arrivals, slots: [] } });
    const { unmount } = show(<Arrivals />);
    expect(await screen.findByText('今天没有预约')).toBeInTheDocument();
    unmount();
  });

  it('fail with a retry, and lead to the window where no venue is chosen', async () => {
    const { unmount } = show(<Arrivals />);
    fireEvent.click(await button('回到核验'));
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: PAGES.staff });
    unmount();
    await enrolled();
    script({ ...base, 'GET /admin/arrivals': { statusCode: 500, data: problem('INTERNAL') } });
    show(<Arrivals />);
    expect(await button('重试')).toBeInTheDocument();
  });
});

describe('verdicts', () => {
  it('each have a sentence of their own in both languages', () => {
    for (const language of [0, 1] as const) {
      const titles = VERDICTS.map((verdict) => verdictTitles[verdict][language]);
      const texts = VERDICTS.map((verdict) => verdictTexts[verdict][language]);
      expect(new Set(titles).size).toBe(VERDICTS.length);
      expect(new Set(texts).size).toBe(VERDICTS.length);
    }
  });

  it.each(VERDICTS)('%s has a colour and a shape that go together', (verdict) => {
    show(<VerdictBanner verdict={verdict} />);
    const banner = screen.getByRole('alert');
    expect(banner).toHaveClass(`verdict--${VERDICT_COLOURS[verdict]}`);
    const shape = banner.querySelector('img')?.getAttribute('src') ?? '';
    const drawn = atob(shape.split(',')[1] ?? '');
    expect(/circle/.test(drawn)).toBe(VERDICT_COLOURS[verdict] === 'green');
    if ((LETS_IN as readonly string[]).includes(verdict)) expect(banner).not.toHaveClass('verdict--red');
  });
});
