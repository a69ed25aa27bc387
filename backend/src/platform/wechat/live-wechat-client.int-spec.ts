import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { Clock } from '../clock/clock.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { LiveWechatClient } from './live-wechat-client.js';
import { WechatAccessTokens } from './wechat-access-tokens.js';
import { WechatApi } from './wechat-api.js';
import { WechatToken } from './wechat-token.entity.js';

const APP_ID = 'wx0123456789abcdef';

interface Seen {
  readonly path: string;
  readonly query: Record<string, string>;
  readonly body: Record<string, unknown>;
}
type Answer = object | string | 'hang' | 'hang-up';

/** A local HTTP server that answers as WeChat does. */
class WechatStandIn {
  readonly seen: Seen[] = [];
  private readonly answers = new Map<string, Answer[]>();
  private constructor(private readonly server: Server) {}

  static async start(): Promise<WechatStandIn> {
    const server = createServer((request, response) => void standIn.answer(request, response));
    const standIn = new WechatStandIn(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  /** The next answers of a path, in turn; the last one stays. */
  will(path: string, ...answers: Answer[]): void {
    this.answers.set(path, answers);
  }
  calls(path: string): Seen[] {
    return this.seen.filter((one) => one.path === path);
  }
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://wechat');
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    this.seen.push({ path: url.pathname, query: Object.fromEntries(url.searchParams), body });
    const answers = this.answers.get(url.pathname) ?? [];
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { errcode: -1 };
    if (answer === 'hang') return;
    if (answer === 'hang-up') {
      request.socket.destroy();
      return;
    }
    response.setHeader('content-type', 'text/plain');
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  }
}

const SESSION = '/sns/jscode2session';
const TOKEN = '/cgi-bin/stable_token';
const PHONE = '/wxa/business/getuserphonenumber';
const phoneOf = (purePhoneNumber: string, countryCode: string | number = '86', appid = APP_ID) => ({
  errcode: 0,
  errmsg: 'ok',
  phone_info: {
    phoneNumber: purePhoneNumber,
    purePhoneNumber,
    countryCode,
    watermark: { timestamp: 1, appid },
  },
});

describe('the live WeChat client', () => {
  let test: TestApp;
  let wechat: WechatStandIn;
  const logged: unknown[] = [];
  const logger = {
    error: (...line: unknown[]) => logged.push(line),
    warn: (...line: unknown[]) => logged.push(line),
  } as unknown as Logger;

  const newNode = (timeoutMs = 10_000): LiveWechatClient => {
    const api = new WechatApi(
      { baseUrl: wechat.baseUrl, appId: APP_ID, appSecret: 'the-secret', timeoutMs },
      logger,
    );
    const tokens = new WechatAccessTokens(
      api,
      test.app.get(UnitOfWork),
      test.app.get(ReadDatabase),
      test.app.get(FieldCipher),
      test.app.get(Clock),
    );
    return new LiveWechatClient(api, tokens);
  };

  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    logged.length = 0;
    wechat = await WechatStandIn.start();
    await test.app.get(UnitOfWork).run((tx) => tx.manager.deleteAll(WechatToken));
  });
  afterEach(() => wechat.stop());

