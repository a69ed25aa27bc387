import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import type { Consent, PersonalDataExport } from '@talent-card/shared/accounts/schema';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, type SignedInCitizen, signInCitizen } from '../../../test/sign-in.js';
import { ReadDatabase } from '../database/database.module.js';
import { IdempotencyRecord } from '../database/idempotency-record.entity.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids.js';
import { WechatClient } from '../wechat/wechat-client.js';
import { Account } from './account.entity.js';
import { Accounts } from './accounts.js';
import { Consents } from './consents.js';
import { PersonalData, type PersonalDataPart } from './personal-data.js';
import { SessionRow } from './session.entity.js';

describe('the own account', () => {
  let test: TestApp;
  const erased: string[] = [];
  beforeAll(async () => {
    test = await createTestApp();
    const part = (section: string, layer: PersonalDataPart['layer']) => ({
      section,
      layer,
      export: async () => [{ held: section }],
      erase: async () => {
        erased.push(section);
      },
      keeps: [{ records: `${section}-history`, because: 'a rule' }],
    });
    test.app.get(PersonalData).register(part('test-last', 'last'));
    test.app.get(PersonalData).register(part('test-core', 'core'));
    test.app.get(PersonalData).register(part('test-feature', 'feature'));
  });
  afterAll(() => test.close());

  let personas = 0;
  let me: SignedInCitizen;
  beforeEach(async () => {
    personas += 1;
    me = await signInCitizen(test, `me-${personas}`);
  });
  const call = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, key = newKey()) =>
    test.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...me.headers, 'idempotency-key': key },
      ...(payload ? { payload } : {}),
    });

  it('takes a nickname and a language', async () => {
    const answer = await call('PUT', '/me/profile', { nickname: ' 海风 ', locale: 'en' });
    expect(answer.json()).toMatchObject({ nickname: '海风', locale: 'en' });
    const wrong = await call('PUT', '/me/profile', { nickname: ' ', locale: 'fr', age: 3 });
    expect(wrong.json()).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: {
        fields: expect.arrayContaining([
          expect.objectContaining({ path: 'nickname', code: 'REQUIRED' }),
          expect.objectContaining({ path: 'locale', code: 'NOT_ALLOWED' }),
          expect.objectContaining({ path: 'age', code: 'UNKNOWN_FIELD' }),
        ]),
      },
    });
  });

  it('keeps the phone number closed and shows it masked', async () => {
    const answer = await call('POST', '/me/phone', { code: 'sandbox:13912345678' });
    expect(answer.json()).toMatchObject({ maskedPhone: '139****5678' });
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(Account, { id: me.accountId });
    expect(JSON.stringify(row)).not.toContain('13912345678');
  });

  it('asks WeChat once for a repeated call, since its code works once', async () => {
    const asked = jest.spyOn(test.app.get(WechatClient), 'phoneNumber');
    const key = newKey();
    const first = await call('POST', '/me/phone', { code: 'sandbox:13912345678' }, key);
    const again = await call('POST', '/me/phone', { code: 'sandbox:13912345678' }, key);
    expect(again.json()).toEqual(first.json());
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
  });

  describe('consents', () => {
    const items = (answer: Awaited<ReturnType<typeof call>>): Consent[] =>
      answer.json<{ items: Consent[] }>().items;
    const of = (list: Consent[], purpose: string) => list.find((item) => item.purpose === purpose);

    it('are kept by purpose and version', async () => {
      const before = items(await call('GET', '/me/consents'));
      expect(of(before, 'account')).toMatchObject({ grantedAt: expect.any(String), withdrawnAt: null });
      expect(of(before, 'data-matching')).toMatchObject({ grantedAt: null });
      const granted = await call('POST', '/me/consents/grant', {
        purpose: 'data-matching',
        version: CONSENT_VERSIONS['data-matching'],
      });
      expect(of(items(granted), 'data-matching')).toMatchObject({ grantedAt: expect.any(String) });
      const old = await call('POST', '/me/consents/grant', { purpose: 'real-name', version: '2020-01' });
      expect(old.json()).toMatchObject({ code: 'CONSENT_VERSION_OUTDATED' });
    });

    it('are demanded by what needs them, and gone when withdrawn', async () => {
      const consents = test.app.get(Consents);
      const { manager } = test.app.get(ReadDatabase);
      const required = () => consents.require(manager, me.accountId, 'card-application');
      await expect(required()).rejects.toMatchObject({ code: 'CONSENT_REQUIRED' });
      const version = CONSENT_VERSIONS['card-application'];
      await call('POST', '/me/consents/grant', { purpose: 'card-application', version });
      await required();
      await call('POST', '/me/consents/withdraw', { purpose: 'card-application' });
      await expect(required()).rejects.toMatchObject({ code: 'CONSENT_REQUIRED' });
      await call('POST', '/me/consents/grant', { purpose: 'card-application', version });
      await required();
    });

    it('for the account, withdrawn, end every session; the next sign-in consents anew', async () => {
      expect((await call('POST', '/me/consents/withdraw', { purpose: 'account' })).statusCode).toBe(200);
      expect((await call('GET', '/me')).json()).toMatchObject({ code: 'SESSION_EXPIRED' });
      const again = await signInCitizen(test, `me-${personas}`);
      expect(again.accountId).toBe(me.accountId);
    });
  });

  it('can be taken along', async () => {
    await call('POST', '/me/phone', { code: 'sandbox:13912345678' });
    const answer = (await call('GET', '/me/export')).json<PersonalDataExport>();
    expect(answer.account).toMatchObject({ phone: '13912345678', accountId: me.accountId });
    expect(answer.sections).toMatchObject({ 'test-feature': [{ held: 'test-feature' }] });
    expect(answer.account.keptAfterErasure).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ records: 'audit-entries' }),
        expect.objectContaining({ records: 'test-core-history' }),
      ]),
    );
  });

  it('can be erased: features first, then core, then what is written of anybody, then the account', async () => {
    await call('POST', '/me/phone', { code: 'sandbox:13912345678' });
    const personId = newId(test.clock.now());
    const accounts = test.app.get(Accounts);
    await test.app.get(UnitOfWork).run((tx) => accounts.bindPerson(tx, me.accountId, personId));
    erased.length = 0;
    expect((await call('POST', '/me/erase', { confirm: 'yes' })).statusCode).toBe(400);
    expect((await call('POST', '/me/erase', { confirm: 'ERASE' })).statusCode).toBe(204);
    expect(erased).toEqual(['test-feature', 'test-core', 'test-last']);

    const { manager } = test.app.get(ReadDatabase);
    expect(await manager.findOneByOrFail(Account, { id: me.accountId })).toMatchObject({
      status: 'erased',
      openidIndex: null,
      personId: null,
      phoneSealed: null,
    });
    expect(await manager.findBy(SessionRow, { ownerId: me.accountId })).toMatchObject([
      { endReason: 'account-erased', deviceLabel: '' },
    ]);
    expect(await manager.countBy(IdempotencyRecord, { owner: `c:${me.accountId}` })).toBe(1);

    expect((await call('GET', '/me')).json()).toMatchObject({ code: 'ACCOUNT_ERASED' });
    const refreshed = await test.app.inject({
      method: 'POST',
      url: '/api/v1/sessions/refresh',
      payload: { refreshToken: me.session.refreshToken },
    });
    expect(refreshed.json()).toMatchObject({ code: 'ACCOUNT_ERASED' });
    const fresh = await signInCitizen(test, `me-${personas}`);
    expect(fresh.accountId).not.toBe(me.accountId);
    await test.app.get(UnitOfWork).run((tx) => accounts.bindPerson(tx, fresh.accountId, personId));
  });

  describe('and its person', () => {
    const bind = (accountId: string, personId: string) =>
      test.app.get(UnitOfWork).run((tx) => test.app.get(Accounts).bindPerson(tx, accountId, personId));

    it('are one to one', async () => {
      const personId = newId(test.clock.now());
      const other = await signInCitizen(test, `other-${personas}`);
      await bind(me.accountId, personId);
      await bind(me.accountId, personId);
      await expect(bind(other.accountId, personId)).rejects.toMatchObject({
        code: 'REAL_NAME_BOUND_ELSEWHERE',
      });
      await expect(bind(me.accountId, newId(test.clock.now()))).rejects.toMatchObject({
        code: 'REAL_NAME_ALREADY_PROVED',
      });
    });

    it('can be parted, which ends the sessions', async () => {
      const personId = newId(test.clock.now());
      await bind(me.accountId, personId);
      await test.app.get(UnitOfWork).run((tx) => test.app.get(Accounts).unbindPerson(tx, personId));
      expect((await call('GET', '/me/consents')).statusCode).toBe(401);
    });
  });
});
