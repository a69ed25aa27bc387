import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import path from 'node:path';
import { base64urlDecode, base64urlEncode } from '@talent-card/shared/card-code/bytes';
import {
  credentialOf,
  DAY,
  deviceClaims,
  issuer,
  keySet,
  verify,
} from '@talent-card/shared/card-code/card-code.fixtures';
import { prepareCode } from '@talent-card/shared/card-code/code';
import { checkCode } from '@talent-card/shared/card-code/verify';
import { qrUri } from '@/pages/code/qr';
import { WeappHost, type WeappRequest } from './host';

const root = path.resolve(__dirname, '../..');
const dist = process.env.WEAPP_DIST ?? path.join(root, 'dist/weapp');

const CARD_ID = '01JD0000000000000000000003';
const PERSON_ID = '01JD0000000000000000000002';
const DEVICE_ID = '01JD00000000000000000000D1';
const KEY = `code-key:${CARD_ID}`;
const CREDENTIAL = `code:credential:${CARD_ID}`;

/** The mini-program's own clock runs here, so the service's does too. */
const seconds = () => Math.floor(Date.now() / 1000);

function service() {
  const asked: WeappRequest[] = [];
  const answers: Record<string, (request: WeappRequest) => unknown> = {
    'GET /me': () => ({
      accountId: '01JD0000000000000000000001',
      person: {
        personId: PERSON_ID,
        name: '林海清',
        identityType: 'resident-id',
        maskedIdentityNumber: '3710**********241X',
        birthDate: '1988-03-12',
      },
      nickname: null,
      maskedPhone: null,
      locale: 'zh-CN',
      sandbox: true,
    }),
    'GET /cards/mine': () => ({
      items: [
        {
          cardId: CARD_ID,
          kind: 'talent',
          number: '3710082100634185',
          holderName: '林海清',
          category: '1',
          cardClass: 'A',
          status: 'active',
          validFrom: '2026-05-21',
          validUntil: '2099-05-20',
          issuedAt: '2026-05-21T02:00:00.000Z',
          statusReason: null,
          renewalOpensOn: '2099-02-19',
          demo: false,
        },
      ],
    }),
    'GET /card-code/devices': () => ({ items: [] }),
    'POST /card-code/devices': ({ data }) => {
      const body = (typeof data === 'string' ? JSON.parse(data) : data) as { publicKey: string };
      const issuedAt = seconds();
      const claims = deviceClaims({
        deviceKey: base64urlDecode(body.publicKey) ?? new Uint8Array(),
        cardClass: 'A',
        issuedAt,
        expiresAt: issuedAt + 7 * DAY,
      });
      return {
        deviceId: DEVICE_ID,
        cardId: CARD_ID,
        credential: base64urlEncode(credentialOf(claims)),
        renewFrom: new Date((issuedAt + 2 * DAY) * 1000).toISOString(),
        expiresAt: new Date(claims.expiresAt * 1000).toISOString(),
        serverTime: new Date().toISOString(),
      };
    },
  };
  const serve = (request: WeappRequest) => {
    asked.push(request);
    const key = `${request.method ?? 'GET'} ${request.url.replace(/^.*\/api\/v1/, '').split('?')[0]}`;
    const answer = answers[key];
    return answer
      ? { statusCode: 200, data: answer(request) }
      : { statusCode: 404, data: { code: 'NOT_FOUND', details: {}, requestId: 'r' } };
  };
  return { serve, asked };
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

/** Signs with the seed that lies in the phone's storage, by another implementation than the phone's. */
function signedBySeed(seed: Uint8Array, message: Uint8Array): Uint8Array {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' });
  return sign(null, message, key);
}

/** The text of the code whose picture is on the page, found among the codes of the last seconds. */
function textOfPicture(host: WeappHost): string {
  // Taro gives properties short names of its own.
  const pictures = host.nodes().flatMap((node) => Object.values(node));
  const seed = base64urlDecode(String(host.storage.get(KEY))) ?? new Uint8Array();
  const kept = JSON.parse(String(host.storage.get(CREDENTIAL))) as { credential: string };
  const credential = base64urlDecode(kept.credential) ?? new Uint8Array();
  for (let at = seconds() + 1; at > seconds() - 30; at -= 1) {
    const unsigned = prepareCode(credential, at);
    const text = unsigned.finish(signedBySeed(seed, unsigned.toBeSigned));
    if (pictures.includes(qrUri(text))) return text;
  }
  throw new Error('no code of the last half minute is on the page');
}

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

describe('the code, in the bundle that WeChat runs', () => {
  it('is made with a key of the phone, one tap from home, and drawn again from a cold start offline', async () => {
    const { serve, asked } = service();
    const first = launch(dist, serve, 'zh_CN', signedIn);
    await first.open('pages/home/index');
    await first.tap('出示码');
    await first.reaches('pages/code/index');
    await first.shows('秒后自动更新');

    const enrolled = asked.find(({ url, method }) => method === 'POST' && url.endsWith('/card-code/devices'));
    const seed = base64urlDecode(String(first.storage.get(KEY))) ?? new Uint8Array();
    const pair = createPublicKey(
      createPrivateKey({
        key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
        format: 'der',
        type: 'pkcs8',
      }),
    );
    const sent = enrolled?.data as { publicKey: string; platform: string } | undefined;
    expect(sent).toMatchObject({ platform: 'weapp', publicKey: pair.export({ format: 'jwk' }).x });
    expect(first.calls.find(({ name }) => name === 'setStorage')?.options).toMatchObject({
      key: KEY,
      encrypt: true,
    });
    expect(first.calls.some(({ name }) => name === 'getRandomValues')).toBe(true);

    const code = checkCode(textOfPicture(first), { keys: keySet(issuer), verify, now: Date.now() });
    expect(code).toMatchObject({ verdict: 'ok', claims: { maskedName: '林**', cardClass: 'A' } });
    expect(first.errors).toEqual([]);

    // Swiped away, and opened again in a basement.
    const nobody = () => {
      throw new Error('no network');
    };
    const kept = Object.fromEntries([...first.storage].filter(([key]) => key !== 'session'));
    const second = launch(dist, nobody, 'zh_CN', {}, kept);
    await second.open('pages/code/index');
    await second.shows('秒后自动更新');
    expect(checkCode(textOfPicture(second), { keys: keySet(issuer), verify, now: Date.now() }).verdict).toBe(
      'ok',
    );
    expect(second.calls.some(({ name }) => name === 'request')).toBe(false);
    expect(second.errors).toEqual([]);
  });

  it('lights the screen while it is shown, keeps out of screenshots, and puts both back', async () => {
    const host = launch(dist, service().serve, 'zh_CN', signedIn);
    await host.open('pages/code/index');
    await host.shows('秒后自动更新');
    const options = (name: string) =>
      host.calls.filter((call) => call.name === name).map((call) => call.options);
    // It asks how bright the screen is before it lights it.
    await host.calledWith('setScreenBrightness', { value: 1 });
    expect(options('setKeepScreenOn')).toMatchObject([{ keepScreenOn: true }]);
    expect(options('setVisualEffectOnCapture')).toMatchObject([{ visualEffect: 'hidden' }]);
    await host.open('pages/home/index');
    await host.calledWith('setScreenBrightness', { value: 0.4 });
    expect(options('setKeepScreenOn').slice(-1)).toMatchObject([{ keepScreenOn: false }]);
    expect(options('setVisualEffectOnCapture').slice(-1)).toMatchObject([{ visualEffect: 'none' }]);
  });
});
