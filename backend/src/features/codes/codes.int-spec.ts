import { setTimeout } from 'node:timers/promises';
import { prepareCredential, readCredential } from '@talent-card/shared/card-code/credential';
import type { KeySet, StatusList } from '@talent-card/shared/card-code/schema';
import { clerkSessionMessage, renewMessage } from '@talent-card/shared/card-code/signed-texts';
import { mayReplaceList, openStatusList } from '@talent-card/shared/card-code/status-list';
import { checkCode, listVerdict } from '@talent-card/shared/card-code/verify';
import { IsNull, Not } from 'typeorm';
import { type Answer, call } from '../../../test/card-fixtures.js';
import {
  enrolPhone,
  type Holder,
  issueCard,
  newTestKey,
  phoneOf,
  signInHolder,
  type TestPhone,
} from '../../../test/code-fixtures.js';
import { createTestApp, TEST_DATABASE, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { signInCitizen, signInPerson, signInStaff } from '../../../test/sign-in.js';
import { Accounts } from '../../platform/accounts/accounts.js';
import { system } from '../../platform/accounts/principal.js';
import { SessionRow } from '../../platform/accounts/session.entity.js';
import { SessionTrust } from '../../platform/accounts/session-trust.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';
import type { CardMove } from '../cards/card-moves.js';
import { Cards } from '../cards/cards.service.js';
import { ClerkDevicesRepository } from './clerk-devices.repository.js';
import { CodeDeviceRow, IssuerKeyRow, StatusListRow } from './code.entity.js';
import { Codes } from './codes.service.js';
import { verifyEd25519 } from './ed25519.js';
import { IssuerKeys, signWith } from './issuer-keys.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('the code of a card', () => {
  let test: TestApp;
  let holder: Holder;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.clock.set(TEST_NOW);
    holder = await signInHolder(test);
  });

  const manager = () => test.app.get(ReadDatabase).manager;
  const verify = (code: string, at = test.clock.now()) =>
    test.app.get(Codes, { strict: false }).verify(manager(), code, at);
  const verdict = async (code: string, at?: Date) => (await verify(code, at)).verdict;
  const move = (cardId: string, how: CardMove) =>
    test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app.get(Cards, { strict: false }).move(tx, system('test'), cardId, how, { reason: null }),
      );
  const keys = async () => (await call(test, 'GET', '/card-code/keys', undefined)).body as KeySet;
  const list = async () => {
    const { body } = await call(test, 'GET', '/card-code/status-list', undefined);
    const opened = openStatusList((body as StatusList).list, { ...(await keys()), verify: verifyEd25519 });
    if (!opened) throw new Error('the list does not open');
    return opened;
  };
  const indexOf = ({ credential }: TestPhone) => {
    const claims = readCredential(new Uint8Array(Buffer.from(credential.credential, 'base64url')))?.claims;
    if (claims?.kind !== 'device') throw new Error('no credential of a phone');
    return claims.statusIndex;
  };
  const online = (who: Holder): Promise<Answer> =>
    call(test, 'POST', '/card-code/online', who, { cardId: who.cardId });
  const enrol = (who: Holder, key = newTestKey()) =>
    call(test, 'POST', '/card-code/devices', who, {
      cardId: who.cardId,
      publicKey: key.publicKey,
      platform: 'weapp',
    });

  it('is made by an enrolled phone and believed by the service', async () => {
    const phone = await enrolPhone(test, holder);
    expect(phone.credential).toMatchObject({
      cardId: holder.cardId,
      renewFrom: new Date(TEST_NOW.getTime() + DAY).toISOString(),
      expiresAt: new Date(TEST_NOW.getTime() + 7 * DAY).toISOString(),
    });
    expect(await verify(phone.code())).toMatchObject({
      verdict: 'ok',
      card: { cardId: holder.cardId, personId: holder.personId },
      deviceId: phone.credential.deviceId,
    });
    expect(await verdict(phone.code(new Date(TEST_NOW.getTime() - 2 * MINUTE)))).toBe('clock-wrong');
    expect(await verdict(phone.code(new Date(TEST_NOW.getTime() - DAY)))).toBe('code-expired');
    expect(await verdict('https://example.cn')).toBe('not-a-code');
    const told = await manager().findOneByOrFail(OutboxMessage, { topic: 'code.device-enrolled' });
    expect(JSON.parse(told.payload)).toEqual({ personId: expect.any(String), cardId: expect.any(String) });
  });

  it('says nothing beyond a masked name', async () => {
    const phone = await enrolPhone(test, holder);
    const bytes = Buffer.from(phone.credential.credential, 'base64url');
    expect(readCredential(new Uint8Array(bytes))?.claims).toMatchObject({
      maskedName: `${[...holder.who.name][0]}${'*'.repeat(Math.min([...holder.who.name].length - 1, 2))}`,
      cardKind: 'talent',
      zoneCode: '371002',
    });
    for (const secret of [holder.who.name, holder.who.identityNumber, holder.cardId, holder.personId])
      expect(bytes.includes(secret)).toBe(false);
  });

  it('ends with the card, where that is sooner than a week', async () => {
    const card = await call(test, 'GET', `/cards/${holder.cardId}`, holder);
    test.clock.set(`${card.body.validUntil}T00:00:00.000Z`);
    const again = { ...holder, ...(await signInPerson(test, holder.personId)) };
    const phone = await enrolPhone(test, again);
    expect(phone.credential.expiresAt).toBe(`${card.body.validUntil}T16:00:00.000Z`);
  });

  it('is shown by one phone: the next needs a fresh sign-in and revokes the first', async () => {
    const first = await enrolPhone(test, holder);
    test.clock.advance(11 * MINUTE);
    expect(await enrol(holder)).toMatchObject({ status: 403, body: { code: 'CODE_FRESH_SIGN_IN_REQUIRED' } });
    const fresh = { ...holder, ...(await signInPerson(test, holder.personId)) };
    const second = await enrolPhone(test, fresh);
    expect(await verdict(first.code())).toBe('device-revoked');
    expect(await verdict(second.code())).toBe('ok');
    // What the first showed before counts.
    const before = new Date(TEST_NOW.getTime() + MINUTE);
    expect(await verdict(first.code(before), before)).toBe('ok');
    const devices = (await call(test, 'GET', '/card-code/devices', fresh)).body.items;
    expect(devices).toMatchObject([
      { deviceId: second.credential.deviceId, status: 'active', current: true },
      { deviceId: first.credential.deviceId, status: 'revoked', current: false },
    ]);
    const opened = await list();
    expect(opened.statusAt(indexOf(first))).toBe('device-revoked');
    expect(opened.statusAt(indexOf(second))).toBe('valid');
  });

  it('gives the same phone its next credential without ado', async () => {
    const key = newTestKey();
    const first = await enrolPhone(test, holder, key);
    test.clock.advance(DAY);
    const again = await enrol({ ...holder, ...(await signInPerson(test, holder.personId)) }, key);
    expect(again).toMatchObject({ status: 200, body: { deviceId: first.credential.deviceId } });
  });

  it('has one active phone, whoever asks at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => enrol(holder)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const where = { cardId: holder.cardId, status: 'active' } as const;
    expect(await manager().countBy(CodeDeviceRow, where)).toBe(1);
  });

  it('is renewed by the key and by nothing else', async () => {
    const phone = await enrolPhone(test, holder);
    test.clock.advance(5 * DAY);
    const who = await signInPerson(test, holder.personId);
    const { deviceId } = phone.credential;
    const at = test.clock.now().toISOString();
    const signature = phone.key.signature(renewMessage(deviceId, at));
    const renew = (body: object, by: { headers: Record<string, string> } = who) =>
      call(test, 'POST', '/card-code/credentials', by, { deviceId, at, signature, ...body });
    const renewed = await renew({});
    expect(renewed).toMatchObject({ status: 200, body: { deviceId } });
    test.clock.advance(3 * DAY);
    expect(await verdict(phone.code())).toBe('credential-expired');
    expect(await verdict(phoneOf(test, phone.key, renewed.body).code())).toBe('ok');
    const late = await signInPerson(test, holder.personId);
    const refusal = async (body: object, by = late) => (await renew(body, by)).body.code;
    expect(await refusal({})).toBe('CODE_CLOCK_WRONG');
    const now = test.clock.now().toISOString();
    expect(await refusal({ at: now })).toBe('CODE_DEVICE_SIGNATURE');
    const stranger = await signInHolder(test);
    expect(await refusal({}, stranger)).toBe('NOT_FOUND');
    await call(test, 'POST', `/card-code/devices/${deviceId}/revoke`, late);
    expect(await refusal({})).toBe('CODE_DEVICE_REVOKED');
  });

  it('is not given for a card that does not work or is not theirs', async () => {
    const stranger = await signInHolder(test);
    expect(await enrol({ ...holder, cardId: stranger.cardId })).toMatchObject({
      body: { code: 'NOT_FOUND' },
    });
    await move(holder.cardId, 'suspend');
    expect(await enrol(holder)).toMatchObject({
      status: 403,
      body: { code: 'CARD_NOT_VALID', details: { status: 'suspended' } },
    });
    expect(await call(test, 'POST', '/card-code/online', holder, { cardId: holder.cardId })).toMatchObject({
      body: { code: 'CARD_NOT_VALID' },
    });
  });

  it('comes from the service for a browser that keeps no key', async () => {
    const { body } = await call(test, 'POST', '/card-code/online', holder, { cardId: holder.cardId });
    expect(body.expiresAt).toBe(new Date(TEST_NOW.getTime() + MINUTE).toISOString());
    expect(await verify(body.code)).toMatchObject({ verdict: 'ok', deviceId: null });
    test.clock.advance(91_000);
    expect(await verdict(body.code)).toBe('code-expired');
  });

  it.each<[CardMove[], string]>([
    [['suspend'], 'card-suspended'],
    [['reportLost'], 'card-lost'],
    [['revoke'], 'card-revoked'],
    [['expire'], 'card-expired'],
    [['suspend', 'restore'], 'ok'],
  ])('after %j reads %s, in the list of the same moment too', async (moves, expected) => {
    const phone = await enrolPhone(test, holder);
    const before = await list();
    test.clock.advance(MINUTE);
    for (const one of moves) await move(holder.cardId, one);
    const after = await list();
    expect(after.version).toBe(before.version + moves.length);
    expect(mayReplaceList(before, after)).toBe(true);
    expect(mayReplaceList(after, before)).toBe(false);
    expect(after.statusAt(indexOf(phone))).toBe(expected === 'ok' ? 'valid' : expected);
    expect(await verdict(phone.code())).toBe(expected);
    expect(await verdict(phone.code(TEST_NOW), TEST_NOW)).toBe('ok');
  });

  it('does not count what was shown while it was suspended, also once it is revoked', async () => {
    const phone = await enrolPhone(test, holder);
    test.clock.advance(MINUTE);
    await move(holder.cardId, 'suspend');
    test.clock.advance(MINUTE);
    const meanwhile = test.clock.now();
    test.clock.advance(MINUTE);
    await move(holder.cardId, 'revoke');
    expect(await verdict(phone.code(meanwhile), meanwhile)).toBe('card-suspended');
    expect(await verdict(phone.code(TEST_NOW), TEST_NOW)).toBe('ok');
  });

  it.each(['window', 'holder'])('is no more on a lost phone that the %s revoked', async (by) => {
    const phone = await enrolPhone(test, holder);
    const { deviceId } = phone.credential;
    const spare = { ...holder, ...(await signInPerson(test, holder.personId)) };
    test.clock.advance(MINUTE);
    const reason = { reason: '手机丢失' };
    const staff = await signInStaff(test, 'service-window', '371002');
    const revoked =
      by === 'window'
        ? await call(test, 'POST', `/admin/code-devices/${deviceId}/revoke`, staff, reason)
        : await call(test, 'POST', `/card-code/devices/${deviceId}/revoke`, spare);
    expect(revoked.status).toBe(200);
    // Neither of its own, nor from the service.
    for (const found of [await enrol(holder), await online(holder)]) expect(found.status).toBe(401);
    expect(await enrol(spare)).toMatchObject({ body: { code: 'CODE_FRESH_SIGN_IN_REQUIRED' } });
    test.clock.advance(MINUTE);
    const next = { ...holder, ...(await signInPerson(test, holder.personId)) };
    expect((await enrol(next)).status).toBe(200);
  });

  it('is revoked from another phone, and at the window of the zone', async () => {
    const phone = await enrolPhone(test, holder);
    const { deviceId } = phone.credential;
    const foreign = await signInStaff(test, 'service-window', '371082');
    const own = await signInStaff(test, 'service-window', '371002');
    const revoke = (staff: typeof own) =>
      call(test, 'POST', `/admin/code-devices/${deviceId}/revoke`, staff, { reason: '手机丢失' });
    expect(await revoke(foreign)).toMatchObject({ status: 404 });
    expect(await call(test, 'GET', `/admin/cards/${holder.cardId}/code-devices`, foreign)).toMatchObject({
      status: 404,
    });
    expect(await revoke(own)).toMatchObject({ status: 200, body: { status: 'revoked' } });
    expect(await revoke(own)).toMatchObject({ status: 200, body: { status: 'revoked' } });
    expect(await verdict(phone.code())).toBe('device-revoked');
    const seen = await call(test, 'GET', `/admin/cards/${holder.cardId}/code-devices`, own);
    expect(seen.body.items).toMatchObject([{ deviceId, status: 'revoked', current: false }]);
    const others = await call(
      test,
      'POST',
      `/card-code/devices/${deviceId}/revoke`,
      await signInHolder(test),
    );
    expect(others.status).toBe(404);
  });

  it('ends when its account turns out to be somebody else', async () => {
    const phone = await enrolPhone(test, holder);
    await test.app.get(UnitOfWork).run((tx) => test.app.get(Accounts).unbindPerson(tx, holder.personId));
    expect(await verdict(phone.code())).toBe('device-revoked');
  });

  it('is refused when a phone names a card that it was not enrolled for', async () => {
    const phone = await enrolPhone(test, holder);
    const signer = await test.app.get(IssuerKeys, { strict: false }).signer();
    const claims = readCredential(
      new Uint8Array(Buffer.from(phone.credential.credential, 'base64url')),
    )?.claims;
    if (claims?.kind !== 'device') throw new Error('no credential of a phone');
    // As somebody would make it who holds the issuer's key.
    const thief = newTestKey();
    const deviceKey = new Uint8Array(Buffer.from(thief.publicKey, 'base64url'));
    const made = signWith(signer, prepareCredential({ ...claims, deviceKey }, signer.kid));
    const credential = Buffer.from(made).toString('base64url');
    expect(await verdict(phoneOf(test, thief, { ...phone.credential, credential }).code())).toBe('forged');
  });

  it('stands within the list as long as it is valid, however many there are', async () => {
    await enrolPhone(test, await signInHolder(test));
    await test.app
      .get(UnitOfWork)
      .run((tx) => tx.manager.update(StatusListRow, { id: 'cards' }, { nextIndex: 4096 }));
    const phone = await enrolPhone(test, holder);
    expect(indexOf(phone)).toBe(4096);
    test.clock.advance(DAY);
    expect((await list()).statusAt(4096)).toBe('valid');
    expect((await list()).statusAt(4096 + 1024)).toBeUndefined();
  });

  it('stands for two cards of one person by two references', async () => {
    const youth = await issueCard(test, holder.personId, { kind: 'youth' });
    const key = newTestKey();
    const talent = await enrolPhone(test, holder, key);
    const other = await enrolPhone(test, { ...holder, cardId: youth }, key);
    expect(await verdict(talent.code())).toBe('ok');
    expect((await verify(other.code())).codeId).not.toBe((await verify(talent.code())).codeId);
  });

  it('is verified with a list and keys that carry an ETag', async () => {
    for (const url of ['/api/v1/card-code/keys', '/api/v1/card-code/status-list']) {
      const first = await test.app.inject({ url });
      expect(first.statusCode).toBe(200);
      const { etag } = first.headers;
      const again = await test.app.inject({ url, headers: { 'if-none-match': String(etag) } });
      expect(again.statusCode).toBe(304);
    }
    await move(holder.cardId, 'suspend');
  });

  it('goes on through a change of the issuer key', async () => {
    const phone = await enrolPhone(test, holder);
    const issuer = test.app.get(IssuerKeys, { strict: false });
    const before = (await keys()).keys;
    await issuer.rotate(system('test'));
    const { keys: now } = await keys();
    expect(now).toHaveLength(before.length + 1);
    expect(now[1]?.notAfter).toBe(new Date(TEST_NOW.getTime() + 8 * DAY).toISOString());
    // The secret of the one before is gone.
    expect(await manager().countBy(IssuerKeyRow, { privateKeySealed: Not(IsNull()) })).toBe(1);
    expect(await verdict(phone.code())).toBe('ok');
    expect(await list()).toBeDefined();
    const second = await signInHolder(test);
    expect(await verdict((await enrolPhone(test, second)).code())).toBe('ok');
    test.clock.advance(9 * DAY);
    expect((await keys()).keys).toHaveLength(1);
    expect(await verdict(phone.code())).toBe('unknown-issuer');
  });

  it('leaves with its holder but for a place in the list', async () => {
    const phone = await enrolPhone(test, holder);
    const exported = await call(test, 'GET', '/me/export', holder);
    expect(exported.body.sections['code-devices']).toMatchObject([{ deviceId: phone.credential.deviceId }]);
    expect((await call(test, 'POST', '/me/erase', holder, { confirm: 'ERASE' })).status).toBe(204);
    const row = await manager().findOneByOrFail(CodeDeviceRow, { id: phone.credential.deviceId });
    expect(row).toMatchObject({ personId: null, accountId: null, publicKey: '', status: 'revoked' });
    expect((await list()).statusAt(indexOf(phone))).toBe('card-revoked');
  });

  it('is refused without network on every phone of theirs, from the moment they erase on another', async () => {
    const youth = { ...holder, cardId: await issueCard(test, holder.personId, { kind: 'youth' }) };
    const phones = [await enrolPhone(test, holder), await enrolPhone(test, youth)];
    const offline = async (code: string) => {
      const now = test.clock.now().getTime();
      const { keys: trusted } = await keys();
      const checked = checkCode(code, { keys: trusted, verify: verifyEd25519, now });
      // The phones need nobody for their next code: only the list tells.
      expect(checked.verdict).toBe('ok');
      return checked.claims && listVerdict(checked.claims, await list(), now);
    };
    for (const phone of phones) expect(await offline(phone.code())).toBe('ok-offline');
    const third = await signInPerson(test, holder.personId);
    expect((await call(test, 'POST', '/me/erase', third, { confirm: 'ERASE' })).status).toBe(204);
    for (const phone of phones) expect(await offline(phone.code())).toBe('card-revoked');
    for (const { key, credential } of phones) {
      const { deviceId } = credential;
      const at = test.clock.now().toISOString();
      const signature = key.signature(renewMessage(deviceId, at));
      const renewed = await call(test, 'POST', '/card-code/credentials', holder, { deviceId, at, signature });
      expect(renewed.body.code).toMatch(/^(ACCOUNT_ERASED|SESSION_EXPIRED)$/);
    }
  });
});

