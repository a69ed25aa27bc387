import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
const ISSUER = '威海英才卡';

const totp = (secret: string, username = ''): TOTP =>
  new TOTP({
    issuer: ISSUER,
    label: username,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
  });

/** 160 random bits, base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** Key URI for the QR code. */
export const otpauthUri = (secret: string, username: string): string => totp(secret, username).toString();

/** What an authenticator shows at that moment. */
export const totpCode = (secret: string, at: Date): string =>
  totp(secret).generate({ timestamp: at.getTime() });

export const secondsLeftOf = (at: Date): number =>
  PERIOD_SECONDS - (Math.floor(at.getTime() / 1000) % PERIOD_SECONDS);

/** The step whose code this is, one before and one after the present allowed; null when it is none of them. */
export function totpStepOf(secret: string, code: string, at: Date): number | null {
  const delta = totp(secret).validate({ token: code, timestamp: at.getTime(), window: 1 });
  return delta === null ? null : Math.floor(at.getTime() / 1000 / PERIOD_SECONDS) + delta;
}
