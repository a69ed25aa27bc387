import { randomBytes } from 'node:crypto';
import { Not } from 'typeorm';
import {
  anybody,
  apply,
  call,
  formOf,
  listInRoster,
  signInSomebody,
  type TestPerson,
} from '../../../../test/card-fixtures.js';
import { form, pdf } from '../../../../test/documents.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../../test/harness.js';
import { newKey, type SignedInStaff, signInPerson, signInStaff } from '../../../../test/sign-in.js';
import { CaseRow } from '../../../core/casework/case.entity.js';
import { OVERDUE_JOB } from '../../../core/casework/overdue-cases.js';
import { rosterContentOf } from '../../../core/people/sandbox/personas.js';
import { PersonalData } from '../../../platform/accounts/personal-data.js';
import { ReadDatabase } from '../../../platform/database/database.module.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Jobs } from '../../../platform/jobs/jobs.js';
import { OutboxMessage } from '../../../platform/outbox/outbox-message.entity.js';

/** A PDF that nobody has uploaded before, in the store. */
async function upload(test: TestApp, person: TestPerson): Promise<string> {
  const { headers, payload } = form(
    pdf(`%${randomBytes(8).toString('hex')}`),
    '惠才卡.pdf',
    'application/pdf',
  );
  const answer = await test.app.inject({
    method: 'POST',
    url: '/api/v1/files',
    headers: { ...person.headers, ...headers, 'idempotency-key': newKey() },
    payload,
  });
  if (answer.statusCode !== 200) throw new Error(`upload failed: ${answer.body}`);
  return answer.json<{ fileId: string }>().fileId;
}