describe("a clerk's phone", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(() => test.clock.set(TEST_NOW));
  afterEach(() => jest.restoreAllMocks());

  let people = 0;
  async function invited() {
    people += 1;
    const admin = await signInStaff(test, 'system-administrator');
    const clerk = await signInStaff(test, 'service-window', '371002', `clerk-${people}`);
    const invitation = await call(test, 'POST', '/admin/clerk-devices', admin, { staffId: clerk.staffId });
    const citizen = await signInCitizen(test, `clerk-${people}`);
    const key = newTestKey();
    const enrol = (enrolmentCode = invitation.body.enrolmentCode, who = citizen) =>
      call(test, 'POST', '/clerk/devices', who, { enrolmentCode, publicKey: key.publicKey });
    return { admin, clerk, invitation, citizen, key, enrol };
  }
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  it('is invited, enrolled once, and opens the window alone', async () => {
    const { clerk, invitation, enrol, admin } = await invited();
    expect(invitation.body).toMatchObject({
      device: { status: 'invited', staffId: clerk.staffId },
      enrolmentCode: expect.stringMatching(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/),
    });
    const enrolled = await enrol(invitation.body.enrolmentCode.toLowerCase().replace('-', ' '));
    expect(enrolled).toMatchObject({
      status: 200,
      body: {
        accessTokenExpiresAt: new Date(TEST_NOW.getTime() + 12 * 60 * MINUTE).toISOString(),
        staff: { staffId: clerk.staffId },
      },
    });
    expect(await enrol()).toMatchObject({ status: 422, body: { code: 'CLERK_CODE_INVALID' } });
    const at = bearer(enrolled.body.accessToken);
    for (const path of ['/admin/cases', '/staff/me', '/admin/cards'])
      expect(await call(test, 'GET', path, at)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    const listed = (await call(test, 'GET', '/admin/clerk-devices', admin)).body.items;
    expect(listed[0]).toMatchObject({ status: 'active', enrolledAt: TEST_NOW.toISOString() });
  });

  it('is not enrolled with a code that is wrong or a quarter of an hour old', async () => {
    const { enrol } = await invited();
    expect(await enrol('AAAAA-AAAAA')).toMatchObject({ body: { code: 'CLERK_CODE_INVALID' } });
    test.clock.advance(15 * MINUTE + 1);
    expect(await enrol(undefined, await signInCitizen(test, 'late-clerk'))).toMatchObject({
      body: { code: 'CLERK_CODE_INVALID' },
    });
  });

  it('is invited for somebody who works at a window', async () => {
    const admin = await signInStaff(test, 'system-administrator');
    const auditor = await signInStaff(test, 'auditor');
    for (const staffId of [auditor.staffId, admin.staffId])
      expect(await call(test, 'POST', '/admin/clerk-devices', admin, { staffId })).toMatchObject({
        status: 400,
        body: { details: { fields: [{ path: 'staffId', code: 'NOT_ALLOWED' }] } },
      });
  });

  it('signs in by its key, once a signature, and the session before ends', async () => {
    const { enrol, key, citizen } = await invited();
    const { body } = await enrol();
    const signIn = (at: string, who = citizen) =>
      call(test, 'POST', '/clerk/sessions', who, {
        deviceId: body.deviceId,
        at,
        signature: key.signature(clerkSessionMessage(body.deviceId, at)),
      });
    const at = new Date(TEST_NOW.getTime() + 1000).toISOString();
    test.clock.advance(2000);
    const second = await signIn(at);
    expect(second.status).toBe(200);
    expect(await signIn(at)).toMatchObject({ body: { code: 'CODE_DEVICE_SIGNATURE' } });
    expect(await signIn(TEST_NOW.toISOString(), await signInCitizen(test, 'thief'))).toMatchObject({
      body: { code: 'CLERK_DEVICE_REVOKED' },
    });
    const path = '/admin/cards';
    expect(await call(test, 'GET', path, bearer(body.accessToken))).toMatchObject({ status: 401 });
    expect(await call(test, 'GET', path, bearer(second.body.accessToken))).toMatchObject({ status: 403 });
    test.clock.advance(6 * MINUTE);
    expect(await signIn(new Date(TEST_NOW.getTime() + 5000).toISOString())).toMatchObject({
      body: { code: 'CODE_CLOCK_WRONG', details: { serverTime: expect.any(String) } },
    });
  });

  it('is over when it is revoked, when its clerk is disabled, and after twelve hours', async () => {
    const one = await invited();
    const { body } = await one.enrol();
    const revoke = () =>
      call(test, 'POST', `/admin/clerk-devices/${body.deviceId}/revoke`, one.admin, { reason: '离职' });
    expect(await revoke()).toMatchObject({ status: 200, body: { status: 'revoked' } });
    expect(await revoke()).toMatchObject({ status: 200, body: { status: 'revoked' } });
    const path = '/admin/cards';
    expect(await call(test, 'GET', path, bearer(body.accessToken))).toMatchObject({ status: 401 });

    const two = await invited();
    const { accessToken } = (await two.enrol()).body;
    test.clock.advance(12 * 60 * MINUTE - 1000);
    expect(await call(test, 'GET', path, bearer(accessToken))).toMatchObject({ status: 403 });
    const admin = await signInStaff(test, 'system-administrator');
    await test.app.inject({
      method: 'PUT',
      url: `/api/v1/admin/staff/${two.clerk.staffId}`,
      headers: { ...admin.headers, 'idempotency-key': `disable-${two.clerk.staffId}` },
      payload: {
        version: 1,
        displayName: 'x',
        role: 'service-window',
        zoneCode: '371002',
        status: 'disabled',
      },
    });
    expect(await call(test, 'GET', path, bearer(accessToken))).toMatchObject({ status: 401 });
  });

  it('leaves with the account that enrolled it, which is shown it before', async () => {
    const { enrol, citizen, admin } = await invited();
    const { body } = await enrol();
    expect((await call(test, 'GET', '/clerk/devices', citizen)).body.items).toMatchObject([
      { deviceId: body.deviceId, status: 'active', lastSeenAt: TEST_NOW.toISOString() },
    ]);
    const stranger = await signInCitizen(test, 'stranger');
    expect((await call(test, 'GET', '/clerk/devices', stranger)).body.items).toEqual([]);
    expect((await call(test, 'POST', '/me/erase', citizen, { confirm: 'ERASE' })).status).toBe(204);
    const listed = (await call(test, 'GET', '/admin/clerk-devices', admin)).body.items;
    expect(listed[0]).toMatchObject({ deviceId: body.deviceId, status: 'revoked', label: '' });
  });

  it('does not sign in for an account that was erased, though a node still believes its session', async () => {
    jest.spyOn(SessionTrust.prototype, 'distrust').mockReturnValue();
    const { enrol, key, citizen } = await invited();
    const { deviceId } = (await enrol()).body;
    expect((await call(test, 'GET', '/me', citizen)).status).toBe(200);
    expect((await call(test, 'POST', '/me/erase', citizen, { confirm: 'ERASE' })).status).toBe(204);
    const at = test.clock.now().toISOString();
    const signature = key.signature(clerkSessionMessage(deviceId, at));
    expect(
      (await call(test, 'POST', '/clerk/sessions', citizen, { deviceId, at, signature })).body,
    ).toMatchObject({
      code: 'ACCOUNT_ERASED',
    });
  });

  it.each([1, 2, 3])('stands at no window once it was revoked while it signed in (round %i)', async () => {
    const { enrol, key, citizen, admin } = await invited();
    const { deviceId } = (await enrol()).body;
    test.clock.advance(1000);
    const at = test.clock.now().toISOString();
    const signature = key.signature(clerkSessionMessage(deviceId, at));
    const { find } = ClerkDevicesRepository.prototype;
    // Either has looked at the device before the other changes it.
    let seen = 0;
    jest.spyOn(ClerkDevicesRepository.prototype, 'find').mockImplementation(async function (
      this: ClerkDevicesRepository,
      ...by
    ) {
      const found = await find.apply(this, by);
      seen += 1;
      if (seen <= 2 && TEST_DATABASE === 'mariadb') await setTimeout(100);
      return found;
    });
    const [signedIn, revoked] = await Promise.all([
      call(test, 'POST', '/clerk/sessions', citizen, { deviceId, at, signature }),
      call(test, 'POST', `/admin/clerk-devices/${deviceId}/revoke`, admin, { reason: '离职' }),
    ]);
    expect(revoked.body).toMatchObject({ status: 'revoked' });
    expect([undefined, 'CLERK_DEVICE_REVOKED']).toContain(signedIn.body.code);
    const standing = await test.app
      .get(ReadDatabase)
      .manager.countBy(SessionRow, { ownerId: revoked.body.staffId, endedAt: IsNull() });
    // The clerk's own sign-in of the console.
    expect(standing).toBe(1);
  });
});
