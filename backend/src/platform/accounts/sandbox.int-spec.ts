import { createTestApp, type TestApp } from '../../../test/harness.js';
import { SandboxPersonas } from './sandbox-personas.js';
import { totpCode } from './staff/totp.js';

const persona = {
  code: 'sandbox:haifeng',
  name: '海风',
  identityType: 'resident-id',
  identityNumber: '37100219900307002X',
  story: { zh: '一位演示人物', en: 'A made-up person' },
} as const;
const member = {
  username: 'demo-reviewer',
  displayName: '演示审核员',
  role: 'city-reviewer',
  zoneCode: '371000',
  password: 'sea-light-and-hills',
  totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
} as const;

describe('the sandbox', () => {
  let test: TestApp;
  afterEach(() => test.close());

  const fill = async (env: Record<string, string> = {}): Promise<void> => {
    test = await createTestApp(env);
    test.app.get(SandboxPersonas).registerCitizens([persona]);
    test.app.get(SandboxPersonas).registerStaff([member]);
  };
  const get = (path: string) => test.app.inject({ url: `/api/v1${path}` });

  it('shows whom one can sign in as, and what the authenticators of demo staff say', async () => {
    await fill();
    expect((await get('/sandbox/personas')).json().items).toContainEqual(persona);
    const codes = (await get('/sandbox/staff-codes')).json();
    expect(codes.items).toContainEqual(
      expect.objectContaining({
        username: 'demo-reviewer',
        code: totpCode(member.totpSecret, test.clock.now()),
      }),
    );
    expect(codes.secondsLeft).toBe(30);
    expect(JSON.stringify(codes)).not.toContain(member.totpSecret);
  });

  it('does not exist with the live WeChat', async () => {
    await fill({ WECHAT_MODE: 'live', WECHAT_APP_ID: 'wx0', WECHAT_APP_SECRET: 's' });
    for (const path of ['/sandbox/personas', '/sandbox/staff-codes']) {
      expect((await get(path)).statusCode).toBe(404);
    }
  });
});
