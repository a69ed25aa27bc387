import { newTotpSecret, otpauthUri, secondsLeftOf, totpCode, totpStepOf } from './totp.js';

describe('codes of an authenticator', () => {
  // RFC 6238, appendix B: the secret "12345678901234567890", SHA-1; the last six digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
  ])('follow the RFC at %i', (seconds, code) => {
    expect(totpCode(secret, new Date(seconds * 1000))).toBe(code);
  });

  it.each([
    [-60, null],
    [-30, -1],
    [0, 0],
    [30, 1],
    [60, null],
  ])('of %i seconds away count as step %p', (offset, step) => {
    const now = new Date(1234567890 * 1000);
    const code = totpCode(secret, new Date(now.getTime() + offset * 1000));
    const present = Math.floor(1234567890 / 30);
    expect(totpStepOf(secret, code, now)).toBe(step === null ? null : present + step);
  });

  it('come with a secret of 160 bits, a key URI and a countdown', () => {
    const fresh = newTotpSecret();
    expect(fresh).toMatch(/^[A-Z2-7]{32}$/);
    expect(otpauthUri(fresh, 'sunli')).toContain(`secret=${fresh}`);
    expect(secondsLeftOf(new Date(59_000))).toBe(1);
    expect(secondsLeftOf(new Date(60_000))).toBe(30);
  });
});
