import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, signInCitizen } from '../../../test/sign-in.js';

describe('rate limits', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await createTestApp({ APP_ENV: 'development' });
  });
  afterEach(() => test.close());

  it('hold up one address and not another', async () => {
    const signIn = (remoteAddress: string) =>
      test.app.inject({
        method: 'POST',
        url: '/api/v1/staff/sessions',
        payload: {},
        remoteAddress,
      });
    const statuses: number[] = [];
    for (let i = 0; i < 61; i += 1) statuses.push((await signIn('10.2.0.1')).statusCode);
    expect(statuses.slice(0, 60).every((status) => status === 400)).toBe(true);
    const limited = await signIn('10.2.0.1');
    expect(limited.statusCode).toBe(429);
    expect(limited.json()).toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfterSeconds: expect.any(Number) },
    });
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect((await signIn('10.2.0.2')).statusCode).toBe(400);
  });

  it('hold up one account and not another behind the same address', async () => {
    const bind = (headers: Record<string, string>) =>
      test.app.inject({
        method: 'POST',
        url: '/api/v1/me/phone',
        headers: { ...headers, 'idempotency-key': newKey() },
        payload: { code: 'sandbox:phone' },
      });
    const [one, other] = [await signInCitizen(test, 'one'), await signInCitizen(test, 'other')];
    for (let i = 0; i < 5; i += 1) expect((await bind(one.headers)).statusCode).toBe(200);
    expect((await bind(one.headers)).json()).toMatchObject({ code: 'RATE_LIMITED' });
    expect((await bind(other.headers)).statusCode).toBe(200);
  });

  it('leave everything else alone', async () => {
    const { headers } = await signInCitizen(test, 'busy');
    for (let i = 0; i < 130; i += 1) {
      expect((await test.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(200);
    }
  });

  it('let an office sign in together', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        test.app.inject({
          method: 'POST',
          url: '/api/v1/sessions',
          payload: { code: `sandbox:office-${i}`, consentVersion: CONSENT_VERSIONS.account },
        }),
      ),
    );
    expect(answers.every((answer) => answer.statusCode === 200)).toBe(true);
  });
});
