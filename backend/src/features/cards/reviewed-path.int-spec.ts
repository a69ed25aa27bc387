import type { Decision } from '@talent-card/shared/casework/schema';
import { anybody, confirmPerson } from '../../../test/card-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { type CaseActor, staffActor } from '../../core/casework/case-actor.js';
import type { CaseDefinition, CaseRecord, StepDefinition } from '../../core/casework/case-definition.js';
import { CaseDefinitions } from '../../core/casework/case-definitions.js';
import { CaseQueue } from '../../core/casework/case-queue.js';
import { CaseViews } from '../../core/casework/case-views.js';
import { Casework } from '../../core/casework/casework.service.js';
import type { CitizenPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Cards } from './cards.service.js';

const step = (key: string, roles: string[], workingDays: number, fourEyes = false): StepDefinition => ({
  key,
  name: { zh: `${key}环节`, en: key },
  roles,
  workingDays,
  fourEyes,
});

/** The reviewed path of DOMAIN §2, and a card of the other kind: nothing in kernel or card was made for it. */
const REVIEWED: Record<string, StepDefinition[]> = {
  employer: [
    step('specialist', ['employer-specialist'], 3),
    step('unit-head', ['employer-head'], 3, true),
    step('district', ['district-reviewer'], 5),
    step('city', ['city-reviewer'], 5, true),
    step('issue', ['service-window', 'city-reviewer'], 2, true),
  ],
};

