import type { OfflineUse } from '@talent-card/shared/uses/schema';
import type { Answer } from '../../../test/card-fixtures.js';
import { TEST_NOW } from '../../../test/harness.js';
import { signInCitizen, signInStaff } from '../../../test/sign-in.js';
import { outcomes, windowForEach } from '../../../test/window.js';
import { enrolClerk, makeCodeChannel } from '../../../test/window-fixtures.js';
import { StaffRow } from '../../platform/accounts/staff/staff-member.entity.js';
import { AuditEntry } from '../../platform/audit/audit-entry.entity.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { UseRow } from './use.entity.js';

const MINUTE = 60_000;

describe("what a clerk's phone signed before it was revoked", () => {
  const window = windowForEach();

  /** A minute later the administrator revokes the clerk's phone, and another minute goes by. */
  const revoke = async (): Promise<void> => {
    window.clock.advance(MINUTE);
    const admin = await signInStaff(window.test, 'system-administrator');
    const path = `/admin/clerk-devices/${window.clerk.deviceId}/revoke`;
    const revoked = await window.post(path, { reason: '手机丢了' }, admin);
    expect(revoked.body).toMatchObject({ revokedAt: window.clock.now().toISOString() });
    window.clock.advance(MINUTE);
  };
  const handIn = async (uses: readonly OfflineUse[], persona = window.clerk.persona): Promise<Answer> => {
    const { deviceId } = window.clerk;
    return window.post('/clerk/offline-uses', { deviceId, uses }, await signInCitizen(window.test, persona));
  };
  const kept = (): Promise<number> => window.rows.countBy(UseRow, { personId: window.holder.personId });

  it('is handed in by its account, and each use waits for the office before it counts', async () => {
    const channel = await makeCodeChannel(window.test);
    const use = window.signed(channel, { companions: 1 });
    await revoke();
    expect((await window.sync([use])).status).toBe(401);
    const handed = await handIn([use]);
    const item = { clientUseId: use.clientUseId, outcome: 'to-settle', verdict: 'clerk-revoked' };
    expect(handed).toMatchObject({ status: 200, body: { items: [{ ...item, useId: expect.any(String) }] } });
    // Sending it again, after an answer that was lost, changes nothing.
    expect((await handIn([use])).body).toEqual(handed.body);
    expect(await kept()).toBe(1);
    expect(await window.spent(channel)).toBe(0);
    const { useId } = handed.body.items[0];
    expect(await window.seen(useId)).toMatchObject({
      status: 'to-settle',
      settleReason: 'clerk-revoked',
      recordedBy: expect.stringMatching(/^window-clerk/),
      clerkRevokedAt: new Date(TEST_NOW.getTime() + MINUTE).toISOString(),
      at: TEST_NOW.toISOString(),
      companions: 1,
    });
    expect((await window.settle(useId, 'count')).body).toMatchObject({ status: 'used' });
    expect(await window.spent(channel)).toBe(1);
  });

  it('is refused, each with its reason, where it was signed from the revocation on', async () => {
    const channel = await makeCodeChannel(window.test);
    const before = window.signed(channel);
    await revoke();
    const atOnce = window.signed(channel, { at: new Date(TEST_NOW.getTime() + MINUTE).toISOString() });
    const after = window.signed(channel);
    const backdated = { ...after, at: before.at };
    expect(outcomes(await handIn([atOnce, before, after, backdated]))).toEqual([
      ['refused', 'after-revocation'],
      ['to-settle', 'clerk-revoked'],
      ['refused', 'after-revocation'],
      ['refused', 'forged'],
    ]);
    expect(await kept()).toBe(1);
    const refused = { action: 'uses.refuse-offline', objectId: after.clientUseId };
    expect(await window.rows.countBy(AuditEntry, refused)).toBe(2);
  });

  it("fills nobody's list: one code is one use, whatever ids it is handed in under", async () => {
    const channel = await makeCodeChannel(window.test);
    const uses = [0, 1, 2].map(() => window.signed(channel));
    await revoke();
    const handed = await handIn(uses);
    expect(outcomes(handed)).toEqual(uses.map(() => ['to-settle', 'clerk-revoked']));
    expect(new Set(handed.body.items.map((item: { useId: string }) => item.useId)).size).toBe(1);
    expect(await kept()).toBe(1);
  });

  it('names what else stands against it', async () => {
    const channel = await makeCodeChannel(window.test);
    const second = await enrolClerk(window.test);
    await window.sync([window.signed(channel, {}, second)], second);
    const replayed = window.signed(channel);
    window.clock.advance(MINUTE);
    const elsewhere = await makeCodeChannel(window.test, { channel: { offline: 'online-only' } });
    const online = window.signed(elsewhere);
    await revoke();
    expect(outcomes(await handIn([replayed, online]))).toEqual([
      ['to-settle', 'already-used'],
      ['to-settle', 'online-only'],
    ]);
  });

  it('is taken from the account that enrolled the phone alone', async () => {
    const use = window.signed(await makeCodeChannel(window.test));
    await revoke();
    const other = await enrolClerk(window.test);
    for (const persona of [other.persona, 'somebody-else']) {
      expect(await handIn([use], persona)).toMatchObject({
        status: 403,
        body: { code: 'CLERK_DEVICE_REVOKED' },
      });
    }
    expect(await kept()).toBe(0);
  });

  it('is not lost either where the clerk works no more, though the phone was not revoked', async () => {
    const use = window.signed(await makeCodeChannel(window.test));
    await window.test.app
      .get(UnitOfWork)
      .run((tx) => tx.manager.update(StaffRow, { id: window.clerk.staffId }, { status: 'disabled' }));
    window.clock.advance(MINUTE);
    const handed = await handIn([use]);
    expect(outcomes(handed)).toEqual([['to-settle', 'clerk-revoked']]);
    const settled = await window.settle(handed.body.items[0].useId, 'count');
    expect(settled.body).toMatchObject({ status: 'used', clerkRevokedAt: null });
  });
});
