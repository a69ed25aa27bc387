import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { signInStaff } from '../../../test/sign-in.js';
import { system } from '../accounts/principal.js';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Jobs } from '../jobs/jobs.js';
import { AuditKeys } from './audit-keys.js';
import { SEAL_JOB } from './audit-sealer.js';
import { AuditTrail } from './audit-trail.js';
import { SealExport } from './seal-export.js';
import { verifyAudit } from './verify-audit.js';

describe('the audit trail of the whole service', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await createTestApp();
  });
  afterEach(() => test.close());

  const seal = async (): Promise<void> => {
    test.clock.advance(1_000);
    await test.app.get(Jobs).runNow(SEAL_JOB);
  };

  it('is open to auditors over the API, with the names of staff', async () => {
    const auditor = await signInStaff(test, 'auditor');
    const clerk = await signInStaff(test, 'service-window');
    const ask = async (method: 'GET' | 'POST', path: string, who = auditor) =>
      test.app.inject({ method, url: `/api/v1/admin/audit${path}`, headers: who.headers });
    expect((await ask('GET', '', clerk)).statusCode).toBe(403);
    expect((await ask('POST', '/verify', clerk)).statusCode).toBe(403);
    await seal();
    expect((await ask('POST', '/verify')).json()).toMatchObject({
      sealedThrough: expect.any(String),
      lastVerification: { ok: true, problems: 0 },
    });
    expect((await ask('GET', '/status')).json()).toMatchObject({ lastVerification: { ok: true } });
    const listed = await ask('GET', '?action=audit.verify');
    expect(listed.json().items).toMatchObject([
      { actorType: 'staff', actorId: auditor.staffId, actorName: auditor.username, sealed: false },
    ]);
    expect((await ask('GET', '?cursor=nonsense')).statusCode).toBe(400);
  });

  const record = (): Promise<void> =>
    test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app
          .get(AuditTrail)
          .record(tx, system('test'), { action: 'cards.issue', objectType: 'card', objectId: null }),
      );
  const check = () =>
    verifyAudit({
      manager: test.app.get(ReadDatabase).manager,
      keys: test.app.get(AuditKeys),
      exported: test.app.get(SealExport),
      now: test.clock.now(),
    });

  if (TEST_DATABASE === 'mariadb') {
    it('has one sealer among several nodes', async () => {
      const other = await test.secondNode();
      await record();
      expect(await test.app.get(Jobs).runNow(SEAL_JOB)).toBe(true);
      expect(await other.get(Jobs).runNow(SEAL_JOB)).toBe(false);
      test.clock.advance(31_000);
      await record();
      expect(await other.get(Jobs).runNow(SEAL_JOB)).toBe(true);
      expect(await test.app.get(Jobs).runNow(SEAL_JOB)).toBe(false);
      test.clock.advance(31_000);
      await record();
      expect(await test.app.get(Jobs).runNow(SEAL_JOB)).toBe(true);
      expect(await check()).toMatchObject({ ok: true, entries: 3, seals: 3 });
    });
  }
});
