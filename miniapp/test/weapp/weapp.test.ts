import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { residentIdCheckDigit } from '@talent-card/shared/validators/resident-id';
import { WeappHost, type WeappRequest } from './host';

/** `WEAPP_DIST` points at a build that is there already; otherwise it is built when it is older than the source. */
const root = path.resolve(__dirname, '../..');
const dist = process.env.WEAPP_DIST ?? path.join(root, 'dist/weapp');

const FIRST17 = '37100219880312241';
const NUMBER = FIRST17 + residentIdCheckDigit(FIRST17);
const CARD_ID = '01JD0000000000000000000003';
const card = {
  cardId: CARD_ID,
  kind: 'talent',
  number: '3710082100634185',
  holderName: '林海清',
  category: '1',
  cardClass: 'A',
  status: 'active',
  validFrom: '2026-05-21',
  validUntil: '2031-05-20',
  issuedAt: '2026-05-21T02:00:00.000Z',
  statusReason: null,
  renewalOpensOn: '2031-02-19',
  demo: false,
};

/** A service with one person, whose card is issued when the name is proved. */
function service(given = { proved: false }) {
  let proved = given.proved;
  let signIns = 0;
  const me = () => ({
    accountId: '01JD0000000000000000000001',
    person: proved
      ? {
          personId: '01JD0000000000000000000002',
          name: '林海清',
          identityType: 'resident-id',
          maskedIdentityNumber: '3710**********241X',
          birthDate: '1988-03-12',
        }
      : null,
    nickname: null,
    maskedPhone: null,
    locale: 'zh-CN',
    sandbox: true,
  });
  const persona = {
    code: 'sandbox:lin',
    name: '林海清',
    identityType: 'resident-id',
    identityNumber: NUMBER,
    story: { zh: '在人才库里', en: 'In the roster' },
  };
  const asked: WeappRequest[] = [];
  const answers: Record<string, (request: WeappRequest) => unknown> = {
    'GET /sandbox/personas': () => ({ items: [persona] }),
    'POST /sessions': () => {
      signIns += 1;
      return {
        accessToken: `access-${signIns}`,
        accessTokenExpiresAt: '2026-11-24T02:00:00.000Z',
        refreshToken: 'refresh-token-number-one',
        refreshTokenExpiresAt: '2026-12-24T02:00:00.000Z',
      };
    },
    'GET /me': me,
    'POST /me/real-name': () => {
      proved = true;
      return me();
    },
    'GET /cards/mine': () => ({ items: proved ? [card] : [] }),
    [`GET /cards/${CARD_ID}`]: () => card,
    'GET /card-applications/mine': () => ({ items: [] }),
    'GET /messages/unread': () => ({ unread: 1 }),
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

beforeAll(() => {
  if (!process.env.WEAPP_DIST) {
    execFileSync(process.execPath, [path.join(root, 'scripts/build-if-stale.mjs'), 'weapp'], {
      stdio: 'inherit',
    });
  }
}, 300_000);

type Params = [serve: ReturnType<typeof service>['serve'], language?: string, kept?: Record<string, unknown>];
const hosts: WeappHost[] = [];
function launch(...[serve, language, kept]: Params): WeappHost {
  const host = new WeappHost(dist, serve, language, kept);
  hosts.push(host);
  return host;
}
afterEach(() => {
  for (const host of hosts.splice(0)) host.close();
});

describe('the weapp bundle, run as WeChat runs it', () => {
  it('finds none of what only browsers have', () => {
    const host = launch(service().serve);
    for (const name of [
      'window',
      'document',
      'fetch',
      'AbortController',
      'BigInt',
      'localStorage',
      'process',
      'crypto',
      'TextDecoder',
      'TextEncoder',
      'atob',
      'Buffer',
    ]) {
      expect([name, host.hasGlobal(name)]).toEqual([name, false]);
    }
    expect(host.makesCodeOfText()).toBe(false);
    expect(host.errors).toEqual([]);
  });

  it('leads from welcome through consent, sign-in and real name to the card', async () => {
    const { serve, asked } = service();
    const host = launch(serve);
    await host.open('pages/home/index');
    await host.reaches('subpackages/auth/welcome/index');
    await host.shows('一张卡，安心在威海');

    await host.tap('开始使用');
    await host.reaches('subpackages/auth/consent/index');
    await host.tap('同意并继续');
    await host.reaches('subpackages/auth/sign-in/index');
    await host.tap('林海清');
    await host.reaches('subpackages/auth/real-name/index');

    const [name, number] = host.fields();
    if (!name || !number) throw new Error(`no fields: ${host.text()}`);
    await host.fire(name, 'input', { value: '林海清' });
    await host.fire(number, 'input', { value: `${NUMBER.slice(0, 17)}?` });
    await host.shows('身份证号只有数字，最后一位可以是 X');
    await host.fire(number, 'input', { value: NUMBER });
    await host.tap('同意将姓名和证件号用于实名认证（版本 2026-11）');
    await host.tap('提交认证');
    await host.reaches('pages/home/index');
    await host.shows('3710 0821 0063 4185');
    const sent = asked.find((request) => request.url.endsWith('/me/real-name'));
    expect(sent?.header?.['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(host.calls.some((call) => call.name === 'getRandomValues')).toBe(true);

    await host.tap('卡片详情');
    await host.reaches('subpackages/cards/detail/index');
    await host.shows('第一类：持有山东惠才卡');
    expect(host.errors).toEqual([]);
  });

  it('hands every property to the attribute that is meant', async () => {
    const host = launch(service().serve, 'zh_CN', {
      welcomed: true,
      'account-consent': CONSENT_VERSIONS.account,
    });
    await host.open('subpackages/auth/sign-in/index');
    await host.tap('林海清');
    await host.reaches('subpackages/auth/real-name/index');
    const [name] = host.fields();
    if (!name) throw new Error(`no fields: ${host.text()}`);
    await host.fire(name, 'input', { value: '林海清' });
    const field = host.attributes(host.fields()[0] ?? name);
    expect(field).toMatchObject({ value: '林海清', 'aria-label': '姓名', type: 'text' });
    expect(field.password).toBeFalsy();
    const button = host.nodes().find((node) => (node.cl ?? '').split(' ').includes('btn'));
    if (!button) throw new Error(`no button: ${host.text()}`);
    expect(host.attributes(button)).toMatchObject({ 'aria-role': 'button' });
    expect(host.attributes(button)['hover-class']).toMatch(/^(btn--press|none)$/);
    expect(host.errors).toEqual([]);
  });

  it('lets a foreigner search for the nationality, and misses only what is not filled in', async () => {
    const { serve, asked } = service();
    const host = launch(serve, 'zh_CN', { welcomed: true, 'account-consent': CONSENT_VERSIONS.account });
    await host.open('subpackages/auth/sign-in/index');
    await host.tap('林海清');
    await host.reaches('subpackages/auth/real-name/index');
    await host.tap('护照');
    const [name, number] = host.fields();
    if (!name || !number) throw new Error(`no fields: ${host.text()}`);
    await host.fire(name, 'input', { value: 'ANNA BERG' });
    await host.fire(number, 'input', { value: 'C01X00T47' });
    await host.tap('国籍：请选择');
    await host.shows('阿尔巴尼亚');
    const search = host.fields().at(-1);
    if (!search) throw new Error(`no search: ${host.text()}`);
    await host.fire(search, 'input', { value: '德国' });
    await host.shows('找到 1 个');
    await host.tap('德国');
    await host.shows('德国');
    expect(host.text()).not.toContain('选择国籍');
    await host.tap('同意将姓名和证件号用于实名认证（版本 2026-11）');
    await host.tap('提交认证');
    // Only the date of birth is still missing: WeChat's own wheel sets it, which this host does not turn.
    await host.shows('请填写这一项');
    expect(host.text().match(/请填写这一项/g)).toHaveLength(1);
    expect(asked.some((request) => request.url.endsWith('/me/real-name'))).toBe(false);
    expect(host.errors).toEqual([]);
  });

  it('brings a deep link back after the sign-in', async () => {
    const { serve } = service();
    const host = launch(serve);
    await host.open(`subpackages/cards/detail/index?cardId=${CARD_ID}`);
    await host.reaches('subpackages/auth/consent/index');
    await host.tap('同意并继续');
    await host.tap('林海清');
    // The card needs a proven name: the real name comes first and knows where to go on to.
    await host.reaches('subpackages/auth/real-name/index');
    expect(decodeURIComponent(host.page.options.next ?? '')).toBe(
      `/subpackages/cards/detail/index?cardId=${CARD_ID}`,
    );
    expect(host.errors).toEqual([]);
  });

  it('opens every page without an error, in English too', async () => {
    const { serve } = service({ proved: true });
    const host = launch(serve, 'en', {
      welcomed: true,
      'account-consent': CONSENT_VERSIONS.account,
      session: {
        accessToken: 'access-1',
        accessTokenExpiresAt: '2026-11-24T02:00:00.000Z',
        refreshToken: 'refresh-token-number-one',
        refreshTokenExpiresAt: '2026-12-24T02:00:00.000Z',
      },
    });
    for (const page of host.pages) {
      await host.open(`${page}?cardId=${CARD_ID}&caseId=${CARD_ID}`);
      await host.reaches(page);
    }
    expect(host.errors).toEqual([]);
    expect(host.largestSetData).toBeLessThan(256 * 1024);
  }, 60_000);
});
