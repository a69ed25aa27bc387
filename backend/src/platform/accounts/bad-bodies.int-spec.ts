import { accountRoutes, staffRoutes } from '@talent-card/shared/accounts/routes';
import { API_PREFIX, fillPath, type RouteDefinition } from '@talent-card/shared/common/route';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, signInCitizen, signInStaff } from '../../../test/sign-in.js';

const SOMEBODY = '01JABCDEFGHJKMNPQRSTVWXYZ0';
const LONG = 'x'.repeat(300);

/** Route, a wrong body, and the fields that the answer must name. */
const CASES: readonly (readonly [RouteDefinition, unknown, readonly string[]])[] = [
  [accountRoutes.signIn, {}, ['code', 'consentVersion']],
  [accountRoutes.signIn, { code: LONG, consentVersion: '' }, ['code', 'consentVersion']],
  [accountRoutes.signIn, { code: 'c', consentVersion: 'v', openid: 'o-1' }, ['openid']],
  [accountRoutes.refresh, { refreshToken: 7 }, ['refreshToken']],
  [accountRoutes.updateProfile, { nickname: 'x'.repeat(21) }, ['nickname']],
  [accountRoutes.bindPhone, { code: '', phone: '13900000000' }, ['code', 'phone']],
  [accountRoutes.grantConsent, { purpose: 'everything' }, ['purpose', 'version']],
  [accountRoutes.withdrawConsent, {}, ['purpose']],
  [accountRoutes.eraseMyAccount, { confirm: 'erase' }, ['confirm']],
  [staffRoutes.signIn, { username: '', password: LONG }, ['username', 'password']],
  [staffRoutes.confirmTotp, { challenge: 'c', code: '12' }, ['code']],
  [staffRoutes.changePassword, { currentPassword: 'x', newPassword: 'short' }, ['newPassword']],
  [
    staffRoutes.create,
    { username: 'Sun Li', displayName: ' ', role: 'king' },
    ['username', 'displayName', 'role', 'zoneCode'],
  ],
  [staffRoutes.update, { version: '1' }, ['version', 'displayName', 'role', 'zoneCode', 'status']],
  [staffRoutes.resetAccess, { reason: 'x' }, ['reason']],
];

describe('a wrong body', () => {
  let test: TestApp;
  let headersFor: (route: RouteDefinition) => Record<string, string>;
  beforeAll(async () => {
    test = await createTestApp();
    const citizen = await signInCitizen(test);
    const staff = await signInStaff(test, 'system-administrator');
    headersFor = ({ access }) => {
      if (access === 'public') return {};
      return access.startsWith('citizen.') ? citizen.headers : staff.headers;
    };
  });
  afterAll(() => test.close());

  const send = (route: RouteDefinition, payload: unknown, headers: Record<string, string>) =>
    test.app.inject({
      method: route.method,
      url: `${API_PREFIX}${fillPath(route.path, { staffId: SOMEBODY })}`,
      headers: { ...headersFor(route), ...headers },
      payload: payload as object,
    });

  it.each(CASES)('of $method $path is told field by field', async (route, body, paths) => {
    const answer = await send(route, body, { 'idempotency-key': newKey() });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const problem = answer.json<{ code: string; details: { fields: { path: string; code: string }[] } }>();
    expect(problem.code).toBe('VALIDATION_FAILED');
    expect(problem.details.fields.map(({ path }) => path).sort()).toEqual([...paths].sort());
  });

  it('that is no JSON is refused as such', async () => {
    const answer = await test.app.inject({
      method: 'POST',
      url: `${API_PREFIX}/sessions`,
      headers: { 'content-type': 'application/json' },
      payload: '{"code":',
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it.each([accountRoutes.updateProfile, staffRoutes.create])(
    'is not even looked at without an idempotency key: $path',
    async (route) => {
      const valid =
        route === staffRoutes.create
          ? { username: 'sunli', displayName: '孙丽', role: 'auditor', zoneCode: '371000' }
          : { nickname: '海风' };
      expect((await send(route, valid, {})).json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_MISSING' });
    },
  );
});
