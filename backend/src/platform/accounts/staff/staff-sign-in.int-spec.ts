import type { StaffChallenge, StaffSession } from '@talent-card/shared/accounts/schema';
import { createTestApp, type TestApp } from '../../../../test/harness.js';
import {
  createStaff,
  newKey,
  STAFF_PASSWORD,
  STAFF_TOTP_SECRET,
  signInStaff,
} from '../../../../test/sign-in.js';
import { totpCode } from './totp.js';

const MINUTE = 60_000;

describe('staff signing in', () => {
  let test: TestApp;
  // Each test has members and an office of its own, since wrong tries outlive it.
  let cases = 0;
  let sunli: string;
  let wangmin: string;
  let office: string;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(() => {
    cases += 1;
    sunli = `sunli-${cases}`;
    wangmin = `wangmin-${cases}`;
    office = `10.${cases}.0.1`;
  });

  const post = (
    path: string,
    payload: object,
    options: { address?: string; cookies?: Record<string, string>; headers?: Record<string, string> } = {},
  ) =>
    test.app.inject({
      method: 'POST',
      url: `/api/v1${path}`,
      payload,
      remoteAddress: options.address ?? office,
      cookies: options.cookies ?? {},
      headers: options.headers ?? {},
    });
  type Options = Parameters<typeof post>[2];
  const password = (username: string, word = STAFF_PASSWORD, options?: Options) =>
    post('/staff/sessions', { username, password: word }, options);
  const second = (challenge: string, code: string, options?: Options) =>
    post('/staff/sessions/totp', { challenge, code }, options);
  const codeNow = (secret = STAFF_TOTP_SECRET): string => totpCode(secret, test.clock.now());

  async function challengeOf(username: string, options?: Options): Promise<string> {
    const answer = await password(username, STAFF_PASSWORD, options);
    expect(answer.statusCode).toBe(200);
    return answer.json<StaffChallenge>().challenge;
  }
  /** Both steps; answers the cookies of the browser and the session. */
  async function enter(username: string, options?: Options) {
    const answer = await second(await challengeOf(username, options), codeNow(), options);
    expect(answer.statusCode).toBe(200);
    const cookies = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
    return { session: answer.json<StaffSession>(), cookies, answer };
  }

  it('opens with password and authenticator, and keeps the refresh token from scripts', async () => {
    await createStaff(test, 'city-reviewer', '371000', sunli);
    const { session, answer } = await enter(sunli);
    expect(session).toMatchObject({
      staff: { username: sunli, role: 'city-reviewer', mustChangePassword: false },
      recoveryCodes: null,
    });
    expect(answer.body).not.toContain('refreshToken');
    for (const cookie of answer.cookies) {
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/v1/staff/sessions' });
    }
    const self = await test.app.inject({
      url: '/api/v1/staff/me',
      headers: { authorization: `Bearer ${session.accessToken}` },
    });
    expect(self.statusCode).toBe(200);
  });

  it('answers alike for a wrong password and for a name that does not exist', async () => {
    await createStaff(test, 'auditor', '371000', sunli);
    const wrong = await password(sunli, 'not-the-password');
    const nobody = await password(`nobody-${cases}`, 'not-the-password');
    for (const answer of [wrong, nobody]) expect(answer.statusCode).toBe(401);
    expect({ ...wrong.json(), requestId: '' }).toEqual({ ...nobody.json(), requestId: '' });
  });

  it('takes a code once, and the one before and after the present', async () => {
    await createStaff(test, 'auditor', '371000', sunli);
    const code = codeNow();
    expect((await second(await challengeOf(sunli), code)).statusCode).toBe(200);
    const again = await second(await challengeOf(sunli), code);
    expect(again.json()).toMatchObject({ code: 'TOTP_WRONG' });
    const next = totpCode(STAFF_TOTP_SECRET, new Date(test.clock.now().getTime() + 30_000));
    expect((await second(await challengeOf(sunli), next)).statusCode).toBe(200);
    const afterNext = totpCode(STAFF_TOTP_SECRET, new Date(test.clock.now().getTime() + 90_000));
    expect((await second(await challengeOf(sunli), afterNext)).json()).toMatchObject({
      code: 'TOTP_WRONG',
    });
  });

  it('lets one of two parallel sign-ins use a code', async () => {
    await createStaff(test, 'auditor', '371000', sunli);
    const challenges = await Promise.all([challengeOf(sunli), challengeOf(sunli)]);
    const answers = await Promise.all(challenges.map((challenge) => second(challenge, codeNow())));
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 401]);
  });

  it('enrols an authenticator at the first sign-in, then insists on a new password', async () => {
    const admin = await signInStaff(test, 'system-administrator');
    const created = await post(
      '/admin/staff',
      { username: wangmin, displayName: '王敏', role: 'service-window', zoneCode: '371002' },
      { headers: { ...admin.headers, 'idempotency-key': newKey() } },
    );
    expect(created.statusCode).toBe(200);
    const { oneTimePassword, staff } = created.json<{ oneTimePassword: string; staff: object }>();
    expect(staff).toMatchObject({ totpEnrolled: false, status: 'active', version: 1 });

    const first = (await password(wangmin, oneTimePassword)).json<StaffChallenge>();
    const { secret = '', otpauthUri = '' } = first.enrolment ?? {};
    expect(otpauthUri).toMatch(/^otpauth:\/\/totp\//);
    expect((await second(first.challenge, 'ABCD-2345')).json()).toMatchObject({
      code: 'TOTP_ENROLMENT_REQUIRED',
    });
    const answer = await second(first.challenge, codeNow(secret));
    const session = answer.json<StaffSession>();
    expect(session.recoveryCodes).toHaveLength(10);
    expect(session.staff.mustChangePassword).toBe(true);

    const headers = { authorization: `Bearer ${session.accessToken}` };
    const elsewhere = await test.app.inject({ url: '/api/v1/admin/staff', headers });
    expect(elsewhere.statusCode).toBe(403);
    const weak = await post(
      '/staff/me/password',
      { currentPassword: oneTimePassword, newPassword: `${wangmin}-again` },
      { headers },
    );
    expect(weak.json()).toMatchObject({
      code: 'PASSWORD_TOO_WEAK',
      details: { fields: [{ path: 'newPassword', code: 'PASSWORD_TOO_COMMON' }] },
    });
    const changed = await post(
      '/staff/me/password',
      { currentPassword: oneTimePassword, newPassword: 'three-gulls-over-liugong' },
      { headers },
    );
    expect(changed.statusCode).toBe(204);
    expect((await password(wangmin, oneTimePassword)).statusCode).toBe(401);
    const second2 = (await password(wangmin, 'three-gulls-over-liugong')).json<StaffChallenge>();
    expect(second2.enrolment).toBeNull();

    const [recovery = ''] = session.recoveryCodes ?? [];
    expect((await second(second2.challenge, recovery.toLowerCase())).statusCode).toBe(200);
    const third = (await password(wangmin, 'three-gulls-over-liugong')).json<StaffChallenge>();
    expect((await second(third.challenge, recovery)).json()).toMatchObject({ code: 'TOTP_WRONG' });
  });

  it('refuses a one-time password after a week', async () => {
    const admin = await signInStaff(test, 'system-administrator');
    const created = await post(
      '/admin/staff',
      { username: wangmin, displayName: '王敏', role: 'service-window', zoneCode: '371002' },
      { headers: { ...admin.headers, 'idempotency-key': newKey() } },
    );
    test.clock.advance(8 * 24 * 60 * MINUTE);
    const answer = await password(wangmin, created.json<{ oneTimePassword: string }>().oneTimePassword);
    expect(answer.json()).toMatchObject({ code: 'STAFF_CREDENTIALS_WRONG' });
  });

  it('looks at five codes of a challenge and not at a sixth', async () => {
    await createStaff(test, 'auditor', '371000', sunli);
    const challenge = await challengeOf(sunli);
    for (let i = 0; i < 5; i += 1) {
      expect((await second(challenge, '000000')).json()).toMatchObject({ code: 'TOTP_WRONG' });
    }
    expect((await second(challenge, codeNow())).json()).toMatchObject({ code: 'TOTP_CHALLENGE_EXPIRED' });
  });

  it('limits codes over all challenges too', async () => {
    await createStaff(test, 'auditor', '371000', sunli);
    for (let i = 0; i < 2; i += 1) {
      const challenge = await challengeOf(sunli);
      for (let j = 0; j < 4; j += 1) await second(challenge, '000000');
    }
    const locked = await second(await challengeOf(sunli), codeNow());
    expect(locked.statusCode).toBe(429);
    expect(locked.json()).toMatchObject({ code: 'STAFF_LOCKED' });
    test.clock.advance(5 * MINUTE + 1000);
    expect((await second(await challengeOf(sunli), codeNow())).statusCode).toBe(200);
  });

  describe('wrong passwords', () => {
    it('lock the pair of name and address for 15 minutes, and no other address', async () => {
      await createStaff(test, 'auditor', '371000', sunli);
      for (let i = 0; i < 5; i += 1) expect((await password(sunli, 'guess')).statusCode).toBe(401);
      const locked = await password(sunli);
      expect(locked.statusCode).toBe(429);
      expect(locked.json()).toMatchObject({ code: 'STAFF_LOCKED', details: { retryAfterSeconds: 900 } });
      expect(locked.headers['retry-after']).toBe('900');
      expect((await password(sunli, STAFF_PASSWORD, { address: '10.200.0.2' })).statusCode).toBe(200);
      test.clock.advance(15 * MINUTE);
      expect((await password(sunli)).statusCode).toBe(200);
    });

    it('are counted before they are looked at, so that parallel guesses get no more', async () => {
      await createStaff(test, 'auditor', '371000', sunli);
      const answers = await Promise.all(Array.from({ length: 20 }, () => password(sunli, 'guess')));
      expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(5);
      expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(15);
    });

    it('lock names that do not exist alike', async () => {
      for (let i = 0; i < 5; i += 1) await password(`nobody-${cases}`, 'guess');
      expect((await password(`nobody-${cases}`, 'guess')).statusCode).toBe(429);
    });

    it('count one IPv6 network as one address', async () => {
      await createStaff(test, 'auditor', '371000', sunli);
      for (let i = 1; i <= 5; i += 1) await password(sunli, 'guess', { address: `2001:db8:1:2::${i}` });
      const sameNetwork = await password(sunli, STAFF_PASSWORD, { address: '2001:db8:1:2:ffff::9' });
      expect(sameNetwork.statusCode).toBe(429);
      const other = await password(sunli, STAFF_PASSWORD, { address: '2001:db8:1:3::1' });
      expect(other.statusCode).toBe(200);
    });

    it('cannot keep the owner out of a device they use, whatever an attacker does', async () => {
      await createStaff(test, 'auditor', '371000', sunli);
      const { cookies } = await enter(sunli);
      for (let minute = 0; minute < 20; minute += 5) {
        // From everywhere, the owner's own office included.
        for (const address of [office, ...Array.from({ length: 4 }, (_, i) => `172.16.${minute}.${i + 1}`)]) {
          for (let i = 0; i < 6; i += 1) await password(sunli, 'guess', { address });
        }
        expect((await password(sunli, STAFF_PASSWORD, { cookies })).statusCode).toBe(200);
        test.clock.advance(5 * MINUTE);
      }
    });

    it('hold a new device up for five minutes at the most, and hammering does not prolong it', async () => {
      await createStaff(test, 'auditor', '371000', sunli);
      for (let i = 0; i < 60; i += 1) {
        const answer = await password(sunli, 'guess', { address: `172.17.0.${i}` });
        const { retryAfterSeconds = 0 } = answer.json().details;
        expect(retryAfterSeconds).toBeLessThanOrEqual(300);
        if (i % 4 === 3) test.clock.advance(20_000);
      }
      const held = await password(sunli, STAFF_PASSWORD, { address: '10.9.9.9' });
      expect(held.statusCode).toBe(429);
      test.clock.advance(held.json().details.retryAfterSeconds * 1000);
      expect((await password(sunli, STAFF_PASSWORD, { address: '10.9.9.9' })).statusCode).toBe(200);
    });

    it('do not lend one member’s known device to another', async () => {
      await createStaff(test, 'auditor', '371000', sunli);
      await createStaff(test, 'auditor', '371000', wangmin);
      const { cookies } = await enter(sunli);
      for (let i = 0; i < 5; i += 1) await password(wangmin, 'guess', { cookies });
      expect((await password(wangmin, STAFF_PASSWORD)).statusCode).toBe(429);
      expect((await password(sunli, STAFF_PASSWORD, { cookies })).statusCode).toBe(200);
    });

    it('are lifted by an administrator', async () => {
      const staffId = await createStaff(test, 'auditor', '371000', sunli);
      for (let i = 0; i < 5; i += 1) await password(sunli, 'guess');
      const { headers } = await signInStaff(test, 'system-administrator');
      const list = await test.app.inject({ url: `/api/v1/admin/staff?q=${sunli}`, headers });
      expect(list.json().items).toMatchObject([{ username: sunli, lockedUntil: expect.any(String) }]);
      const unlocked = await post(
        `/admin/staff/${staffId}/unlock`,
        {},
        {
          headers: { ...headers, 'idempotency-key': newKey() },
        },
      );
      expect(unlocked.json()).toMatchObject({ lockedUntil: null });
      expect((await password(sunli)).statusCode).toBe(200);
    });
  });

  describe('sessions', () => {
    const refresh = (cookies: Record<string, string>) => post('/staff/sessions/refresh', {}, { cookies });
    const cookieOf = (answer: Awaited<ReturnType<typeof post>>): Record<string, string> =>
      Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));

    it('rotate by cookie, and end when an old cookie comes back', async () => {
      await createStaff(test, 'auditor', '371000', sunli);
      const { cookies } = await enter(sunli);
      test.clock.advance(5 * MINUTE);
      const next = await refresh(cookies);
      expect(next.statusCode).toBe(200);
      test.clock.advance(2 * MINUTE);
      expect((await refresh(cookies)).json()).toMatchObject({ code: 'REFRESH_TOKEN_REUSED' });
      expect((await refresh(cookieOf(next))).json()).toMatchObject({ code: 'REFRESH_TOKEN_REUSED' });
    });

    it('end after 30 idle minutes, and after 12 hours in any case', async () => {
      await createStaff(test, 'auditor', '371000', sunli);
      let { cookies } = await enter(sunli);
      test.clock.advance(31 * MINUTE);
      expect((await refresh(cookies)).json()).toMatchObject({ code: 'REFRESH_TOKEN_INVALID' });
      ({ cookies } = await enter(sunli));
      for (let minute = 0; minute < 12 * 60 - 20; minute += 20) {
        test.clock.advance(20 * MINUTE);
        const answer = await refresh(cookies);
        expect(answer.statusCode).toBe(200);
        cookies = cookieOf(answer);
      }
      test.clock.advance(20 * MINUTE);
      expect((await refresh(cookies)).statusCode).toBe(401);
    });

    it('end at once when the member is disabled', async () => {
      const staffId = await createStaff(test, 'auditor', '371000', sunli);
      const { session, cookies } = await enter(sunli);
      const admin = await signInStaff(test, 'system-administrator');
      const headers = { authorization: `Bearer ${session.accessToken}` };
      expect((await test.app.inject({ url: '/api/v1/staff/me', headers })).statusCode).toBe(200);
      const disabled = await test.app.inject({
        method: 'PUT',
        url: `/api/v1/admin/staff/${staffId}`,
        headers: { ...admin.headers, 'idempotency-key': newKey() },
        payload: {
          version: 1,
          displayName: sunli,
          role: 'auditor',
          zoneCode: '371000',
          status: 'disabled',
        },
      });
      expect(disabled.statusCode).toBe(200);
      expect((await test.app.inject({ url: '/api/v1/staff/me', headers })).statusCode).toBe(401);
      expect((await refresh(cookies)).statusCode).toBe(401);
      expect((await password(sunli)).json()).toMatchObject({ code: 'STAFF_DISABLED' });
      expect((await password(sunli, 'guess')).json()).toMatchObject({ code: 'STAFF_CREDENTIALS_WRONG' });
    });

    it('of other browsers end with a change of password', async () => {
      await createStaff(test, 'auditor', '371000', sunli);
      const here = await enter(sunli);
      test.clock.advance(30_000);
      const there = await enter(sunli, { address: '10.200.0.7' });
      const headers = { authorization: `Bearer ${here.session.accessToken}` };
      const changed = await post(
        '/staff/me/password',
        { currentPassword: STAFF_PASSWORD, newPassword: 'three-gulls-over-liugong' },
        { headers },
      );
      expect(changed.statusCode).toBe(204);
      expect((await test.app.inject({ url: '/api/v1/staff/me', headers })).statusCode).toBe(200);
      expect((await refresh(there.cookies)).statusCode).toBe(401);
    });

    it('can be signed out', async () => {
      await createStaff(test, 'auditor', '371000', sunli);
      const { session, cookies } = await enter(sunli);
      const answer = await test.app.inject({
        method: 'DELETE',
        url: '/api/v1/staff/sessions/current',
        headers: { authorization: `Bearer ${session.accessToken}` },
      });
      expect(answer.statusCode).toBe(204);
      expect((await refresh(cookies)).statusCode).toBe(401);
    });
  });
});