  describe('exchanging a sign-in code', () => {
    it('answers the openid and nothing of the session key', async () => {
      wechat.will(SESSION, { openid: 'o-1', session_key: 'very-secret', unionid: 'u' });
      expect(await newNode().codeToSession('071abc')).toEqual({ openid: 'o-1' });
      expect(wechat.seen[0]?.query).toEqual({
        appid: APP_ID,
        secret: 'the-secret',
        js_code: '071abc',
        grant_type: 'authorization_code',
      });
    });

    it.each([
      [40029, 'WECHAT_CODE_INVALID'],
      [40163, 'WECHAT_CODE_INVALID'],
      [45011, 'WECHAT_RATE_LIMITED'],
      [40226, 'WECHAT_ACCOUNT_BLOCKED'],
      [40013, 'UPSTREAM_UNAVAILABLE'],
      [40125, 'UPSTREAM_UNAVAILABLE'],
      [-1, 'UPSTREAM_UNAVAILABLE'],
      [99999, 'UPSTREAM_UNAVAILABLE'],
    ])('turns %i into %s', async (errcode, code) => {
      wechat.will(SESSION, { errcode, errmsg: 'no' });
      await expect(newNode().codeToSession('071abc')).rejects.toMatchObject({ code });
      expect(wechat.calls(SESSION)).toHaveLength(errcode === -1 ? 2 : 1);
    });

    it('tells the operator what only they can mend, without secret or code', async () => {
      wechat.will(SESSION, { errcode: 40013, errmsg: 'invalid appid' });
      await expect(newNode().codeToSession('071abc')).rejects.toThrow();
      expect(JSON.stringify(logged)).toContain('40013');
      expect(JSON.stringify(logged)).not.toMatch(/the-secret|071abc/);
    });

    it('tries again when WeChat is busy', async () => {
      wechat.will(SESSION, { errcode: -1 }, { openid: 'o-1', session_key: 'k' });
      expect(await newNode().codeToSession('071abc')).toEqual({ openid: 'o-1' });
    });

    it.each(['hang', 'hang-up', '<html>502</html>', '[]'])(
      'gives up on %p without sending the code twice',
      async (answer) => {
        wechat.will(SESSION, answer);
        await expect(
          newNode(answer === 'hang' ? 500 : undefined).codeToSession('071abc'),
        ).rejects.toMatchObject({
          code: 'UPSTREAM_UNAVAILABLE',
        });
        expect(wechat.calls(SESSION)).toHaveLength(1);
      },
    );

    it('says so when WeChat cannot be reached', async () => {
      const client = newNode();
      await wechat.stop();
      await expect(client.codeToSession('071abc')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      wechat = await WechatStandIn.start();
    });
  });

  describe('asking for a phone number', () => {
    beforeEach(() => wechat.will(TOKEN, { access_token: 'T1', expires_in: 7200 }));

    it('sends the access token and answers eleven digits', async () => {
      wechat.will(PHONE, phoneOf('13912345678', 86));
      expect(await newNode().phoneNumber('p-code')).toBe('13912345678');
      expect(wechat.calls(PHONE)).toMatchObject([
        { query: { access_token: 'T1' }, body: { code: 'p-code' } },
      ]);
    });

    it.each([
      [40029, 'PHONE_CODE_INVALID'],
      [40163, 'PHONE_CODE_INVALID'],
      [40013, 'PHONE_CODE_INVALID'],
      [45011, 'WECHAT_RATE_LIMITED'],
      [48001, 'UPSTREAM_UNAVAILABLE'],
    ])('turns %i into %s', async (errcode, code) => {
      wechat.will(PHONE, { errcode });
      await expect(newNode().phoneNumber('p-code')).rejects.toMatchObject({ code });
    });

    it('refuses a number of another mini-program, and one from abroad', async () => {
      wechat.will(PHONE, phoneOf('13912345678', '86', 'wx-other'));
      await expect(newNode().phoneNumber('p')).rejects.toMatchObject({ code: 'PHONE_CODE_INVALID' });
      wechat.will(PHONE, phoneOf('1012345678', '82'));
      await expect(newNode().phoneNumber('p')).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    });

    it('asks for the access token once, for all callers and all nodes', async () => {
      wechat.will(PHONE, phoneOf('13912345678'));
      const node = newNode();
      await Promise.all([node.phoneNumber('a'), node.phoneNumber('b'), node.phoneNumber('c')]);
      await newNode().phoneNumber('d');
      expect(wechat.calls(TOKEN)).toHaveLength(1);
      test.clock.advance(7200_000);
      wechat.will(TOKEN, { access_token: 'T2', expires_in: 7200 });
      await node.phoneNumber('e');
      expect(wechat.calls(PHONE).at(-1)?.query).toEqual({ access_token: 'T2' });
    });

    it('keeps the access token closed', async () => {
      wechat.will(PHONE, phoneOf('13912345678'));
      await newNode().phoneNumber('a');
      const rows = await test.app.get(ReadDatabase).manager.find(WechatToken);
      expect(rows).toHaveLength(1);
      expect(rows[0]?.tokenSealed).not.toContain('T1');
    });

    it.each([40001, 42001, 40014])('gets a fresh access token once on %i', async (errcode) => {
      wechat.will(PHONE, phoneOf('13912345678'));
      const node = newNode();
      await node.phoneNumber('a');
      wechat.will(PHONE, { errcode }, phoneOf('13912345678'));
      wechat.will(TOKEN, { access_token: 'T2', expires_in: 7200 });
      expect(await node.phoneNumber('b')).toBe('13912345678');
      expect(wechat.calls(PHONE).at(-1)?.query).toEqual({ access_token: 'T2' });
    });

    it('forces a fresh one only when WeChat hands out the stale one again, and not twice a minute', async () => {
      wechat.will(PHONE, { errcode: 40001 });
      const node = newNode();
      await expect(node.phoneNumber('a')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      expect(wechat.calls(TOKEN).map(({ body }) => body.force_refresh)).toEqual([false, false, true]);
      await expect(node.phoneNumber('b')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      expect(wechat.calls(TOKEN).filter(({ body }) => body.force_refresh)).toHaveLength(1);
    });

    it('takes the token that another node has renewed', async () => {
      wechat.will(PHONE, phoneOf('13912345678'));
      const [one, two] = [newNode(), newNode()];
      await one.phoneNumber('a');
      await two.phoneNumber('b');
      wechat.will(PHONE, { errcode: 42001 }, phoneOf('13912345678'));
      wechat.will(TOKEN, { access_token: 'T2', expires_in: 7200 });
      await one.phoneNumber('c');
      wechat.will(PHONE, { errcode: 42001 }, phoneOf('13912345678'));
      await two.phoneNumber('d');
      expect(wechat.calls(TOKEN)).toHaveLength(2);
    });

    it('repeats the request for a token, which does no harm twice', async () => {
      wechat.will(TOKEN, 'hang-up', { access_token: 'T1', expires_in: 7200 });
      wechat.will(PHONE, phoneOf('13912345678'));
      expect(await newNode().phoneNumber('a')).toBe('13912345678');
    });

    it('says so when the secret is wrong', async () => {
      wechat.will(TOKEN, { errcode: 40125, errmsg: 'invalid appsecret' });
      await expect(newNode().phoneNumber('a')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      expect(JSON.stringify(logged)).toContain('40125');
    });
  });

  describe('sending a subscription message', () => {
    const SEND = '/cgi-bin/message/subscribe/send';
    const message = {
      openid: 'o-1',
      templateId: 'template-1',
      page: 'pages/messages/index?open=1',
      data: { thing1: '机场贵宾候机', time2: '2026年11月24日 09:00' },
      lang: 'zh_CN',
    } as const;
    beforeEach(() => wechat.will(TOKEN, { access_token: 'T1', expires_in: 7200 }));

    it('wraps each value as WeChat wants it', async () => {
      wechat.will(SEND, { errcode: 0, errmsg: 'ok', msgid: 1 });
      expect(await newNode().sendSubscription(message)).toEqual({ result: 'sent' });
      expect(wechat.calls(SEND)).toEqual([
        {
          path: SEND,
          query: { access_token: 'T1' },
          body: {
            touser: 'o-1',
            template_id: 'template-1',
            page: 'pages/messages/index?open=1',
            miniprogram_state: 'formal',
            lang: 'zh_CN',
            data: { thing1: { value: '机场贵宾候机' }, time2: { value: '2026年11月24日 09:00' } },
          },
        },
      ]);
    });

    it.each([
      [43101, 'user refuse to accept the msg', { result: 'unwanted', code: '43101' }],
      [40003, 'invalid openid', { result: 'refused', code: '40003' }],
      [40037, 'invalid template_id', { result: 'refused', code: '40037' }],
      [41030, 'invalid page', { result: 'refused', code: '41030' }],
      [
        47003,
        'argument invalid! data.thing1.value invalid rid: 63b1',
        { result: 'refused', code: '47003', detail: 'data.thing1' },
      ],
      [45009, 'reach max api daily quota limit', { result: 'not-sent', code: '45009' }],
      [40164, 'invalid ip', { result: 'not-sent', code: '40164' }],
      [99999, 'new', { result: 'refused', code: '99999' }],
    ])('takes %i as it is documented', async (errcode, errmsg, outcome) => {
      wechat.will(SEND, { errcode, errmsg });
      expect(await newNode().sendSubscription(message)).toEqual(outcome);
      expect(wechat.calls(SEND)).toHaveLength(1);
    });

    it('tries a busy WeChat twice, then says that nothing went', async () => {
      wechat.will(SEND, { errcode: -1 });
      expect(await newNode().sendSubscription(message)).toEqual({ result: 'not-sent', code: '-1' });
      expect(wechat.calls(SEND)).toHaveLength(2);
    });

    it('gets a fresh token once, and gives up for now when that is refused too', async () => {
      wechat.will(SEND, { errcode: 42001 }, { errcode: 0 });
      wechat.will(TOKEN, { access_token: 'T1', expires_in: 7200 }, { access_token: 'T2', expires_in: 7200 });
      const node = newNode();
      expect(await node.sendSubscription(message)).toEqual({ result: 'sent' });
      wechat.will(SEND, { errcode: 42001 });
      wechat.will(TOKEN, { access_token: 'T3', expires_in: 7200 });
      expect(await node.sendSubscription(message)).toEqual({ result: 'not-sent', code: '42001' });
    });

    it('sends nothing without a token', async () => {
      wechat.will(TOKEN, { errcode: 40125 });
      expect(await newNode().sendSubscription(message)).toEqual({ result: 'not-sent', code: 'ACCESS_TOKEN' });
      expect(wechat.calls(SEND)).toHaveLength(0);
    });

    it('knows that nothing was sent when the token could not even be read', async () => {
      const read = jest
        .spyOn(test.app.get(ReadDatabase).manager, 'findOneBy')
        .mockRejectedValueOnce(new Error('connection lost'));
      expect(await newNode().sendSubscription(message)).toEqual({ result: 'not-sent', code: 'ACCESS_TOKEN' });
      read.mockRestore();
      expect(wechat.seen).toHaveLength(0);
    });

    it.each(['hang', 'hang-up', '<html>502</html>'])(
      'does not know after %p, and sends once',
      async (answer) => {
        wechat.will(SEND, answer);
        const node = newNode(answer === 'hang' ? 500 : undefined);
        expect(await node.sendSubscription(message)).toEqual({ result: 'uncertain', code: 'NO_ANSWER' });
        expect(wechat.calls(SEND)).toHaveLength(1);
      },
    );
  });
});
