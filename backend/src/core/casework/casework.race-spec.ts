import { anybody, confirmPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import type { CitizenPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { CaseEventRow, CaseRow } from './case.entity.js';
import { staffActor } from './case-actor.js';
import { CasesRepository } from './cases.repository.js';
import { Casework } from './casework.service.js';

const TYPE = 'race';

describe('at the same moment', () => {
  let test: TestApp;
  let casework: Casework;
  beforeAll(async () => {
    test = await createTestApp();
    casework = test.app.get(Casework);
    casework.define({
      type: TYPE,
      flows: {
        only: [
          { key: 'window', name: { zh: '窗口', en: 'Window' }, roles: ['service-window'], workingDays: 3 },
        ],
      },
      documents: () => [],
      onApproved: async () => ({ resultId: null }),
    });
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());

  async function applicant(): Promise<CitizenPrincipal & { personId: string }> {
    const personId = await confirmPerson(test, anybody());
    const now = test.clock.now();
    return { type: 'citizen', accountId: newId(now), sessionId: newId(now), personId };
  }
  const submit = (person: CitizenPrincipal & { personId: string }) =>
    test.app.get(UnitOfWork).run((tx) =>
      casework.submit(tx, person, {
        type: TYPE,
        flow: 'only',
        category: '1',
        applicantPersonId: person.personId,
        zoneCode: '371002',
        form: {},
        documents: [],
        offlineMaterial: false,
        conditions: [],
      }),
    );
  const reviewer = () =>
    staffActor({
      type: 'staff',
      staffId: newId(test.clock.now()),
      sessionId: newId(test.clock.now()),
      role: 'service-window',
      zoneCode: '371002',
      venueIds: [],
      displayName: '窗口',
    });
  const outcomes = async (calls: Promise<unknown>[]): Promise<string[]> => {
    const settled = await Promise.allSettled(calls);
    return settled
      .map((one) => {
        if (one.status === 'fulfilled') return 'done';
        return one.reason instanceof DomainError ? one.reason.code : String(one.reason);
      })
      .sort();
  };
  /** Two reviewers who have both read the case at version 1 before either decides. */
  const bothDecide = (caseId: string) => {
    const unitOfWork = test.app.get(UnitOfWork);
    return outcomes(
      ['approve', 'reject'].map((decision) =>
        unitOfWork.run((tx) =>
          casework.decide(tx, reviewer(), caseId, {
            version: 1,
            decision: decision as 'approve' | 'reject',
            note: '同时处理',
          }),
        ),
      ),
    );
  };
  const finalEvents = (caseId: string) =>
    test.app
      .get(ReadDatabase)
      .manager.createQueryBuilder(CaseEventRow, 'e')
      .where("e.caseId = :caseId AND e.kind IN ('approved', 'rejected')", { caseId })
      .getCount();

  it('two reviewers decide: exactly one does', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { caseId } = await submit(await applicant());
      expect(await bothDecide(caseId)).toEqual(['STALE_VERSION', 'done']);
      expect(await finalEvents(caseId)).toBe(1);
    }
  });

  it('control: without compare-and-set both do', async () => {
    const repository = test.app.get(CasesRepository, { strict: false });
    // Both read before either writes, as two nodes do; SQLite's one writer would otherwise let them take turns.
    const { caseId } = await submit(await applicant());
    const atFirst = await repository.find(test.app.get(ReadDatabase).manager, caseId);
    jest.spyOn(repository, 'find').mockImplementation(async () => atFirst && { ...atFirst });
    jest.spyOn(repository, 'change').mockImplementation(async (tx, seen, change) => {
      const changed = await tx.manager.update(
        CaseRow,
        { id: seen.id },
        { ...change, version: seen.version + 1 },
      );
      return changed.affected === 1;
    });
    expect(await bothDecide(caseId)).toEqual(['done', 'done']);
    expect(await finalEvents(caseId)).toBe(2);
  });

  it('the same stale reading with compare-and-set: exactly one does', async () => {
    const repository = test.app.get(CasesRepository, { strict: false });
    const { caseId } = await submit(await applicant());
    const atFirst = await repository.find(test.app.get(ReadDatabase).manager, caseId);
    jest.spyOn(repository, 'find').mockImplementation(async () => atFirst && { ...atFirst });
    expect(await bothDecide(caseId)).toEqual(['STALE_VERSION', 'done']);
    expect(await finalEvents(caseId)).toBe(1);
  });

  it('one person submits ten times: one case is open', async () => {
    const person = await applicant();
    const answers = await outcomes(Array.from({ length: 10 }, () => submit(person)));
    expect(answers.filter((one) => one === 'done')).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(['APPLICATION_ALREADY_OPEN', 'done']));
  });

  it('thirty people submit: thirty different numbers', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => applicant()));
    const records = await Promise.all(people.map((person) => submit(person)));
    expect(new Set(records.map((record) => record.caseNumber)).size).toBe(30);
    for (const { caseNumber } of records) expect(caseNumber).toMatch(/^S2026-1124-\d{4}$/);
  });
});
