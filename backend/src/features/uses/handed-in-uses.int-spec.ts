import type { OfflineUse } from '@talent-card/shared/uses/schema';
import { type Answer, call } from '../../../test/card-fixtures.js';
import { enrolPhone, type Holder, signInHolder, type TestPhone } from '../../../test/code-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { signInCitizen, signInPerson, signInStaff } from '../../../test/sign-in.js';
import {
  enrolClerk,
  makeCodeChannel,
  signedUse,
  sync,
  type TestClerk,
} from '../../../test/window-fixtures.js';
import { StaffRow } from '../../platform/accounts/staff/staff-member.entity.js';
import { AuditEntry } from '../../platform/audit/audit-entry.entity.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { UseRow } from './use.entity.js';

const MINUTE = 60_000;

describe("what a clerk's phone signed before it was revoked", () => {
  let test: TestApp;
  let clerk: TestClerk;
  let holder: Holder;
  let phone: TestPhone;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.clock.set(TEST_NOW);
    clerk = await enrolClerk(test);
    holder = await signInHolder(test);
    phone = await enrolPhone(test, holder);
  });

  const read = () => test.app.get(ReadDatabase).manager;
  const revoke = async () => {
    const admin = await signInStaff(test, 'system-administrator');
    const path = `/admin/clerk-devices/${clerk.deviceId}/revoke`;
    return call(test, 'POST', path, admin, { reason: '手机丢了' });
  };
  const handIn = async (uses: readonly OfflineUse[], persona = clerk.persona): Promise<Answer> =>
    call(test, 'POST', '/clerk/offline-uses', await signInCitizen(test, persona), {
      deviceId: clerk.deviceId,
      uses,
    });
  const spent = async (channelId: string): Promise<number> => {
    const { body } = await call(
      test,
      'GET',
      `/entitlements/${channelId}`,
      await signInPerson(test, holder.personId),
    );
    return body.limits[0]?.used + body.excess;
  };
  const settle = async (useId: string): Promise<Answer> => {
    const city = await signInStaff(test, 'city-reviewer');
    const body = { version: 1, decision: 'count', note: '核验员确认当时放行' };
    return call(test, 'POST', `/admin/uses/${useId}/settle`, city, body);
  };

  it('is handed in by its account, and each use waits for the office before it counts', async () => {
    const channel = await makeCodeChannel(test);
    const use = signedUse(test, clerk, channel, phone.code(), { companions: 1 });
    test.clock.advance(MINUTE);
    expect((await revoke()).body).toMatchObject({ revokedAt: test.clock.now().toISOString() });
    test.clock.advance(MINUTE);
    expect((await sync(test, clerk, [use])).status).toBe(401);
    const handed = await handIn([use]);
    const item = { clientUseId: use.clientUseId, outcome: 'to-settle', verdict: 'clerk-revoked' };
    expect(handed).toMatchObject({ status: 200, body: { items: [{ ...item, useId: expect.any(String) }] } });
    // Sending it again, after an answer that was lost, changes nothing.
    expect((await handIn([use])).body).toEqual(handed.body);
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(1);
    expect(await spent(channel.channelId)).toBe(0);
    const { useId } = handed.body.items[0];
    const city = await signInStaff(test, 'city-reviewer');
    expect((await call(test, 'GET', `/admin/uses/${useId}`, city)).body).toMatchObject({
      status: 'to-settle',
      settleReason: 'clerk-revoked',
      recordedBy: expect.stringMatching(/^window-clerk/),
      clerkRevokedAt: new Date(TEST_NOW.getTime() + MINUTE).toISOString(),
      at: TEST_NOW.toISOString(),
      companions: 1,
    });
    expect((await settle(useId)).body).toMatchObject({ status: 'used' });
    expect(await spent(channel.channelId)).toBe(1);
  });

  it('is refused, each with its reason, where it was signed from the revocation on', async () => {
    const channel = await makeCodeChannel(test);
    const before = signedUse(test, clerk, channel, phone.code());
    test.clock.advance(MINUTE);
    await revoke();
    const atOnce = signedUse(test, clerk, channel, phone.code());
    test.clock.advance(MINUTE);
    const after = signedUse(test, clerk, channel, phone.code());
    const backdated = { ...after, at: before.at };
    const { body } = await handIn([atOnce, before, after, backdated]);
    expect(
      body.items.map((item: { outcome: string; verdict: string }) => [item.outcome, item.verdict]),
    ).toEqual([
      ['refused', 'after-revocation'],
      ['to-settle', 'clerk-revoked'],
      ['refused', 'after-revocation'],
      ['refused', 'forged'],
    ]);
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(1);
    expect(
      await read().countBy(AuditEntry, { action: 'uses.refuse-offline', objectId: after.clientUseId }),
    ).toBe(2);
  });

  it("fills nobody's list: one code is one use, whatever ids it is handed in under", async () => {
    const channel = await makeCodeChannel(test);
    const code = phone.code();
    const uses = [0, 1, 2].map(() => signedUse(test, clerk, channel, code));
    test.clock.advance(MINUTE);
    await revoke();
    const { items } = (await handIn(uses)).body;
    expect(new Set(items.map((item: { useId: string }) => item.useId)).size).toBe(1);
    expect(items).toMatchObject(
      uses.map(({ clientUseId }) => ({ clientUseId, outcome: 'to-settle', verdict: 'clerk-revoked' })),
    );
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(1);
  });

  it('names what else stands against it', async () => {
    const channel = await makeCodeChannel(test);
    const code = phone.code();
    const second = await enrolClerk(test);
    await sync(test, second, [signedUse(test, second, channel, code)]);
    const replayed = signedUse(test, clerk, channel, code);
    test.clock.advance(MINUTE);
    const elsewhere = await makeCodeChannel(test, { channel: { offline: 'online-only' } });
    const online = signedUse(test, clerk, elsewhere, phone.code());
    test.clock.advance(MINUTE);
    await revoke();
    expect((await handIn([replayed, online])).body.items).toMatchObject([
      { outcome: 'to-settle', verdict: 'already-used' },
      { outcome: 'to-settle', verdict: 'online-only' },
    ]);
  });

  it('is taken from the account that enrolled the phone alone', async () => {
    const channel = await makeCodeChannel(test);
    const use = signedUse(test, clerk, channel, phone.code());
    await revoke();
    const other = await enrolClerk(test);
    for (const persona of [other.persona, 'somebody-else']) {
      expect(await handIn([use], persona)).toMatchObject({
        status: 403,
        body: { code: 'CLERK_DEVICE_REVOKED' },
      });
    }
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(0);
  });

  it('is not lost either where the clerk works no more, though the phone was not revoked', async () => {
    const channel = await makeCodeChannel(test);
    const use = signedUse(test, clerk, channel, phone.code());
    await test.app
      .get(UnitOfWork)
      .run((tx) => tx.manager.update(StaffRow, { id: clerk.staffId }, { status: 'disabled' }));
    test.clock.advance(MINUTE);
    const { body } = await handIn([use]);
    expect(body.items).toMatchObject([{ outcome: 'to-settle', verdict: 'clerk-revoked' }]);
    expect((await settle(body.items[0].useId)).body).toMatchObject({ status: 'used', clerkRevokedAt: null });
  });
});
