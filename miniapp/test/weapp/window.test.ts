import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Me } from '@talent-card/shared/accounts/schema';
import { codeOf, deviceClaims } from '@talent-card/shared/card-code/card-code.fixtures';
import type { OfflineUse } from '@talent-card/shared/uses/schema';
import { clerkSession, DAY, isSignedBy, VENUE_ID, windowKit } from '../window';
import { WeappHost, type WeappRequest } from './host';

const root = path.resolve(__dirname, '../..');
const dist = process.env.WEAPP_DIST ?? path.join(root, 'dist/weapp');
const STAFF = 'subpackages/staff/window/index';

/** The mini-program's own clock runs here, so the window's does too. */
const seconds = () => Math.floor(Date.now() / 1000);
const freshCode = () =>
  codeOf({ cardClass: 'A', issuedAt: seconds() - DAY, expiresAt: seconds() + 6 * DAY }, seconds());

const ME: Me = {
  accountId: '01JD0000000000000000000001',
  person: null,
  nickname: null,
  maskedPhone: null,
  locale: 'zh-CN',
  sandbox: true,
};

/** A service that a test can unplug. */
function service() {
  const state = { plugged: true, publicKey: '', sent: [] as OfflineUse[] };
  const answers: Record<string, (request: WeappRequest) => unknown> = {
    'GET /me': () => ME,
    'POST /clerk/devices': ({ data }) => {
      state.publicKey = (data as { publicKey: string }).publicKey;
      return clerkSession(seconds());
    },
    'GET /window/kit': () => windowKit({}, [[deviceClaims().statusIndex + 1, 'card-lost']], seconds()),
    'POST /window/offline-uses': ({ data }) => {
      state.sent = (data as { uses: OfflineUse[] }).uses;
      return {
        items: state.sent.map(({ clientUseId }) => ({
          clientUseId,
          outcome: 'counted',
          verdict: 'ok-offline',
          useId: '01JD00000000000000000000E1',
        })),
      };
    },
  };
  const serve = (request: WeappRequest) => {
    if (!state.plugged) throw new Error('no network');
    const key = `${request.method ?? 'GET'} ${request.url.replace(/^.*\/api\/v1/, '').split('?')[0]}`;
    const answer = answers[key];
    return answer
      ? { statusCode: 200, data: answer(request) }
      : { statusCode: 404, data: { code: 'NOT_FOUND', details: {}, requestId: 'r' } };
  };
  return { serve, state };
}

const signedIn = {
  welcomed: true,
  session: {
    accessToken: 'access-1',
    accessTokenExpiresAt: '2099-11-24T02:00:00.000Z',
    refreshToken: 'refresh-token-number-one',
    refreshTokenExpiresAt: '2099-12-24T02:00:00.000Z',
  },
};

beforeAll(() => {
  if (!process.env.WEAPP_DIST) {
    execFileSync(process.execPath, [path.join(root, 'scripts/build-if-stale.mjs'), 'weapp'], {
      stdio: 'inherit',
    });
  }
}, 300_000);

const hosts: WeappHost[] = [];
function launch(...args: ConstructorParameters<typeof WeappHost>): WeappHost {
  const host = new WeappHost(...args);
  hosts.push(host);
  return host;
}
afterEach(() => {
  for (const host of hosts.splice(0)) host.close();
});

it('enrols, loses the network, verifies and signs on the phone, starts cold, and sends', async () => {
  const { serve, state } = service();
  const first = launch(dist, serve, 'zh_CN', signedIn);
  await first.open(STAFF);
  await first.shows('启用这台核验设备');
  const [field] = first.fields();
  if (!field) throw new Error(`no field: ${first.text()}`);
  await first.fire(field, 'input', { value: 'K7QM2-XPDAB' });
  await first.tap('启用');
  await first.shows('威海港');
  await first.shows('离线核验可用到');

  state.plugged = false;
  first.scanned = freshCode();
  await first.tap('扫英才码');
  await first.shows('可以放行（离线）');
  await first.shows('余次未知');
  await first.tap('离线放行 · 客轮优先');
  await first.shows('已放行，待同步');

  // The same code a second time, and one that was tampered with.
  await first.tap('扫下一位');
  await first.shows('这个码用过了');
  first.scanned = first.scanned.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  await first.tap('重新扫码');
  await first.shows('重新扫码');
  expect(first.text()).toMatch(/疑似伪造|不是英才码/);
  expect(first.errors).toEqual([]);

  // Swiped away without network, and opened again with it.
  const kept = Object.fromEntries(first.storage);
  state.plugged = true;
  const second = launch(dist, serve, 'zh_CN', {}, kept);
  await second.open(STAFF);
  await second.shows('全部已同步');
  expect(state.sent).toHaveLength(1);
  const [use] = state.sent;
  if (!use) throw new Error('nothing was sent');
  expect(use.venueId).toBe(VENUE_ID);
  expect(isSignedBy(state.publicKey, use)).toBe(true);
  await second.open('subpackages/staff/unsent/index');
  await second.shows('已计入');
  expect(second.errors).toEqual([]);
}, 30_000);
