import { checkMobile } from '@talent-card/shared/validators/mobile';
import * as z from 'zod';
import { DomainError, fieldError } from '../errors/domain-error.js';
import type { WechatAccessTokens } from './wechat-access-tokens.js';
import { type WechatApi, WechatRefusal, type WechatRequest } from './wechat-api.js';
import { WechatClient, type WechatIdentity } from './wechat-client.js';
import { isStaleToken } from './wechat-errors.js';

const sessionSchema = z.object({ openid: z.string().min(1) });
const phoneSchema = z.object({
  phone_info: z.object({
    purePhoneNumber: z.string(),
    countryCode: z.union([z.string(), z.number()]).transform(String),
    watermark: z.object({ appid: z.string() }),
  }),
});

/** The real WeChat, through its server interface. */
export class LiveWechatClient extends WechatClient {
  constructor(
    private readonly api: WechatApi,
    private readonly tokens: WechatAccessTokens,
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

  /** Sends with the access token; once more with a fresh one when WeChat calls it stale (nothing was done then). */
  private async withToken(request: WechatRequest): Promise<Record<string, unknown>> {
    const send = (token: string) => this.api.send({ ...request, query: { access_token: token } });
    const explained = (error: unknown): unknown =>
      error instanceof WechatRefusal ? this.api.explain(request.call, error) : error;
    const token = await this.tokens.get();
    try {
      return await send(token);
    } catch (error) {
      if (!(error instanceof WechatRefusal) || !isStaleToken(error.errcode)) throw explained(error);
    }
    try {
      return await send(await this.tokens.get(token));
    } catch (error) {
      throw explained(error);
    }
  }

  private read<T>(schema: z.ZodType<T>, answer: unknown): T {
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new DomainError('UPSTREAM_UNAVAILABLE');
    return parsed.data;
  }
}
