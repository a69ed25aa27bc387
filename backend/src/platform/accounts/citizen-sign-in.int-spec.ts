import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { signInCitizen } from '../../../test/sign-in.js';

describe('a citizen signing in', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  const post = (url: string, payload: object) =>
    test.app.inject({ method: 'POST', url: `/api/v1${url}`, payload });

  it('gets tokens that open their account', async () => {
    const { headers, accountId } = await signInCitizen(test);
    const me = await test.app.inject({ url: '/api/v1/me', headers });
    expect(me.statusCode).toBe(200);
    expect(me.json()).toEqual({
      accountId,
      person: null,
      nickname: null,
      maskedPhone: null,
      locale: 'zh-CN',
      sandbox: true,
    });
  });

  it('is the same account on the next sign-in, and another for another user', async () => {
    const first = await signInCitizen(test, 'linhaiqing');
    const again = await signInCitizen(test, 'linhaiqing');
    const other = await signInCitizen(test, 'somebody-else');
    expect(again.accountId).toBe(first.accountId);
    expect(other.accountId).not.toBe(first.accountId);
  });

  it('is refused a code that WeChat would not know', async () => {
    const answer = await post('/sessions', { code: '071abc', consentVersion: CONSENT_VERSIONS.account });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'WECHAT_CODE_INVALID' });
  });

  it('must have agreed to the text in force', async () => {
    const answer = await post('/sessions', { code: 'sandbox:somebody', consentVersion: '2020-01' });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({
      code: 'CONSENT_VERSION_OUTDATED',
      details: { purpose: 'account', currentVersion: CONSENT_VERSIONS.account },
    });
  });

  it('makes one account of two first sign-ins at once', async () => {
    const both = await Promise.all([signInCitizen(test, 'twice'), signInCitizen(test, 'twice')]);
    expect(both[0].accountId).toBe(both[1].accountId);
  });
});
