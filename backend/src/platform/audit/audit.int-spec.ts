import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createPlatformContext, type PlatformContext } from '../../../test/platform-context.js';
import { type Principal, system } from '../accounts/principal.js';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids.js';
import { Jobs } from '../jobs/jobs.js';
import { AuditEntry } from './audit-entry.entity.js';
import { AuditKeys } from './audit-keys.js';
import { AuditLog } from './audit-log.js';
import { AuditSeal } from './audit-seal.entity.js';
import { SEAL_JOB } from './audit-sealer.js';
import { AuditTrail } from './audit-trail.js';
import { leafOf, rootOf } from './merkle.js';
import { SealExport } from './seal-export.js';
import { type AuditProblem, verifyAudit } from './verify-audit.js';

const CLERK: Principal = system('test');

describe('the audit trail', () => {
  let test: PlatformContext;
  beforeEach(async () => {
    test = await createPlatformContext();
  });
  afterEach(() => test.close());

  const record = (action: string, fields: string[] = []): Promise<void> =>
    test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app.get(AuditTrail).record(tx, CLERK, { action, objectType: 'card', objectId: 'x', fields }),
      );
  const seal = async (): Promise<void> => {
    test.clock.advance(1_000);
    await test.app.get(Jobs).runNow(SEAL_JOB);
  };
  /** Three seals of three entries each. */
  const fill = async (): Promise<void> => {
    for (let sealed = 0; sealed < 3; sealed += 1) {
      for (let entry = 0; entry < 3; entry += 1) await record('cards.issue', ['status']);
      await seal();
    }
  };
  const read = () => test.app.get(ReadDatabase).manager;
  const file = (): SealExport => test.app.get(SealExport);
  const check = (exported: SealExport | null = file()) =>
    verifyAudit({ manager: read(), keys: test.app.get(AuditKeys), exported, now: test.clock.now() });
  const problems = async (exported: SealExport | null = file()): Promise<readonly AuditProblem[]> =>
    (await check(exported)).problems;
  /** What somebody with access to the database does. */
  const tamper = (sql: string, parameters: unknown[] = []): Promise<unknown> =>
    test.app.get(UnitOfWork).run((tx) => tx.manager.query(sql, parameters));
  const entryOf = async (number: number): Promise<AuditEntry> => {
    const { id } = await sealOf(number);
    return read().findOneOrFail(AuditEntry, { where: { sealId: id }, order: { id: 'ASC' } });
  };
  const sealOf = (number: number): Promise<AuditSeal> => read().findOneByOrFail(AuditSeal, { number });

  it('seals what was committed, each entry once, and finds it whole', async () => {
    await fill();
    await seal();
    expect(await check()).toEqual({
      ok: true,
      entries: 9,
      seals: 3,
      unsealed: 0,
      problemCount: 0,
      problems: [],
    });
    expect(await test.app.get(AuditLog).oldestUnsealedSeconds()).toBe(0);
    await record('cards.revoke');
    test.clock.advance(3_000);
    expect(await test.app.get(AuditLog).oldestUnsealedSeconds()).toBe(3);
    expect(await check()).toMatchObject({ ok: true, entries: 9, unsealed: 1 });
  });

  it('seals an entry that commits after a later one was sealed', async () => {
    const early = newId(test.clock.now());
    await fill();
    await test.app.get(UnitOfWork).run((tx) =>
      tx.manager.insert(AuditEntry, {
        id: early,
        at: tx.now,
        actorType: 'system',
        action: 'late.commit',
        objectType: 'card',
        fields: '[]',
      }),
    );
    await seal();
    expect((await read().findOneByOrFail(AuditEntry, { id: early })).sealId).not.toBeNull();
    expect(await check()).toMatchObject({ ok: true, entries: 10, seals: 4 });
  });

  it('seals thousands in pieces', async () => {
    await test.app.get(UnitOfWork).run(async (tx) => {
      for (let entry = 0; entry < 1_100; entry += 1)
        await test.app
          .get(AuditTrail)
          .record(tx, CLERK, { action: 'roster.import', objectType: 'entry', objectId: null });
    });
    await seal();
    expect(await check()).toMatchObject({ ok: true, entries: 1_100, seals: 3 });
  });

  describe('finds', () => {
    beforeEach(fill);

    it('a change of any column', async () => {
      const entry = await entryOf(2);
      for (const column of ['action', 'actorId', 'objectType', 'objectId', 'fields', 'requestId'] as const) {
        await tamper(`UPDATE audit_entries SET ${column} = '"x"' WHERE id = ?`, [entry.id]);
        expect(await problems()).toEqual([{ kind: 'entry-changed', seal: 2, entryId: entry.id }]);
        await tamper(`UPDATE audit_entries SET ${column} = ? WHERE id = ?`, [entry[column], entry.id]);
        expect(await problems()).toEqual([]);
      }
    });

    it('a changed time', async () => {
      const entry = await entryOf(2);
      await test.app
        .get(UnitOfWork)
        .run((tx) => tx.manager.update(AuditEntry, { id: entry.id }, { at: new Date(0) }));
      expect(await problems()).toEqual([{ kind: 'entry-changed', seal: 2, entryId: entry.id }]);
    });

    it('a change without any export, though not which entry', async () => {
      const entry = await entryOf(2);
      await tamper('UPDATE audit_entries SET action = ? WHERE id = ?', ['x', entry.id]);
      expect(await problems(null)).toEqual([{ kind: 'entries-changed', seal: 2, entryId: null }]);
    });

    it('a removed entry', async () => {
      const entry = await entryOf(2);
      await tamper('DELETE FROM audit_entries WHERE id = ?', [entry.id]);
      expect(await problems()).toEqual([{ kind: 'entry-removed', seal: 2, entryId: entry.id }]);
    });

    it('an added entry', async () => {
      const entry = await entryOf(2);
      const id = newId(test.clock.now());
      await test.app.get(UnitOfWork).run((tx) => tx.manager.insert(AuditEntry, { ...entry, id }));
      expect(await problems()).toEqual([{ kind: 'entry-added', seal: 2, entryId: id }]);
    });

    it('an entry taken out of its seal to be changed and sealed anew', async () => {
      const entry = await entryOf(2);
      await tamper('UPDATE audit_entries SET sealId = NULL, action = ? WHERE id = ?', ['x', entry.id]);
      await seal();
      expect(await problems()).toEqual([{ kind: 'entry-removed', seal: 2, entryId: entry.id }]);
    });

    it('a removed seal', async () => {
      const { id } = await sealOf(2);
      await tamper('DELETE FROM audit_seals WHERE id = ?', [id]);
      const kinds = (await problems()).map((problem) => problem.kind);
      expect(kinds).toEqual([
        'seal-missing',
        'chain-broken',
        'entry-without-seal',
        'entry-without-seal',
        'entry-without-seal',
      ]);
    });

    it('an end that was cut off, seal and entries together', async () => {
      const { id } = await sealOf(3);
      await tamper('DELETE FROM audit_entries WHERE sealId = ?', [id]);
      await tamper('DELETE FROM audit_seals WHERE id = ?', [id]);
      expect(await problems()).toEqual([{ kind: 'tail-removed', seal: 3, entryId: null }]);
      // The limit: without an export nothing shows it.
      expect(await problems(null)).toEqual([]);
    });

    it('an end that was cut off and grown anew', async () => {
      const { id } = await sealOf(3);
      await tamper('DELETE FROM audit_entries WHERE sealId = ?', [id]);
      await tamper('DELETE FROM audit_seals WHERE id = ?', [id]);
      await record('cards.issue');
      await seal();
      expect((await problems()).map(({ kind, seal: number }) => [kind, number])).toEqual([
        ['export-differs', 3],
      ]);
    });

    it('a seal by a foreign key, with everything else recomputed to fit', async () => {
      const foreign = new AuditKeys(generateKeyPairSync('ed25519').privateKey);
      const entry = await entryOf(3);
      await tamper('UPDATE audit_entries SET action = ? WHERE id = ?', ['x', entry.id]);
      const forged = await sealOf(3);
      const entries = await read().find(AuditEntry, { where: { sealId: forged.id }, order: { id: 'ASC' } });
      const root = rootOf(forged, entries.map(leafOf));
      const values = [root, foreign.keyId, foreign.sign(root), forged.id];
      await tamper('UPDATE audit_seals SET root = ?, keyId = ?, signature = ? WHERE id = ?', values);
      expect((await problems(null)).map(({ kind }) => kind)).toEqual(['seal-foreign']);
      expect((await problems()).map(({ kind }) => kind)).toEqual(['export-differs', 'seal-foreign']);
      // Claiming our key does not help either.
      await tamper('UPDATE audit_seals SET keyId = ? WHERE id = ?', [
        test.app.get(AuditKeys).keyId,
        forged.id,
      ]);
      expect((await problems(null)).map(({ kind }) => kind)).toEqual(['seal-foreign']);
    });

    it('a broken chain', async () => {
      await tamper('UPDATE audit_seals SET previousRoot = ? WHERE number = 2', ['0'.repeat(64)]);
      expect((await problems(null)).map(({ kind }) => kind)).toEqual(['chain-broken', 'entries-changed']);
    });

    it('an export that was changed, cut, or made unreadable', async () => {
      const whole = readFileSync(file().path, 'utf8');
      const [first = '', second = '', third = ''] = whole.trim().split('\n');
      test.clock.advance(120_000);
      const kindsWith = async (lines: string[]) => {
        writeFileSync(file().path, `${lines.join('\n')}\n`);
        return (await problems()).map(({ kind, seal: number }) => [kind, number]);
      };
      expect(await kindsWith([first, second, third])).toEqual([]);
      expect(await kindsWith([first, second.replace(/"root":"./, '"root":"g'), third])).toEqual([
        ['export-differs', 2],
      ]);
      expect(await kindsWith([first, third])).toEqual([['export-missing', 2]]);
      expect(await kindsWith([first])).toEqual([['export-missing', 2]]);
      expect(await kindsWith([first, '{"number":', second, third])).toEqual([['export-unreadable', null]]);
      expect(await kindsWith([first, second, second, third])).toEqual([['export-differs', 2]]);
    });
  });

  it('does not mend an export that was cut behind its back', async () => {
    await fill();
    const [first = ''] = readFileSync(file().path, 'utf8').split('\n');
    writeFileSync(file().path, `${first}\n`);
    await record('cards.issue');
    await seal();
    test.clock.advance(120_000);
    expect(readFileSync(file().path, 'utf8')).toBe(`${first}\n`);
    expect(await problems()).toEqual([{ kind: 'export-missing', seal: 2, entryId: null }]);
  });

  it('goes on after a crash in the middle of a line of the export', async () => {
    await record('cards.issue');
    await seal();
    const before = readFileSync(file().path, 'utf8');
    writeFileSync(file().path, `${before}{"number":2,"sea`);
    const again = new SealExport(file().path);
    expect(await again.lastNumber()).toBe(1);
    appendFileSync(file().path, '');
    await again.append([]);
    expect(await again.untouched()).toBe(true);
  });

  it('still verifies what an older key has signed', async () => {
    await fill();
    const path = test.config.auditSigningKeyFile;
    const old = readFileSync(path, 'utf8');
    const fresh = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(path, `${String(fresh)}${old}`);
    const keys = AuditKeys.load(test.config);
    expect(keys.keyId).not.toBe(test.app.get(AuditKeys).keyId);
    const sources = { manager: read(), exported: file(), now: test.clock.now() };
    expect(await verifyAudit({ ...sources, keys })).toMatchObject({ ok: true });
    writeFileSync(path, String(fresh));
    const forgotten = await verifyAudit({ ...sources, keys: AuditKeys.load(test.config) });
    expect(forgotten.problems.map(({ kind }) => kind)).toEqual(Array(3).fill('seal-foreign'));
  });

  it('keeps the outcome of a check, and notes who asked', async () => {
    await fill();
    const log = test.app.get(AuditLog);
    expect(await log.status()).toMatchObject({ unsealed: 0, lastVerification: null });
    const reports = await Promise.all([log.verify(CLERK), log.verify(CLERK)]);
    expect(reports[0]).toBe(reports[1]);
    expect(await log.status()).toEqual({
      sealedThrough: test.clock.now().toISOString(),
      unsealed: 2,
      lastVerification: { at: test.clock.now().toISOString(), ok: true, entries: 9, problems: 0 },
    });
    expect((await log.list({ action: 'audit.verify', limit: 20 })).items).toHaveLength(2);
  });

  it('is read page by page, latest first, and filtered', async () => {
    await fill();
    const log = test.app.get(AuditLog);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await log.list({ limit: 4, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((entry) => entry.entryId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(9);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    const from = new Date(test.clock.now().getTime() - 1_000).toISOString();
    expect((await log.list({ limit: 20, from })).items).toHaveLength(3);
    expect((await log.list({ limit: 20, to: from })).items).toHaveLength(6);
    expect((await log.list({ limit: 20, action: 'cards.revoke' })).items).toEqual([]);
    expect((await log.list({ limit: 20, objectId: 'x' })).items[0]).toMatchObject({
      actorType: 'system',
      actorId: 'test',
      actorName: null,
      fields: ['status'],
      sealed: true,
    });
    await expect(log.list({ limit: 20, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});
