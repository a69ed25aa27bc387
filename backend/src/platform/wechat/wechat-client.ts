import type { SendOutcome } from '../outside/send-outcome.js';

/** Who a sign-in code belongs to. WeChat's session_key stays inside the client: nothing of ours needs it. */
export interface WechatIdentity {
  readonly openid: string;
}

/** A message for a template that the person subscribed to. */
export interface SubscriptionMessage {
  readonly openid: string;
  readonly templateId: string;
  /** Page of the released mini-program, with its parameters, without a slash at the beginning. */
  readonly page: string;
  /** Value of each field of the template, such as `thing1`. */
  readonly data: Readonly<Record<string, string>>;
  /** Language of the "open the mini-program" line. */
  readonly lang: 'zh_CN' | 'en_US';
}

/** What this service asks of WeChat. Never call it inside a unit of work: it waits for the outside world. */
export abstract class WechatClient {
  /**
   * Exchanges the code of `wx.login()`.
   * @throws DomainError WECHAT_CODE_INVALID, WECHAT_RATE_LIMITED, WECHAT_ACCOUNT_BLOCKED, UPSTREAM_UNAVAILABLE
   */
  abstract codeToSession(code: string): Promise<WechatIdentity>;

  /**
   * The mainland mobile number, eleven digits, behind a code of the phone-number button.
   * @throws DomainError PHONE_CODE_INVALID, WECHAT_RATE_LIMITED, UPSTREAM_UNAVAILABLE
   */
  abstract phoneNumber(code: string): Promise<string>;

  /** Sends a subscription message once; never throws for what WeChat answers or leaves unanswered. */
  abstract sendSubscription(message: SubscriptionMessage): Promise<SendOutcome>;
}
