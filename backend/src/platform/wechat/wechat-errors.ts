import type { ErrorCode } from '@talent-card/shared/common/error-codes';

/** Which of our calls WeChat answered: the same number means different things at different addresses. */
export type WechatCall = 'sign-in' | 'phone-number' | 'access-token';

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

export const isStaleToken = (errcode: number): boolean => STALE_TOKEN.has(errcode);
export const mayTryAgain = (errcode: number): boolean => TRY_AGAIN.has(errcode);
