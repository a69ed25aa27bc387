import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { Export } from '@talent-card/shared/statistics/schema';
import { anybody, call, confirmPerson } from '../../../test/card-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { type SignedInStaff, signInStaff } from '../../../test/sign-in.js';
import { system } from '../../platform/accounts/principal.js';
import { StaffPrincipals } from '../../platform/accounts/staff/staff-principals.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SealedStore } from '../../platform/files/sealed-store.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { LEASE_MS } from '../../platform/jobs/lease.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { type Cell, sheets } from '../../platform/workbook/workbook-library.js';
import { Cards } from '../cards/cards.service.js';
import { ExportRow } from './export.entity.js';
import { EXPORT_JOB, Exports } from './exports.service.js';
import { MakeExports } from './make-exports.js';

const DAY_MS = 86_400_000;

describe('exports', () => {
  let test: TestApp;
  let city: SignedInStaff;
  beforeAll(async () => {
    test = await createTestApp();
    city = await signInStaff(test, 'city-reviewer');
    for (let i = 0; i < 105; i += 1) await issue('371002');
    await issue('371082');
  }, 120_000);
  afterAll(() => test.close());

  async function issue(zoneCode: ZoneCode): Promise<void> {
    const personId = await confirmPerson(test, anybody());
    await test.app.get(UnitOfWork).run((tx) =>
      test.app.get(Cards, { strict: false }).issue(tx, system('test'), {
        personId,
        kind: 'talent',
        category: '1',
        cardClass: null,
        zoneCode,
        caseId: null,
        rosterEntryId: null,
      }),
    );
  }
  const ask = async (staff: SignedInStaff, body: object) => call(test, 'POST', '/admin/exports', staff, body);
  const make = () => test.app.get(Jobs).runNow(EXPORT_JOB);
  const fetched = async (staff: SignedInStaff, exportId: string) =>
    (await call(test, 'GET', `/admin/exports/${exportId}`, staff)).body as Export;
  const file = (staff: SignedInStaff, exportId: string) =>
    test.app.inject({
      method: 'GET',
      url: `/api/v1/admin/exports/${exportId}/file`,
      headers: staff.headers,
    });
  const rowsOf = async (staff: SignedInStaff, exportId: string) => {
    const { rawPayload } = await file(staff, exportId);
    const rows: (readonly Cell[])[] = [];
    for await (const sheet of sheets(rawPayload)) for await (const { cells } of sheet) rows.push(cells);
    return rows;
  };

  it('makes the whole list a workbook, page by page, with masked people', async () => {
    const asked = await ask(city, { kind: 'cards' });
    expect(asked.body).toMatchObject({ state: 'waiting', rowsDone: 0, rowsTotal: null });
    const { exportId } = asked.body as Export;
    expect((await file(city, exportId)).json()).toMatchObject({ code: 'EXPORT_NOT_READY' });
    await make();
    expect(await fetched(city, exportId)).toMatchObject({ state: 'done', rowsDone: 106, rowsTotal: 106 });
    const [heading, ...rows] = await rowsOf(city, exportId);
    expect(heading?.slice(0, 4)).toEqual(['卡号', '卡种', '姓名', '证件号']);
    expect(rows).toHaveLength(106);
    for (const row of rows) {
      expect(row[2]).toMatch(/\*/);
      expect(row[3]).toMatch(/\*{4,}/);
    }
    expect(new Set(rows.map((row) => row[0])).size).toBe(106);
  });

  it('holds the filters of the list and the zone of who asks', async () => {
    const district = await signInStaff(test, 'district-reviewer', '371082');
    const { body } = await ask(district, { kind: 'cards' });
    const filtered = await ask(city, { kind: 'cards', filter: { status: 'revoked' } });
    await make();
    expect((await rowsOf(district, body.exportId)).slice(1)).toHaveLength(1);
    expect((await rowsOf(city, filtered.body.exportId)).slice(1)).toHaveLength(0);
  });

  it('refuses a filter that the list does not take at its name', async () => {
    const wrong = await ask(city, { kind: 'cards', filter: { status: 'gone' } });
    expect(wrong.body).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { fields: [{ path: 'filter.status', code: 'NOT_ALLOWED' }] },
    });
  });

  it('keeps closed whom was looked for', async () => {
    const { body } = await ask(city, { kind: 'cards', filter: { q: '林海清' } });
    expect(body).toMatchObject({ filter: { q: '林海清' } });
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(ExportRow, { id: body.exportId });
    expect(row.filter).not.toContain('林海清');
  });

  it("is nobody else's", async () => {
    const { body } = await ask(city, { kind: 'cards' });
    const other = await signInStaff(test, 'district-reviewer', '371003');
    expect((await call(test, 'GET', `/admin/exports/${body.exportId}`, other)).body.code).toBe('NOT_FOUND');
    expect((await file(other, body.exportId)).json().code).toBe('NOT_FOUND');
    expect((await call(test, 'GET', '/admin/exports', other)).body.items).toEqual([]);
  });

  it('is not handed to who may not read the list any more', async () => {
    const mover = await signInStaff(test, 'district-reviewer', '371003', 'moves-on');
    const { body } = await ask(mover, { kind: 'cards' });
    await make();
    expect((await file(mover, body.exportId)).statusCode).toBe(200);
    await test.app
      .get(UnitOfWork)
      .run((tx) =>
        tx.manager.query("UPDATE staff_members SET role = 'venue-manager' WHERE id = ?", [mover.staffId]),
      );
    // A session is believed for a moment without asking the database.
    test.clock.advance(60_000);
    expect((await file(mover, body.exportId)).json()).toMatchObject({ code: 'FORBIDDEN' });
    test.clock.set(TEST_NOW);
  });

  it('begins again what was cut off, and makes nothing for who has left', async () => {
    const cut = (await ask(city, { kind: 'cards' })).body as Export;
    const leaver = await signInStaff(test, 'district-reviewer', '371083');
    const left = (await ask(leaver, { kind: 'cards' })).body as Export;
    await test.app.get(UnitOfWork).run(async (tx) => {
      await tx.manager.update(ExportRow, { id: cut.exportId }, { state: 'running', rowsDone: 40 });
      await tx.manager.query("UPDATE staff_members SET status = 'disabled' WHERE id = ?", [leaver.staffId]);
    });
    await make();
    expect(await fetched(city, cut.exportId)).toMatchObject({ state: 'done', rowsDone: 106 });
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(ExportRow, { id: left.exportId });
    expect(row).toMatchObject({ state: 'failed', contentKey: null });
  });

  it('has three of one at a time, and takes another once they are made', async () => {
    await make();
    for (let i = 0; i < 3; i += 1) expect((await ask(city, { kind: 'cards' })).status).toBe(200);
    expect((await ask(city, { kind: 'cards' })).body).toMatchObject({
      code: 'EXPORTS_TOO_MANY',
      details: { most: 3 },
    });
    const other = await signInStaff(test, 'district-reviewer', '371003');
    expect((await ask(other, { kind: 'cards' })).status).toBe(200);
    await make();
    expect((await ask(city, { kind: 'cards' })).status).toBe(200);
    await make();
  });

  it('gives one up that ended the process three times', async () => {
    const { body } = await ask(city, { kind: 'cards' });
    await test.app
      .get(UnitOfWork)
      .run((tx) => tx.manager.update(ExportRow, { id: body.exportId }, { state: 'running', tries: 3 }));
    const page = jest.spyOn(test.app.get(Exports, { strict: false }).sourceOf('cards'), 'page');
    await make();
    expect(await fetched(city, body.exportId)).toMatchObject({ state: 'failed', expiresAt: null });
    expect(page).not.toHaveBeenCalled();
    page.mockRestore();
  });

  it('stops after the page at hand when the service shuts down, and counts no try for it', async () => {
    const { body } = await ask(city, { kind: 'cards' });
    const get = <T>(token: unknown): T => test.app.get<T>(token as never, { strict: false });
    const source = test.app.get(Exports, { strict: false }).sourceOf('cards');
    const row = () =>
      get<ReadDatabase>(ReadDatabase).manager.findOneByOrFail(ExportRow, { id: body.exportId });
    for (let stops = 0; stops < 4; stops += 1) {
      // Another process on the same database.
      test.clock.advance(LEASE_MS + 1);
      const jobs = new Jobs(get(UnitOfWork), test.clock, test.config, get(LOGGER));
      new MakeExports(
        jobs,
        get(UnitOfWork),
        get(ReadDatabase),
        get(Exports),
        get(StaffPrincipals),
        get(SealedStore),
        test.clock,
        get(LOGGER),
      ).onModuleInit();
      const whole = source.page.bind(source);
      const stopped: Promise<void>[] = [];
      const page = jest.spyOn(source, 'page').mockImplementationOnce((...asked) => {
        stopped.push(jobs.stop());
        return whole(...asked);
      });
      await jobs.runNow(EXPORT_JOB);
      await Promise.all(stopped);
      expect(page).toHaveBeenCalledTimes(1);
      page.mockRestore();
      expect(await row()).toMatchObject({ state: 'waiting', tries: 0, rowsDone: 0, finishedAt: null });
    }
    test.clock.advance(LEASE_MS + 1);
    await make();
    expect(await row()).toMatchObject({ state: 'done', tries: 1, rowsDone: 106 });
    test.clock.set(TEST_NOW);
  });

  it('is gone after seven days by the clock, and then file and key', async () => {
    const { body } = await ask(city, { kind: 'cards' });
    await make();
    const path = join(test.config.dataDir, 'files', body.exportId.slice(-2), body.exportId);
    expect(existsSync(path)).toBe(true);
    test.clock.set(new Date(TEST_NOW.getTime() + 7 * DAY_MS + 1000));
    const late = await signInStaff(test, 'city-reviewer');
    // Nobody has wiped it yet, and nobody gets it any more.
    expect((await file(late, body.exportId)).json()).toMatchObject({ code: 'FILE_LINK_EXPIRED' });
    expect(await fetched(late, body.exportId)).toMatchObject({ state: 'expired' });
    expect(existsSync(path)).toBe(true);
    await make();
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(ExportRow, { id: body.exportId });
    expect(row).toMatchObject({ state: 'expired', contentKey: null });
    expect(existsSync(path)).toBe(false);
  });

  it('is not even remembered after thirty days', async () => {
    test.clock.set(new Date(TEST_NOW.getTime() + 30 * DAY_MS + 1000));
    const late = await signInStaff(test, 'city-reviewer');
    const { body } = await ask(late, { kind: 'cards' });
    await make();
    const rows = await test.app.get(ReadDatabase).manager.find(ExportRow);
    expect(rows.map(({ id }) => id)).toEqual([body.exportId]);
  });
});