describe('an application that a window decides', () => {
  let test: TestApp;
  let clerk: SignedInStaff;
  let elsewhere: SignedInStaff;
  let city: SignedInStaff;
  beforeAll(async () => {
    test = await createTestApp();
    elsewhere = await signInStaff(test, 'service-window', '371082');
    city = await signInStaff(test, 'city-reviewer');
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.clock.set(TEST_NOW);
    clerk = await signInStaff(test, 'service-window', '371002');
  });

  async function submitted(who = anybody()) {
    const person = await signInSomebody(test, who);
    const fileId = await upload(test, person);
    const documents = [{ documentType: 'provincial-card', fileId }];
    const { status, body } = await apply(test, person, { documents });
    expect([status, body.code]).toEqual([200, undefined]);
    return { person, fileId, documents, application: body };
  }
  /** Some days later everybody signs in anew. */
  async function later(moment: string, person: TestPerson): Promise<TestPerson> {
    test.clock.set(moment);
    clerk = await signInStaff(test, 'service-window', '371002');
    return { ...person, ...(await signInPerson(test, person.personId)) };
  }
  const decide = (staff: SignedInStaff, caseId: string, decision: Record<string, unknown>) =>
    call(test, 'POST', `/admin/cases/${caseId}/decisions`, staff, decision);

  it('waits at the window of its zone, due in three working days', async () => {
    const { application, fileId } = await submitted();
    expect(application).toMatchObject({
      status: 'in-review',
      currentStep: { zh: '服务窗口核验' },
      dueOn: '2026-11-27',
      workingDaysLeft: 3,
      overdue: false,
      version: 1,
      cardId: null,
      window: { name: { zh: '环翠区人才服务窗口' }, demo: true },
      steps: [{ key: 'window', status: 'current', dueOn: '2026-11-27' }],
    });
    const { body } = await call(test, 'GET', `/admin/cases/${application.caseId}`, clerk);
    expect(body).toMatchObject({
      mayDecide: true,
      category: '1',
      zoneCode: '371002',
      applicant: { maskedName: expect.stringContaining('*') },
      conditions: [
        { code: 'WORKS_IN_WEIHAI', outcome: 'unknown', reason: 'WORKS_IN_WEIHAI.SELF_DECLARED' },
        { code: 'HOLDS_PROVINCIAL_CARD', outcome: 'unknown', reason: 'HOLDS_PROVINCIAL_CARD.SELF_DECLARED' },
        { code: 'NO_VALID_CARD', outcome: 'met', reason: 'NO_VALID_CARD.NONE' },
      ],
    });
    expect(body.documents[0]).toMatchObject({ documentType: 'provincial-card', files: [{ fileId }] });
    expect((await call(test, 'GET', `/admin/files/${fileId}/link`, clerk)).status).toBe(200);
    expect((await call(test, 'GET', `/admin/files/${fileId}/link`, elsewhere)).status).toBe(404);
  });

  it('is not there for the window of another zone', async () => {
    const { application } = await submitted();
    const { caseId } = application;
    expect((await call(test, 'GET', `/admin/cases/${caseId}`, elsewhere)).status).toBe(404);
    const decision = { version: 1, decision: 'approve' };
    expect((await decide(elsewhere, caseId, decision)).body.code).toBe('NOT_FOUND');
    const mine = await call(test, 'GET', '/admin/cases?status=mine', elsewhere);
    expect(mine.body).toMatchObject({ items: [], total: 0 });
  });

  it('goes back for correction, keeps the days that were left, and comes to a card', async () => {
    const { person: atFirst, application, documents } = await submitted();
    const { caseId } = application;
    let person = await later('2026-11-26T01:00:00Z', atFirst);
    const note = '请补充职务信息';
    const corrections = [{ field: 'position', note: '写明具体岗位' }];
    const returned = await decide(clerk, caseId, { version: 1, decision: 'return', note, corrections });
    expect(returned.body).toMatchObject({ status: 'returned', dueOn: null, mayDecide: false, version: 2 });

    const seen = await call(test, 'GET', `/card-applications/${caseId}`, person);
    expect(seen.body).toMatchObject({ status: 'returned', decisionNote: note, corrections });
    expect(seen.body.timeline.at(-1)).toMatchObject({
      kind: 'returned',
      by: 'office',
      office: { zh: '环翠区服务窗口' },
      note,
    });
    expect(JSON.stringify(seen.body)).not.toContain(clerk.username);

    person = await later('2026-12-08T01:00:00Z', person);
    const form = formOf(person.who, { position: '高级船体工程师' });
    const stale = { version: 1, form, documents };
    const path = `/card-applications/${caseId}/resubmit`;
    expect((await call(test, 'POST', path, person, stale)).body.code).toBe('STALE_VERSION');
    const again = await call(test, 'POST', path, person, { ...stale, version: 2 });
    expect(again.body).toMatchObject({
      status: 'in-review',
      dueOn: '2026-12-09',
      corrections: [],
      decisionNote: null,
      version: 3,
    });

    const approved = await decide(clerk, caseId, { version: 3, decision: 'approve' });
    expect(approved.body).toMatchObject({ status: 'approved', steps: [{ status: 'done' }] });
    expect(approved.body.timeline.at(-1)).toMatchObject({ kind: 'approved', actorName: clerk.username });
    const { body } = await call(test, 'GET', '/cards/mine', person);
    expect(body.items).toMatchObject([{ status: 'active', validFrom: '2026-12-08' }]);

    await test.deliverOutbox();
    const told = await call(test, 'GET', '/messages', person);
    expect(told.body.items.map((message: { kind: string }) => message.kind)).toEqual([
      'card-issued',
      'application-returned',
      'application-submitted',
    ]);
    // Whatever hangs here for ten minutes looks to the operator like a worker that stands still.
    const { manager } = test.app.get(ReadDatabase);
    expect(await manager.countBy(OutboxMessage, { state: Not('sent') })).toBe(0);
  });

  it('whose number is asked for by wildcards alone is not found', async () => {
    await submitted();
    for (const q of ['%', '_', '\\']) {
      const { body } = await call(test, 'GET', `/admin/cases?q=${encodeURIComponent(q)}`, city);
      expect(body).toMatchObject({ items: [], total: 0 });
    }
  });

  it('is rejected with a reason, and a new one may follow', async () => {
    const { person, application, documents } = await submitted();
    const { caseId } = application;
    const short = await decide(clerk, caseId, { version: 1, decision: 'reject', note: '不' });
    expect(short.body).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { fields: [{ path: 'note', code: 'REQUIRED' }] },
    });
    const note = '惠才卡与本人不符';
    const rejected = await decide(clerk, caseId, { version: 1, decision: 'reject', note });
    expect(rejected.body).toMatchObject({ status: 'rejected', dueOn: null });
    expect((await call(test, 'GET', '/card-applications/mine', person)).body.items).toHaveLength(1);
    const fileId = await upload(test, person);
    const next = await apply(test, person, { documents: [{ documentType: 'provincial-card', fileId }] });
    expect(next.body.status).toBe('in-review');
    expect(documents).toHaveLength(1);
  });

  it('is withdrawn by its applicant alone', async () => {
    const { person, application } = await submitted();
    const path = `/card-applications/${application.caseId}/withdraw`;
    const other = await signInSomebody(test);
    expect((await call(test, 'POST', path, other, { version: 1 })).body.code).toBe('NOT_FOUND');
    expect((await call(test, 'POST', path, person, { version: 1 })).body.status).toBe('withdrawn');
    const late = await decide(clerk, application.caseId, { version: 2, decision: 'approve' });
    expect(late).toMatchObject({ status: 409, body: { code: 'CASE_STATE_CONFLICT' } });
  });

  it('refuses a second one while the first is open', async () => {
    const { person, application } = await submitted();
    const fileId = await upload(test, person);
    const second = await apply(test, person, { documents: [{ documentType: 'provincial-card', fileId }] });
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'APPLICATION_ALREADY_OPEN', details: { caseId: application.caseId } },
    });
  });

  it('becomes overdue when its day has passed, said once in the timeline', async () => {
    const { person: atFirst, application } = await submitted();
    const person = await later('2026-11-27T15:59:00Z', atFirst);
    await test.app.get(Jobs).runNow(OVERDUE_JOB);
    const path = `/card-applications/${application.caseId}`;
    expect((await call(test, 'GET', path, person)).body.overdue).toBe(false);
    test.clock.set('2026-11-27T16:00:00Z');
    await test.app.get(Jobs).runNow(OVERDUE_JOB);
    await test.app.get(Jobs).runNow(OVERDUE_JOB);
    const { body } = await call(test, 'GET', path, person);
    // Saturday: no working day has passed since Friday.
    expect(body).toMatchObject({ overdue: true, workingDaysLeft: 0 });
    expect(body.timeline.filter((event: { kind: string }) => event.kind === 'overdue')).toHaveLength(1);
    const queue = await call(test, 'GET', '/admin/cases?status=overdue&limit=100', clerk);
    expect(queue.body.items.map((item: { caseId: string }) => item.caseId)).toContain(application.caseId);
  });

  it('is exported to its applicant, and withdrawn without its words when they have it erased', async () => {
    const { person, application } = await submitted();
    const data = test.app.get(PersonalData);
    const { applications = [] } = await data.export(person.personId, person.accountId);
    expect(applications).toMatchObject([
      { caseNumber: application.caseNumber, form: { employer: person.who.employer.name } },
    ]);
    await test.app.get(UnitOfWork).run((tx) => data.erase(tx, person.personId, person.accountId));
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(CaseRow, { id: application.caseId });
    expect(row).toMatchObject({ status: 'withdrawn', form: null, conditions: null, accountId: null });
    expect((await call(test, 'GET', `/admin/cases/${application.caseId}`, clerk)).body.form).toEqual({});
  });

  it('takes ten files of a kind and no more', async () => {
    const person = await signInSomebody(test);
    const fileId = await upload(test, person);
    const documents = Array.from({ length: 11 }, () => ({ documentType: 'provincial-card', fileId }));
    expect(await apply(test, person, { documents })).toMatchObject({
      status: 422,
      body: { code: 'CASE_DOCUMENT_LIMIT', details: { documentType: 'provincial-card', max: 10 } },
    });
  });

  describe('with classified material', () => {
    it('takes no upload and waits until the window holds the paper', async () => {
      const person = await signInSomebody(test);
      const fileId = await upload(test, person);
      const uploaded = await apply(test, person, {
        form: { offlineMaterial: true },
        documents: [{ documentType: 'provincial-card', fileId }],
      });
      expect(uploaded.body).toMatchObject({
        code: 'VALIDATION_FAILED',
        details: { fields: [{ path: 'documents.0.documentType', code: 'NOT_ALLOWED' }] },
      });
      const { body } = await apply(test, person, { form: { offlineMaterial: true } });
      expect(body.documents[0]).toMatchObject({ required: true, offline: true, receivedAt: null, files: [] });
      const early = await decide(clerk, body.caseId, { version: 1, decision: 'approve' });
      expect(early).toMatchObject({
        status: 422,
        body: {
          code: 'CASE_INCOMPLETE',
          details: { missing: [{ kind: 'document', name: 'provincial-card' }] },
        },
      });
      const received = await call(test, 'POST', `/admin/cases/${body.caseId}/received-documents`, clerk, {
        version: 1,
        documentType: 'provincial-card',
      });
      expect(received.body).toMatchObject({ offlineMaterial: true, version: 2 });
      expect(received.body.documents[0].receivedAt).toBe(TEST_NOW.toISOString());
      expect((await decide(clerk, body.caseId, { version: 2, decision: 'approve' })).body.status).toBe(
        'approved',
      );
    });
  });

  describe('beside the roster', () => {
    it('shows who may be meant, with the differences, and notes whom the clerk chose', async () => {
      const who = anybody({ name: '丛岚' });
      const [entryId] = await listInRoster(test, [{ ...rosterContentOf(who), name: '丛嵐' }]);
      const { application } = await submitted(who);
      const { body } = await call(test, 'GET', `/admin/cases/${application.caseId}`, clerk);
      expect(body.extra.rosterCandidates).toEqual([
        expect.objectContaining({ entryId, maskedName: '丛*', differences: ['name'] }),
      ]);
      const approved = await decide(clerk, application.caseId, {
        version: 1,
        decision: 'approve',
        extra: { rosterEntryId: entryId },
      });
      expect(approved.body.status).toBe('approved');
      const cards = await call(test, 'GET', `/admin/cards?q=${encodeURIComponent('丛岚')}`, clerk);
      const detail = await call(test, 'GET', `/admin/cards/${cards.body.items[0].cardId}`, clerk);
      expect(detail.body).toMatchObject({ rosterEntryId: entryId, caseId: application.caseId });
    });

    it('refuses an entry that is nobody near', async () => {
      const [entryId] = await listInRoster(test, [rosterContentOf(anybody())]);
      const { application } = await submitted();
      const decision = { version: 1, decision: 'approve', extra: { rosterEntryId: entryId } };
      const { body } = await decide(clerk, application.caseId, decision);
      expect(body).toMatchObject({
        details: { fields: [{ path: 'extra.rosterEntryId', code: 'NOT_ALLOWED' }] },
      });
    });
  });

  describe('in the queue', () => {
    it('is found by its number, by a name, and page by page', async () => {
      const who = anybody({ name: '毕查询' });
      const { application } = await submitted(who);
      for (const q of [application.caseNumber, '毕查', who.identityNumber]) {
        const { body } = await call(test, 'GET', `/admin/cases?q=${encodeURIComponent(q)}`, city);
        expect(body.items.map((item: { caseId: string }) => item.caseId)).toEqual([application.caseId]);
      }
      const seen: string[] = [];
      let cursor = '';
      let total = 0;
      do {
        const { body } = await call(test, 'GET', `/admin/cases?status=mine&limit=2${cursor}`, clerk);
        seen.push(...body.items.map((item: { caseId: string }) => item.caseId));
        total = body.total;
        cursor = body.nextCursor ? `&cursor=${encodeURIComponent(body.nextCursor)}` : '';
      } while (cursor);
      expect(seen).toHaveLength(total);
      expect(new Set(seen).size).toBe(total);
    });
  });

  describe('wrongly filled in', () => {
    it('names each field', async () => {
      const person = await signInSomebody(test);
      const { body } = await apply(test, person, {
        form: {
          mobile: '12345',
          creditCode: '9137',
          employedSince: '2026-11-25',
          provincialCardNumber: '',
        },
      });
      expect(body).toMatchObject({ code: 'VALIDATION_FAILED' });
      expect(body.details.fields).toEqual([
        { path: 'form.mobile', code: 'MOBILE_FORMAT' },
        { path: 'form.creditCode', code: 'CREDIT_CODE_LENGTH' },
        { path: 'form.employedSince', code: 'DATE_IN_FUTURE' },
        { path: 'form.provincialCardNumber', code: 'REQUIRED' },
      ]);
    });

    it('only warns of a check character that fails', async () => {
      const person = await signInSomebody(test);
      const good = person.who.employer.creditCode;
      const creditCode = good.slice(0, 17) + (good.endsWith('0') ? '1' : '0');
      const form = formOf(person.who, { creditCode });
      const { body } = await call(test, 'POST', '/card-applications/check', person, { form, documents: [] });
      expect(body).toMatchObject({
        warnings: [{ path: 'form.creditCode', code: 'CREDIT_CODE_CHECK_DIGIT' }],
        missing: [
          { kind: 'document', name: 'provincial-card' },
          { kind: 'consent', name: 'card-application' },
        ],
      });
    });

    it('says politely that categories 3 and 4 open soon', async () => {
      const person = await signInSomebody(test);
      const form = formOf(person.who, { category: '3', programme: '泰山产业领军人才' });
      const check = await call(test, 'POST', '/card-applications/check', person, { form, documents: [] });
      expect(check.body).toMatchObject({
        path: 'reviewed',
        opensSoon: true,
        maySubmit: false,
        workingDays: 10,
      });
      const { body } = await apply(test, person, { form });
      expect(body.code).toBe('APPLICATION_CATEGORY_NOT_OPEN');
    });

    it('checks an empty form too', async () => {
      const person = await signInSomebody(test);
      const { body } = await call(test, 'POST', '/card-applications/check', person, {
        form: {},
        documents: [],
      });
      expect(body).toMatchObject({ proposedCategory: null, path: null, eligibility: null, maySubmit: false });
      expect(body.missing).toContainEqual({ kind: 'field', name: 'employer' });
    });
  });
});
