import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { DomainError } from '../errors/domain-error.js';
import { hasNotArrived } from '../outside/has-not-arrived.js';
import { codeOf, isExpected, mayTryAgain, type WechatCall } from './wechat-errors.js';

export const WECHAT_BASE_URL = 'https://api.weixin.qq.com';

export interface WechatApiOptions {
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: string;
  /** For one request, from connecting to the last byte. */
  readonly timeoutMs: number;
}

export interface WechatRequest {
  readonly call: WechatCall;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly body?: Record<string, unknown>;
  /** Sending it twice does what sending it once does. A code that works once must not be sent again after a time-out. */
  readonly repeatable: boolean;
}

/** What WeChat refused, by its number; turned into our code where the call is known. */
export class WechatRefusal extends Error {
  constructor(
    readonly errcode: number,
    readonly errmsg: string,
  ) {
    super(`wechat answered ${errcode}`);
    this.name = 'WechatRefusal';
  }
}

/** No usable answer. `reached` is false when the request cannot have arrived. */
export class WechatUnreachable extends Error {
  constructor(readonly reached: boolean) {
    super(reached ? 'wechat did not answer' : 'wechat could not be reached');
    this.name = 'WechatUnreachable';
  }
}

const PAUSE_MS = 150;

/** One request to WeChat's HTTP interface: time-out, one repetition where it is safe, errors by number. */
export class WechatApi {
  constructor(
    readonly options: WechatApiOptions,
    private readonly logger: Logger,
  ) {}

  /**
   * The answer's JSON, whose `errcode` is absent or 0.
   * @throws WechatRefusal for any other errcode; DomainError UPSTREAM_UNAVAILABLE when there is no usable answer
   */
  async send(request: WechatRequest): Promise<Record<string, unknown>> {
    try {
      return await this.exchange(request);
    } catch (error) {
      throw error instanceof WechatUnreachable ? new DomainError('UPSTREAM_UNAVAILABLE') : error;
    }
  }

  /**
   * The same for callers to whom it matters whether a request without an answer may have arrived.
   * @throws WechatRefusal, WechatUnreachable
   */
  async exchange(request: WechatRequest): Promise<Record<string, unknown>> {
    try {
      return await this.once(request);
    } catch (error) {
      if (!this.isWorthRepeating(error, request)) throw this.noted(error, request);
    }
    await delay(PAUSE_MS);
    try {
      return await this.once(request);
    } catch (error) {
      throw this.noted(error, request);
    }
  }

  /** A refusal as ours; numbers that only the operator can mend are logged, never shown. */
  explain(call: WechatCall, refusal: WechatRefusal): DomainError {
    const { errcode, errmsg } = refusal;
    if (!isExpected(call, errcode)) this.logger.error({ call, errcode, errmsg }, 'wechat refused a call');
    const code = codeOf(call, errcode);
    return new DomainError(code, code === 'WECHAT_RATE_LIMITED' ? { retryAfterSeconds: 60 } : {});
  }

  private isWorthRepeating(error: unknown, request: WechatRequest): boolean {
    if (error instanceof WechatRefusal) return mayTryAgain(error.errcode);
    if (error instanceof WechatUnreachable) return request.repeatable || !error.reached;
    return false;
  }

  private noted(error: unknown, request: WechatRequest): unknown {
    if (error instanceof WechatUnreachable)
      this.logger.warn({ call: request.call, reached: error.reached }, 'no answer from wechat');
    return error;
  }

  /** Neither address nor body is ever logged: they hold the secret, codes and tokens. */
  private async once(request: WechatRequest): Promise<Record<string, unknown>> {
    const url = new URL(request.path, this.options.baseUrl);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const answer = await this.fetchJson(url, request);
    const { errcode, errmsg } = answer;
    if (typeof errcode === 'number' && errcode !== 0)
      throw new WechatRefusal(errcode, String(errmsg ?? '').slice(0, 200));
    return answer;
  }

  private async fetchJson(url: URL, request: WechatRequest): Promise<Record<string, unknown>> {
    try {
      const response = await fetch(url, {
        method: request.method,
        signal: AbortSignal.timeout(this.options.timeoutMs),
        redirect: 'error',
        ...(request.body
          ? { body: JSON.stringify(request.body), headers: { 'content-type': 'application/json' } }
          : {}),
      });
      // WeChat answers 200 with an errcode; jscode2session labels its JSON text/plain.
      const answer: unknown = JSON.parse(await response.text());
      if (!response.ok || answer === null || typeof answer !== 'object') throw new WechatUnreachable(true);
      return answer as Record<string, unknown>;
    } catch (error) {
      if (error instanceof WechatUnreachable) throw error;
      throw new WechatUnreachable(!hasNotArrived(error));
    }
  }
}
