import { randomUUID } from 'node:crypto';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../../../test/harness.js';
import { rendezvous } from '../../../../../test/rendezvous.js';
import type { StaffPrincipal } from '../../../../platform/accounts/principal.js';
import { ReadDatabase } from '../../../../platform/database/database.module.js';
import { UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import { Jobs } from '../../../../platform/jobs/jobs.js';
import { Lease } from '../../../../platform/jobs/lease.js';
import { madeUpPerson } from '../../sandbox/made-up-people.js';
import { rosterContentOf } from '../../sandbox/personas.js';
import { buildRosterWorkbook, rosterCells } from '../../sandbox/roster-workbook.js';
import { RosterEntryRow } from '../roster-entry.entity.js';
import { RosterBatch } from './roster-batch.entity.js';
import { RosterBatchesRepository } from './roster-batches.repository.js';
import { RosterImportJob } from './roster-import-job.js';
import { IMPORT_JOB, RosterImports } from './roster-imports.service.js';

const STAFF: StaffPrincipal = {
  type: 'staff',
  staffId: '01STAFF0000000000000000001',
  sessionId: '01SESSN0000000000000000001',
  role: 'city-reviewer',
  zoneCode: '371000',
  venueIds: [],
  displayName: '王审核',
};
const key = () => ({ owner: 's:test', key: randomUUID(), route: 'TEST', requestHash: 'x' });

describe('one roster import in many hands', () => {
  let test: TestApp;
  let imports: RosterImports;
  let repository: RosterBatchesRepository;
  beforeAll(async () => {
    test = await createTestApp();
    imports = test.app.get(RosterImports);
    repository = test.app.get(RosterBatchesRepository);
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());

  const checked = async (from: number, count: number): Promise<RosterBatch> => {
    const rows = Array.from({ length: count }, (_, i) =>
      rosterCells(rosterContentOf(madeUpPerson(from + i))),
    );
    const bytes = await buildRosterWorkbook(rows);
    const { batchId } = await imports.upload(STAFF, { fileName: '名单.xlsx', bytes }, key());
    await test.app.get(Jobs).runNow(IMPORT_JOB);
    return test.app.get(ReadDatabase).manager.findOneByOrFail(RosterBatch, { id: batchId });
  };
  const reload = (batch: RosterBatch): Promise<RosterBatch> =>
    test.app.get(ReadDatabase).manager.findOneByOrFail(RosterBatch, { id: batch.id });

  it('control: reading the state and then writing it lets several start the same import', async () => {
    const batch = await checked(5000, 1);
    const allHaveRead = rendezvous(8);
    const started = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const seen = await reload(batch);
        await allHaveRead();
        if (seen.status !== 'checked') return false;
        await test.app
          .get(UnitOfWork)
          .run((tx) => tx.manager.update(RosterBatch, { id: batch.id }, { status: 'applying' }));
        return true;
      }),
    );
    expect(started).toEqual(Array(8).fill(true));
  });

  it('is started by one of many, and the others are told', async () => {
    const batch = await checked(5100, 1);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () =>
        imports.apply(STAFF, batch.id, batch.version, key()).then(
          () => 'started',
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'started')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'STALE_VERSION')).toHaveLength(7);
  });

  /** Two runners that both believe to hold the lease, at the same unit. */
  const bothApply = async (batch: RosterBatch): Promise<unknown[]> => {
    await imports.apply(STAFF, batch.id, batch.version, key());
    const applying = await reload(batch);
    jest.spyOn(Lease.prototype, 'assertHeld').mockResolvedValue();
    const lease = new Lease(IMPORT_JOB, 'nobody', 1, new AbortController().signal);
    const job = test.app.get(RosterImportJob);
    const results = await Promise.allSettled([
      job.applyUnit(applying, 0, 100, lease),
      job.applyUnit(applying, 0, 100, lease),
    ]);
    return results.map((result) => result.status);
  };

  it('control: without the compare-and-set, two runners both go on from the same unit', async () => {
    const batch = await checked(5200, 40);
    const { advance } = repository;
    jest.spyOn(repository, 'advance').mockImplementation(async (tx, one, from, to, counters) => {
      const progressed = await advance.call(repository, tx, one, from, to, counters);
      if (!progressed) {
        const { progressRow } = await tx.manager.findOneByOrFail(RosterBatch, { id: one.id });
        await advance.call(repository, tx, one, progressRow, to, counters);
      }
      return true;
    });
    expect(await bothApply(batch)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('is applied once by two runners, and one of them lets go', async () => {
    const batch = await checked(5300, 40);
    expect((await bothApply(batch)).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await reload(batch)).rowsApplied).toBe(40);
    const { manager } = test.app.get(ReadDatabase);
    expect(await manager.countBy(RosterEntryRow, { batchId: batch.id, status: 'active' })).toBe(40);
  });

  // SQLite has one node.
  if (TEST_DATABASE === 'mariadb') {
    it('is taken over by another node when the first dies', async () => {
      const batch = await checked(6000, 600);
      await imports.apply(STAFF, batch.id, batch.version, key());
      const advance = repository.advance.bind(repository);
      let units = 0;
      jest.spyOn(repository, 'advance').mockImplementation((...args) => {
        units += 1;
        if (units === 2) throw new Error('the node died');
        return advance(...args);
      });
      await expect(test.app.get(Jobs).runNow(IMPORT_JOB)).rejects.toThrow('the node died');
      const second = await test.secondNode();
      expect(await second.get(Jobs).runNow(IMPORT_JOB)).toBe(false);
      test.clock.advance(60_000);
      expect(await second.get(Jobs).runNow(IMPORT_JOB)).toBe(true);
      expect(await reload(batch)).toMatchObject({ status: 'applied', rowsApplied: 600 });
      // The first comes back and finds nothing it may still write.
      jest.restoreAllMocks();
      await test.app.get(Jobs).runNow(IMPORT_JOB);
      expect((await reload(batch)).rowsApplied).toBe(600);
    });
  }
});
