import Taro from '@tarojs/taro';

/**
 * Where the service is, without a slash at its end. One package goes through development, trial and release, so WeChat
 * is asked which of them runs; a version without an address of its own uses the released one. h5 comes from the
 * service itself and names no origin.
 */
export function apiBase(): string {
  // Each is replaced while building, so each is named in full.
  const released = process.env.TARO_APP_API;
  if (process.env.TARO_ENV === 'h5') return released;
  const version = versionOf();
  if (version === 'trial') return process.env.TARO_APP_API_TRIAL || released;
  if (version === 'develop') return process.env.TARO_APP_API_DEVELOP || released;
  return released;
}

/** `develop`, `trial` or `release`; an old WeChat that cannot say is taken for released. */
function versionOf(): string {
  try {
    return Taro.getAccountInfoSync().miniProgram.envVersion;
  } catch {
    return 'release';
  }
}
