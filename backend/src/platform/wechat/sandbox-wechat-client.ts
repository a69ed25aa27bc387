import { createHash } from 'node:crypto';
import { checkMobile } from '@talent-card/shared/validators/mobile';
import { DomainError } from '../errors/domain-error.js';
import type { SendOutcome } from '../outside/send-outcome.js';
import { type SubscriptionMessage, WechatClient, type WechatIdentity } from './wechat-client.js';

const SIGN_IN = /^sandbox:([a-z0-9][a-z0-9-]{0,59})$/;
const PHONE = /^sandbox:([a-z0-9][a-z0-9-]{0,59})$/;

const KEPT_MESSAGES = 100;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const openidOf = (persona: string): string =>
  `sandbox-${digest(`openid ${persona}`).toString('base64url').slice(0, 20)}`;

/**
 * Nobody of the demo: whoever signs in as one of these gets no message through, each time alike, so that what an office
 * does then can be tried from outside.
 */
const UNREACHED: ReadonlyMap<string, SendOutcome> = new Map([
  [openidOf('refused'), { result: 'refused', code: '47003', detail: 'data.thing1' }],
  [openidOf('silent'), { result: 'uncertain', code: 'NO_ANSWER' }],
]);

/** WeChat for development: `sandbox:<persona>` is the same user each time, and has the same made-up phone number. */
export class SandboxWechatClient extends WechatClient {
  /** The latest messages, oldest first. Nothing leaves. */
  readonly sent: SubscriptionMessage[] = [];
  /** What WeChat answers to the next messages, the first one first, for trying out what follows; else all are sent. */
  readonly answers: SendOutcome[] = [];

  async codeToSession(code: string): Promise<WechatIdentity> {
    const persona = SIGN_IN.exec(code)?.[1];
    if (!persona) throw new DomainError('WECHAT_CODE_INVALID');
    return { openid: openidOf(persona) };
  }

  /** `sandbox:<mobile number>` gives that number, `sandbox:<anything>` a made-up one. */
  async phoneNumber(code: string): Promise<string> {
    const wanted = PHONE.exec(code)?.[1];
    if (!wanted) throw new DomainError('PHONE_CODE_INVALID');
    const given = checkMobile(wanted);
    if (given.ok) return given.value;
    const digits = digest(`phone ${wanted}`).readUInt32BE(0) % 100_000_000;
    return `199${String(digits).padStart(8, '0')}`;
  }

  async sendSubscription(message: SubscriptionMessage): Promise<SendOutcome> {
    const answer = this.answers.shift() ?? UNREACHED.get(message.openid);
    if (answer) return answer;
    this.sent.push(message);
    if (this.sent.length > KEPT_MESSAGES) this.sent.shift();
    return { result: 'sent', note: 'sandbox' };
  }
}
