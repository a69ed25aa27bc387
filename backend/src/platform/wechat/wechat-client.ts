/** Who a sign-in code belongs to. WeChat's session_key stays inside the client: nothing of ours needs it. */
export interface WechatIdentity {
  readonly openid: string;
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
}
