import { randomUUID } from 'node:crypto';
import type { ImportBatch } from '@talent-card/shared/people/schema';
import { form } from '../../../../../test/documents.js';
import { createTestApp, type TestApp } from '../../../../../test/harness.js';
import { newKey, signInStaff } from '../../../../../test/sign-in.js';
import type { StaffPrincipal } from '../../../../platform/accounts/principal.js';
import { ReadDatabase } from '../../../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../../../platform/database/unit-of-work.js';
import { UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import { Jobs } from '../../../../platform/jobs/jobs.js';
import { sheets } from '../../../../platform/workbook/workbook-library.js';
import { IdentityIndex } from '../../identity-index.js';
import { type MadeUpPerson, madeUpPerson } from '../../sandbox/made-up-people.js';
import { rosterContentOf } from '../../sandbox/personas.js';
import {
  buildRosterWorkbook,
  type RawRosterRow,
  type RosterWorkbookOptions,
  rosterCells,
} from '../../sandbox/roster-workbook.js';
import { Roster } from '../roster.service.js';
import { RosterEntryRow } from '../roster-entry.entity.js';
import { RosterBatchesRepository } from './roster-batches.repository.js';
import { IMPORT_JOB, RosterImports } from './roster-imports.service.js';
import { RosterRow } from './roster-row.entity.js';
import { parseWorkbook } from './workbook-tasks.js';

const STAFF: StaffPrincipal = {
  type: 'staff',
  staffId: '01STAFF0000000000000000001',
  sessionId: '01SESSN0000000000000000001',
  role: 'city-reviewer',
  zoneCode: '371000',
  venueIds: [],
  displayName: '王审核',
};

const key = (): IdempotencyContext => ({
  owner: 's:test',
  key: randomUUID(),
  route: 'TEST',
  requestHash: 'x',
});

const cellsOf = (person: MadeUpPerson, more: RawRosterRow = {}): RawRosterRow => ({
  ...rosterCells(rosterContentOf(person)),
  ...more,
});
const people = (from: number, count: number): RawRosterRow[] =>
  Array.from({ length: count }, (_, i) => cellsOf(madeUpPerson(from + i)));

describe('importing the talent roster', () => {
  let test: TestApp;
  let imports: RosterImports;
  beforeAll(async () => {
    test = await createTestApp();
    imports = test.app.get(RosterImports);
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());

  const work = () => test.app.get(Jobs).runNow(IMPORT_JOB);
  const again = (batch: ImportBatch) => imports.get(STAFF, batch.batchId);
  const upload = async (rows: RawRosterRow[], options?: RosterWorkbookOptions): Promise<ImportBatch> => {
    const bytes = await buildRosterWorkbook(rows, options);
    return imports.upload(STAFF, { fileName: '人才名单.xlsx', bytes }, key());
  };
  const check = async (rows: RawRosterRow[], options?: RosterWorkbookOptions): Promise<ImportBatch> => {
    const batch = await upload(rows, options);
    await work();
    return again(batch);
  };
  const apply = async (batch: ImportBatch): Promise<ImportBatch> => {
    await imports.apply(STAFF, batch.batchId, batch.version, key());
    await work();
    return again(batch);
  };
  const problemsOf = async (batch: ImportBatch) =>
    (await imports.problems(STAFF, batch.batchId, { limit: 100 })).items;
  const activeOf = (person: MadeUpPerson) =>
    test.app.get(ReadDatabase).manager.findBy(RosterEntryRow, {
      identityIndex: test.app.get(IdentityIndex).of(person.identityType, person.identityNumber),
      status: 'active',
    });

  it('checks, applies and lists, and deletes the checked rows', async () => {
    const batch = await check(people(1000, 5));
    expect(batch).toMatchObject({
      status: 'checked',
      rowsTotal: 5,
      rowsChecked: 5,
      rowsNew: 5,
      rowsFailed: 0,
    });
    expect((await apply(batch)).status).toBe('applied');
    const page = await test.app
      .get(Roster)
      .list(test.app.get(ReadDatabase).manager, { batchId: batch.batchId }, '371000');
    expect(page.items).toHaveLength(5);
    expect(JSON.stringify(page)).not.toContain(madeUpPerson(1000).identityNumber);
    expect(page.items[0]?.maskedName).toMatch(/\*/);
    expect(await test.app.get(ReadDatabase).manager.countBy(RosterRow, { batchId: batch.batchId })).toBe(0);
  });

  it('changes nothing before it is applied, nor when it is discarded', async () => {
    const batch = await check(people(1100, 2));
    expect(await activeOf(madeUpPerson(1100))).toHaveLength(0);
    const gone = await imports.discard(STAFF, batch.batchId, batch.version, key());
    expect(gone.status).toBe('discarded');
    await expect(imports.apply(STAFF, batch.batchId, gone.version, key())).rejects.toMatchObject({
      code: 'IMPORT_STATE_CONFLICT',
    });
    await work();
    expect(await activeOf(madeUpPerson(1100))).toHaveLength(0);
  });

  it('tells new, changed and unchanged rows apart, supersedes, and restores by an undo', async () => {
    await apply(await check(people(1200, 3)));
    const [person] = [madeUpPerson(1201)];
    const second = await check([
      cellsOf(madeUpPerson(1200)),
      cellsOf(person, { employer: '威海另一家有限公司（演示）' }),
      cellsOf(madeUpPerson(1203)),
    ]);
    expect(second).toMatchObject({ rowsNew: 1, rowsChanged: 1, rowsUnchanged: 1, rowsWarned: 1 });
    const applied = await apply(second);
    expect(applied.rowsApplied).toBe(2);
    expect(await activeOf(person)).toMatchObject([{ employer: '威海另一家有限公司（演示）' }]);

    await imports.undo(STAFF, applied.batchId, applied.version, key());
    await work();
    expect((await again(applied)).status).toBe('undone');
    expect(await activeOf(person)).toMatchObject([{ employer: person.employer.name }]);
    expect(await activeOf(madeUpPerson(1203))).toHaveLength(0);
    expect(await activeOf(madeUpPerson(1200))).toHaveLength(1);
  });

  it('undoes an import in the middle of a chain without touching the newest word', async () => {
    const person = madeUpPerson(1300);
    const versions: ImportBatch[] = [];
    for (const employer of ['甲公司', '乙公司', '丙公司']) {
      versions.push(await apply(await check([cellsOf(person, { employer })])));
    }
    const [, middle, newest] = versions;
    if (!middle || !newest) throw new Error('three imports');
    await imports.undo(STAFF, middle.batchId, middle.version, key());
    await work();
    expect(await activeOf(person)).toMatchObject([{ employer: '丙公司' }]);
    await imports.undo(STAFF, newest.batchId, newest.version, key());
    await work();
    expect(await activeOf(person)).toMatchObject([{ employer: '甲公司' }]);
  });

  it('refuses to undo once a card was issued because of it', async () => {
    const batch = await apply(await check(people(1400, 2)));
    const [entry] = await activeOf(madeUpPerson(1400));
    if (!entry) throw new Error('the entry is there');
    await test.app.get(UnitOfWork).run((tx) => test.app.get(Roster).markUsed(tx, entry.id));
    const used = await again(batch);
    expect(used.cardsCaused).toBe(1);
    await expect(imports.undo(STAFF, batch.batchId, used.version, key())).rejects.toMatchObject({
      code: 'IMPORT_ALREADY_USED',
      details: { cards: 1 },
    });
  });

  it('refuses to issue a card on an entry whose import is being undone', async () => {
    const batch = await apply(await check(people(1450, 1)));
    const [entry] = await activeOf(madeUpPerson(1450));
    if (!entry) throw new Error('the entry is there');
    await imports.undo(STAFF, batch.batchId, batch.version, key());
    await expect(
      test.app.get(UnitOfWork).run((tx) => test.app.get(Roster).markUsed(tx, entry.id)),
    ).rejects.toMatchObject({ code: 'STALE_VERSION' });
    await work();
  });

  it('reads what offices send', async () => {
    const [a, b, c, d] = [1500, 1501, 1502, 1503].map(madeUpPerson) as [
      MadeUpPerson,
      MadeUpPerson,
      MadeUpPerson,
      MadeUpPerson,
    ];
    const wide = (text: string): string =>
      text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
    const batch = await check(
      [
        cellsOf(a, { identityNumber: wide(a.identityNumber), category: '第二类', validUntil: 47_848 }),
        cellsOf(b, {
          name: ` ${b.name}　`,
          category: '一类',
          zone: '威海火炬高技术产业开发区',
          validUntil: '2031年6月',
        }),
        cellsOf(c, { category: 3, mobile: Number(c.mobile), validUntil: '二〇三一年十二月三十一日' }),
        cellsOf(d, { category: '四', validUntil: new Date('2031-05-06T00:00:00Z'), zone: '371082' }),
      ],
      {
        above: [['威海市高层次人才名单'], ['填报单位：', '演示局'], []],
        columns: ['zone', 'identityNumber', 'name', 'category', 'validUntil', 'mobile', 'employer'],
        titles: {
          zone: '所在区',
          identityNumber: '*身份证号（必填）',
          name: '人才姓名',
          employer: '用人单位',
        },
        blankAfter: [1],
        hidden: [2],
        coverSheet: true,
      },
    );
    expect(await problemsOf(batch)).toEqual([]);
    expect(batch).toMatchObject({ status: 'checked', rowsTotal: 4, rowsNew: 4 });
    await apply(batch);
    expect(await activeOf(a)).toMatchObject([{ category: '2', validUntil: '2030-12-31' }]);
    expect(await activeOf(b)).toMatchObject([
      { category: '1', zoneCode: '371002-G', validUntil: '2031-06-30' },
    ]);
    expect(await activeOf(c)).toMatchObject([{ category: '3', validUntil: '2031-12-31' }]);
    expect(await activeOf(d)).toMatchObject([
      { category: '4', zoneCode: '371082', validUntil: '2031-05-06' },
    ]);
  });

  it('tells each wrong row by row, column and reason, and takes the others', async () => {
    const good = madeUpPerson(1600);
    const batch = await check([
      cellsOf(good),
      cellsOf(madeUpPerson(1601), { identityNumber: Number('371099199001011234') }),
      cellsOf(madeUpPerson(1602), { name: '', category: '第九类' }),
      cellsOf(good),
      cellsOf(madeUpPerson(1603), { mobile: '0631-5231111', creditCode: '91371000MA0000000A' }),
      cellsOf(madeUpPerson(1604), { validUntil: '2020-01-01', zone: '火星' }),
    ]);
    expect(batch).toMatchObject({ rowsTotal: 6, rowsNew: 2, rowsFailed: 4, rowsWarned: 1 });
    expect(
      (await problemsOf(batch)).map(({ row, column, code, severity }) => [row, column, code, severity]),
    ).toEqual([
      [3, '证件号码', 'ROW_NUMBER_AS_FLOAT', 'error'],
      [4, '姓名', 'ROW_REQUIRED', 'error'],
      [4, '人才类别', 'ROW_CATEGORY', 'error'],
      [5, '证件号码', 'ROW_DUPLICATE_IN_FILE', 'error'],
      [6, '统一社会信用代码', 'ROW_CREDIT_CODE_WARNING', 'warning'],
      [6, '手机号', 'ROW_MOBILE', 'warning'],
      [7, '有效期至', 'ROW_DATE_PAST', 'error'],
      [7, '所属区市', 'ROW_ZONE', 'error'],
    ]);
    expect(JSON.stringify(await problemsOf(batch))).not.toContain(good.identityNumber);

    const marked = await imports.errorFile(STAFF, batch.batchId);
    const rows: unknown[][] = [];
    for await (const sheet of sheets(marked.bytes))
      for await (const { cells } of sheet) rows.push([...cells]);
    expect(rows[0]?.at(-1)).toBe('问题');
    expect(rows[3]?.at(-1)).toBe('姓名：必填，请补充；人才类别：人才类别不能识别，请填：1、2、3、4');
    expect(rows[4]?.at(-1)).toContain('行号 2');
    expect(rows[1]?.[0]).toBe(good.name);
    expect((await apply(batch)).rowsApplied).toBe(2);
  });

  it('refuses what is no roster, and says why', async () => {
    const missing = await check([{ name: '王海峰', category: '1' }], {
      columns: ['name', 'category', 'employer'],
    });
    expect(missing).toMatchObject({ status: 'failed', failureCode: 'IMPORT_COLUMNS_MISSING' });
    expect((await problemsOf(missing)).map(({ column }) => column)).toEqual(['证件号码', '所属区市']);
    const refuse = (fileName: string, bytes: Buffer) =>
      expect(imports.upload(STAFF, { fileName, bytes }, key())).rejects;
    await refuse('名单.xls', Buffer.from('x')).toMatchObject({ code: 'FILE_TYPE_NOT_ALLOWED' });
    await refuse('名单.xlsx', Buffer.from('hello')).toMatchObject({ code: 'FILE_CONTENT_MISMATCH' });
    await refuse('名单.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex')).toMatchObject({
      code: 'IMPORT_FILE_UNREADABLE',
    });
  });

  it('goes over HTTP from the upload to the roster', async () => {
    const { headers } = await signInStaff(test, 'city-reviewer');
    const bytes = await buildRosterWorkbook(people(1750, 2));
    const upload = form(bytes, '名单.xlsx', 'application/octet-stream');
    const send = (url: string, payload?: object | Buffer, more: Record<string, string> = {}) =>
      test.app.inject({
        method: payload ? 'POST' : 'GET',
        url: `/api/v1/admin/roster${url}`,
        headers: { ...headers, 'idempotency-key': newKey(), ...more },
        ...(payload ? { payload } : {}),
      });
    const uploaded = await send('/imports', upload.payload, upload.headers);
    expect(uploaded.statusCode).toBe(200);
    const { batchId } = uploaded.json<ImportBatch>();
    await work();
    const ready = (await send(`/imports/${batchId}`)).json<ImportBatch>();
    expect(ready).toMatchObject({ status: 'checked', rowsNew: 2 });
    expect((await send(`/imports/${batchId}/apply`, { version: ready.version })).statusCode).toBe(200);
    await work();
    const entries = await send(`?batchId=${batchId}`);
    expect(entries.json().items).toHaveLength(2);
    const template = await send('/template');
    expect(template.headers['content-type']).toContain('spreadsheetml');
    expect(template.rawPayload.subarray(0, 2).toString()).toBe('PK');
    const marked = await send(`/imports/${batchId}/error-file`);
    expect(marked.rawPayload.subarray(0, 2).toString()).toBe('PK');
    const district = await signInStaff(test, 'district-reviewer', '371083');
    const hidden = await test.app.inject({
      url: `/api/v1/admin/roster/imports/${batchId}`,
      headers: district.headers,
    });
    expect(hidden.json()).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('answers STALE_VERSION to who looked at an older state', async () => {
    const batch = await check(people(1700, 1));
    await expect(imports.apply(STAFF, batch.batchId, batch.version - 1, key())).rejects.toMatchObject({
      code: 'STALE_VERSION',
    });
  });

  it('shows a district its own entries and no imports', async () => {
    const here = {
      ...madeUpPerson(1800),
      employer: { ...madeUpPerson(1800).employer, zoneCode: '371083' as const },
    };
    await apply(await check([cellsOf(here)]));
    const { manager } = test.app.get(ReadDatabase);
    const query = { q: here.identityNumber };
    expect((await test.app.get(Roster).list(manager, query, '371083')).items).toHaveLength(1);
    expect((await test.app.get(Roster).list(manager, query, '371082')).items).toHaveLength(0);
    expect(
      (await test.app.get(Roster).list(manager, { ...query, zoneCode: '371083' }, '371082')).items,
    ).toEqual([]);
    expect((await imports.list({ ...STAFF, zoneCode: '371083' }, undefined, 10)).items).toEqual([]);
  });

  it('makes a template that it reads back', async () => {
    const keep = jest.fn();
    await expect(parseWorkbook(await imports.template(), '2026-11-24', keep)).resolves.toMatchObject({
      headerRow: 1,
      total: 0,
    });
    expect(keep).not.toHaveBeenCalled();
  });

  it.each(['checking', 'applying'] as const)('resumes after a crash while %s', async (step) => {
    const from = step === 'checking' ? 2000 : 3000;
    const batch = await upload(people(from, 700));
    const repository = test.app.get(RosterBatchesRepository);
    if (step === 'applying') {
      await work();
      await imports.apply(STAFF, batch.batchId, (await again(batch)).version, key());
    }
    const advance = repository.advance.bind(repository);
    let units = 0;
    const crash = jest.spyOn(repository, 'advance').mockImplementation((...args) => {
      units += 1;
      if (units === 2) throw new Error('power cut');
      return advance(...args);
    });
    await expect(work()).rejects.toThrow('power cut');
    crash.mockRestore();
    expect((await again(batch)).status).toBe(step);
    await work();
    const after = await again(batch);
    expect(after).toMatchObject({ rowsTotal: 700, rowsChecked: 700, rowsNew: 700 });
    const applied = step === 'applying' ? after : await apply(after);
    expect(applied).toMatchObject({ status: 'applied', rowsApplied: 700 });
    const { manager } = test.app.get(ReadDatabase);
    expect(await manager.countBy(RosterEntryRow, { batchId: batch.batchId, status: 'active' })).toBe(700);
  });
});
