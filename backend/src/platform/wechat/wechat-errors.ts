import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import type { SendOutcome } from '../outside/send-outcome.js';

/** Which of our calls WeChat answered: the same number means different things at different addresses. */
export type WechatCall = 'sign-in' | 'phone-number' | 'access-token' | 'subscription';

/** Numbers that mean the same everywhere. */
const EVERYWHERE: Readonly<Record<number, ErrorCode>> = {
  [-1]: 'UPSTREAM_UNAVAILABLE', // system busy, try again
  40226: 'WECHAT_ACCOUNT_BLOCKED', // high-risk user, login intercepted
  45009: 'WECHAT_RATE_LIMITED', // daily quota of the interface used up
  45011: 'WECHAT_RATE_LIMITED', // too often: 100 a minute for each user, or the interface
  50002: 'UPSTREAM_UNAVAILABLE', // the interface is shut off for a while
};

const PER_CALL: Readonly<Record<WechatCall, Readonly<Record<number, ErrorCode>>>> = {
  'sign-in': {
    40029: 'WECHAT_CODE_INVALID', // code invalid or older than five minutes
    40163: 'WECHAT_CODE_INVALID', // code used
    41008: 'WECHAT_CODE_INVALID', // code missing
  },
  'phone-number': {
    40029: 'PHONE_CODE_INVALID',
    40163: 'PHONE_CODE_INVALID',
    40013: 'PHONE_CODE_INVALID', // code of another mini-program: "does not match the appid of the code"
    41008: 'PHONE_CODE_INVALID',
  },
  'access-token': {},
  // A message that was not sent answers nobody: `subscriptionOutcome` says what becomes of it.
  subscription: {},
};

/** Access token invalid, missing, or expired: a fresh one is worth one more try. */
const STALE_TOKEN: ReadonlySet<number> = new Set([40001, 40014, 41001, 42001]);
/** Nothing was done and the same call may be sent again. */
const TRY_AGAIN: ReadonlySet<number> = new Set([-1]);

/**
 * Our code for an `errcode`. What only the operator can mend (40013 appid, 40125 or 40001 secret, 40164 address not
 * on the white list, 48001 interface not granted, …) answers UPSTREAM_UNAVAILABLE and is logged with its number.
 */
export function codeOf(call: WechatCall, errcode: number): ErrorCode {
  return PER_CALL[call][errcode] ?? EVERYWHERE[errcode] ?? 'UPSTREAM_UNAVAILABLE';
}

/** Whether the number is one that users meet in daily life; others call for the operator. */
export function isExpected(call: WechatCall, errcode: number): boolean {
  return errcode in PER_CALL[call] || errcode in EVERYWHERE;
}

/** The person takes no message of the template: never subscribed, used up, or taken back. */
const UNWANTED = 43101;
/** Nothing was sent and nothing is wrong with the message: it may go later. */
const LATER: ReadonlySet<number> = new Set([
  -1, // system busy
  40001, // access token or secret wrong, also after a fresh one
  40013, // appid: the operator mends it
  40014, // access token
  40125, // secret: the operator mends it
  40164, // this server's address is not on the white list: the operator mends it
  41001, // access token missing
  42001, // access token expired
  45009, // daily limit of the interface
  45011, // too often
  48001, // interface not granted to the mini-program
  50002, // interface shut off for a while
]);

/**
 * What becomes of a subscription message that WeChat refused. Documented for this interface: 40003 openid, 40037
 * template id, 41030 page not in the released version, 43101 unwanted, 47003 a value that breaks the template's rules;
 * `errmsg` then names the field. All but 43101 and those of LATER would be refused again.
 */
export function subscriptionOutcome(errcode: number, errmsg: string): SendOutcome {
  const code = String(errcode);
  if (errcode === UNWANTED) return { result: 'unwanted', code };
  if (LATER.has(errcode)) return { result: 'not-sent', code };
  const [field] = /data\.[a-z_]+\d*/.exec(errmsg) ?? [];
  return { result: 'refused', code, ...(field ? { detail: field } : {}) };
}

export const isStaleToken = (errcode: number): boolean => STALE_TOKEN.has(errcode);
export const mayTryAgain = (errcode: number): boolean => TRY_AGAIN.has(errcode);
