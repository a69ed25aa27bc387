import { checkMobile } from '@talent-card/shared/validators/mobile';
import * as z from 'zod';
import { DomainError, fieldError } from '../errors/domain-error.js';
import type { SendOutcome } from '../outside/send-outcome.js';
import type { WechatAccessTokens } from './wechat-access-tokens.js';
import { type WechatApi, WechatRefusal, type WechatRequest, WechatUnreachable } from './wechat-api.js';
import { type SubscriptionMessage, WechatClient, type WechatIdentity } from './wechat-client.js';
import { isStaleToken, subscriptionOutcome } from './wechat-errors.js';

const sessionSchema = z.object({ openid: z.string().min(1) });
const phoneSchema = z.object({
  phone_info: z.object({
    purePhoneNumber: z.string(),
    countryCode: z.union([z.string(), z.number()]).transform(String),
    watermark: z.object({ appid: z.string() }),
  }),
});

/** There is no access token to ask with, so WeChat has heard nothing. */
class NoAccessToken extends Error {
  constructor(override readonly cause: unknown) {
    super('no access token');
  }
}

/** The real WeChat, through its server interface. */
export class LiveWechatClient extends WechatClient {
  constructor(
    private readonly api: WechatApi,
    private readonly tokens: WechatAccessTokens,
    /** Which version of the mini-program a message opens. */
    private readonly miniprogramState: 'formal' | 'trial' | 'developer' = 'formal',
  ) {
    super();
  }

  /** `jscode2session`. The answer's session_key is dropped here. */
  async codeToSession(code: string): Promise<WechatIdentity> {
    const { appId, appSecret } = this.api.options;
    try {
      const answer = await this.api.send({
        call: 'sign-in',
        method: 'GET',
        path: '/sns/jscode2session',
        query: { appid: appId, secret: appSecret, js_code: code, grant_type: 'authorization_code' },
        repeatable: false,
      });
      const { openid } = this.read(sessionSchema, answer);
      return { openid };
    } catch (error) {
      throw error instanceof WechatRefusal ? this.api.explain('sign-in', error) : error;
    }
  }

  /** `getuserphonenumber`. @throws DomainError VALIDATION_FAILED for a number from outside the mainland */
  async phoneNumber(code: string): Promise<string> {
    const answer = await this.withToken({
      call: 'phone-number',
      method: 'POST',
      path: '/wxa/business/getuserphonenumber',
      body: { code },
      repeatable: false,
    });
    const { phone_info: phone } = this.read(phoneSchema, answer);
    if (phone.watermark.appid !== this.api.options.appId) throw new DomainError('PHONE_CODE_INVALID');
    const mobile = checkMobile(phone.purePhoneNumber);
    if (phone.countryCode !== '86' || !mobile.ok) throw fieldError({ path: 'code', code: 'MOBILE_FORMAT' });
    return mobile.value;
  }

  /** `subscribeMessage.send`. Not repeated after a time-out: the message may have gone. */
  async sendSubscription(message: SubscriptionMessage): Promise<SendOutcome> {
    const data = Object.fromEntries(Object.entries(message.data).map(([field, value]) => [field, { value }]));
    try {
      await this.exchangeWithToken({
        call: 'subscription',
        method: 'POST',
        path: '/cgi-bin/message/subscribe/send',
        body: {
          touser: message.openid,
          template_id: message.templateId,
          page: message.page,
          miniprogram_state: this.miniprogramState,
          lang: message.lang,
          data,
        },
        repeatable: false,
      });
      return { result: 'sent' };
    } catch (error) {
      if (error instanceof WechatRefusal) return subscriptionOutcome(error.errcode, error.errmsg);
      if (error instanceof WechatUnreachable) {
        return error.reached
          ? { result: 'uncertain', code: 'NO_ANSWER' }
          : { result: 'not-sent', code: 'UNREACHABLE' };
      }
      if (error instanceof NoAccessToken) return { result: 'not-sent', code: 'ACCESS_TOKEN' };
      throw error;
    }
  }

  private async withToken(request: WechatRequest): Promise<Record<string, unknown>> {
    try {
      return await this.exchangeWithToken(request);
    } catch (error) {
      if (error instanceof NoAccessToken) throw error.cause;
      if (error instanceof WechatUnreachable) throw new DomainError('UPSTREAM_UNAVAILABLE');
      throw error instanceof WechatRefusal ? this.api.explain(request.call, error) : error;
    }
  }

  /** Sends with the access token; once more with a fresh one when WeChat calls it stale (nothing was done then). */
  private async exchangeWithToken(request: WechatRequest): Promise<Record<string, unknown>> {
    const exchange = (token: string) => this.api.exchange({ ...request, query: { access_token: token } });
    const token = await this.token();
    try {
      return await exchange(token);
    } catch (error) {
      if (!(error instanceof WechatRefusal) || !isStaleToken(error.errcode)) throw error;
    }
    return exchange(await this.token(token));
  }

  /** @throws NoAccessToken whatever the reason, the database included */
  private async token(refused?: string): Promise<string> {
    try {
      return await this.tokens.get(refused);
    } catch (cause) {
      throw new NoAccessToken(cause);
    }
  }

  private read<T>(schema: z.ZodType<T>, answer: unknown): T {
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new DomainError('UPSTREAM_UNAVAILABLE');
    return parsed.data;
  }
}