describe('a case of five steps', () => {
  let test: TestApp;
  let casework: Casework;
  beforeAll(async () => {
    test = await createTestApp();
    casework = test.app.get(Casework);
    const cards = test.app.get(Cards, { strict: false });
    const definition: CaseDefinition = {
      type: 'youth-card-application',
      flows: REVIEWED,
      documents: () => [],
      onApproved: async (tx, record, { actor }) => {
        const card = await cards.issue(tx, actor.principal, {
          personId: record.applicantPersonId,
          kind: 'youth',
          category: null,
          cardClass: null,
          zoneCode: record.zoneCode,
          caseId: record.caseId,
          rosterEntryId: null,
        });
        return { resultId: card.id };
      },
    };
    casework.define(definition);
  });
  afterAll(() => test.close());
  beforeEach(() => test.clock.set(TEST_NOW));

  const run = <T>(work: Parameters<UnitOfWork['run']>[0]): Promise<T> =>
    test.app.get(UnitOfWork).run(work) as Promise<T>;
  const staff = (
    role: 'district-reviewer' | 'city-reviewer' | 'service-window',
    zoneCode: '371000' | '371002' | '371082',
  ) => ({
    type: 'staff' as const,
    staffId: newId(test.clock.now()),
    sessionId: newId(test.clock.now()),
    role,
    zoneCode,
    venueIds: [],
    displayName: role,
  });
  /** Somebody at the applicant's employer: a feature of its own will know who. */
  const employer = (role: string, id: string = newId(test.clock.now())): CaseActor => ({
    principal: { type: 'system', name: 'employers' },
    type: 'office',
    id,
    roles: [role],
    name: null,
    office: { zh: '用人单位', en: 'Employer' },
    sees: ({ type }) => type === 'youth-card-application',
  });
  async function applicant(): Promise<CitizenPrincipal & { personId: string }> {
    const personId = await confirmPerson(test, anybody());
    const now = test.clock.now();
    return { type: 'citizen', accountId: newId(now), sessionId: newId(now), personId };
  }
  const submit = (person: CitizenPrincipal & { personId: string }): Promise<CaseRecord> =>
    run((tx) =>
      casework.submit(tx, person, {
        type: 'youth-card-application',
        flow: 'employer',
        category: '4',
        applicantPersonId: person.personId,
        zoneCode: '371002',
        form: { employer: '威海港' },
        documents: [],
        offlineMaterial: false,
        conditions: [],
      }),
    );
  const decide = (actor: CaseActor, caseId: string, decision: Partial<Decision>): Promise<void> =>
    run((tx) => casework.decide(tx, actor, caseId, { version: 1, decision: 'approve', ...decision }));
  const view = (person: { personId: string }, caseId: string) =>
    test.app.get(CaseViews).forApplicant(test.app.get(ReadDatabase).manager, person.personId, caseId);

  it('goes from the specialist to the card', async () => {
    const person = await applicant();
    const { caseId } = await submit(person);
    const city = staffActor(staff('city-reviewer', '371000'));
    const actors = [
      employer('employer-specialist'),
      employer('employer-head'),
      staffActor(staff('district-reviewer', '371002')),
      city,
      staffActor(staff('service-window', '371002')),
    ];
    const due: (string | null | undefined)[] = [];
    for (const [i, actor] of actors.entries()) {
      due.push((await view(person, caseId))?.summary.dueOn);
      await decide(actor, caseId, { version: i + 1 });
    }
    expect(due).toEqual(['2026-11-27', '2026-11-27', '2026-12-01', '2026-12-01', '2026-11-26']);
    const seen = await view(person, caseId);
    expect(seen?.summary).toMatchObject({ status: 'approved', version: 6 });
    expect(seen?.steps.map((one) => one.status)).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect(seen?.timeline.map((event) => [event.kind, event.office?.zh ?? null])).toEqual([
      ['submitted', null],
      ['step-approved', '用人单位'],
      ['step-approved', '用人单位'],
      ['step-approved', '环翠区人才服务机构'],
      ['step-approved', '威海市人才服务机构'],
      ['approved', '环翠区服务窗口'],
    ]);
    const valid = await test.app
      .get(Cards, { strict: false })
      .validCards(test.app.get(ReadDatabase).manager, person.personId, '2026-11-24');
    expect(valid).toEqual([{ kind: 'youth', validUntil: '2031-11-23' }]);
  });

  it('lets nobody decide a step of another role', async () => {
    const person = await applicant();
    const { caseId } = await submit(person);
    const city = staffActor(staff('city-reviewer', '371000'));
    await expect(decide(city, caseId, {})).rejects.toMatchObject({ code: 'CASE_STEP_NOT_YOURS' });
    const other = staffActor(staff('district-reviewer', '371082'));
    await expect(decide(other, caseId, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('asks for four eyes where the step does', async () => {
    const person = await applicant();
    const { caseId } = await submit(person);
    const both: CaseActor = {
      ...employer('employer-specialist'),
      roles: ['employer-specialist', 'employer-head'],
    };
    await decide(both, caseId, { version: 1 });
    await expect(decide(both, caseId, { version: 2 })).rejects.toMatchObject({ code: 'CASE_FOUR_EYES' });
    await decide(employer('employer-head'), caseId, { version: 2 });
  });

  it('ends where a step rejects it and skips what was ahead', async () => {
    const person = await applicant();
    const { caseId } = await submit(person);
    await decide(employer('employer-specialist'), caseId, { version: 1 });
    await decide(employer('employer-head'), caseId, { version: 2, decision: 'reject', note: '已离职' });
    const seen = await view(person, caseId);
    expect(seen?.decisionNote).toBe('已离职');
    expect(seen?.steps.map((one) => one.status)).toEqual(['done', 'done', 'skipped', 'skipped', 'skipped']);
  });

  it('undoes the approval when what it causes is refused', async () => {
    const person = await applicant();
    const first = await submit(person);
    const chain = async (caseId: string) => {
      await decide(employer('employer-specialist'), caseId, { version: 1 });
      await decide(employer('employer-head'), caseId, { version: 2 });
      await decide(staffActor(staff('district-reviewer', '371002')), caseId, { version: 3 });
      await decide(staffActor(staff('city-reviewer', '371000')), caseId, { version: 4 });
      await decide(staffActor(staff('service-window', '371002')), caseId, { version: 5 });
    };
    await chain(first.caseId);
    const second = await submit(person);
    await expect(chain(second.caseId)).rejects.toMatchObject({ code: 'CARD_ALREADY_VALID' });
    expect((await view(person, second.caseId))?.summary).toMatchObject({ status: 'in-review', version: 5 });
  });

  it('keeps returned days paused and counts them on', async () => {
    const person = await applicant();
    const { caseId } = await submit(person);
    test.clock.set('2026-11-30T01:00:00Z');
    const note = '请更正';
    await decide(employer('employer-specialist'), caseId, { decision: 'return', note, corrections: [] });
    test.clock.set('2026-12-14T01:00:00Z');
    await run((tx) =>
      casework.resubmit(tx, person, caseId, {
        version: 2,
        category: '4',
        zoneCode: '371002',
        form: {},
        documents: [],
        offlineMaterial: false,
        conditions: [],
      }),
    );
    // It was a day late when it was returned; one working day is left to decide in any case.
    expect((await view(person, caseId))?.summary.dueOn).toBe('2026-12-15');
  });

  it('counts for each role what waits for it', async () => {
    const queue = test.app.get(CaseQueue);
    const { manager } = test.app.get(ReadDatabase);
    const before = await queue.counts(manager, staff('district-reviewer', '371002'));
    const person = await applicant();
    const { caseId } = await submit(person);
    await decide(employer('employer-specialist'), caseId, { version: 1 });
    await decide(employer('employer-head'), caseId, { version: 2 });
    const after = await queue.counts(manager, staff('district-reviewer', '371002'));
    expect(after.waitingForMe).toBe(before.waitingForMe + 1);
    const elsewhere = await queue.counts(manager, staff('district-reviewer', '371082'));
    expect(elsewhere).toEqual({ waitingForMe: 0, dueToday: 0, overdue: 0, returned: 0 });
  });

  it('refuses definitions that contradict themselves', () => {
    const definitions = new CaseDefinitions();
    const base = { documents: () => [], onApproved: async () => ({ resultId: null }) };
    const add = (flows: Record<string, StepDefinition[]>) => () =>
      definitions.add({ ...base, type: 't', flows });
    expect(add({ empty: [] })).toThrow('has no steps');
    expect(add({ a: [step('x', ['r'], 1), step('x', ['r'], 1)] })).toThrow('uses a step key twice');
    expect(add({ a: [step('x', ['r'], 1)], b: [step('x', ['s'], 1)] })).toThrow('has other roles');
    add({ a: [step('x', ['r'], 1)] })();
    expect(add({ a: [step('x', ['r'], 1)] })).toThrow('is defined twice');
  });
});
