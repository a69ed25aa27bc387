import { isCardNumber } from '@talent-card/shared/cards/card-number';
import {
  anybody,
  apply,
  call,
  formOf,
  listInRoster,
  signInSomebody,
} from '../../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../../test/harness.js';
import { RosterBatch } from '../../../core/people/roster/import/roster-batch.entity.js';
import { Roster } from '../../../core/people/roster/roster.service.js';
import { RosterEntryRow } from '../../../core/people/roster/roster-entry.entity.js';
import { rosterContentOf } from '../../../core/people/sandbox/personas.js';

import { ReadDatabase } from '../../../platform/database/database.module.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DomainError } from '../../../platform/errors/domain-error.js';

describe('an exact match with the roster', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  it('issues the card at once', async () => {
    const person = await signInSomebody(test, anybody(), true);
    const answer = await apply(test, person);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        caseNumber: 'S2026-1124-0001',
        status: 'approved',
        currentStep: null,
        dueOn: null,
        overdue: false,
        category: '1',
        cardId: expect.any(String),
        steps: [{ key: 'window', status: 'skipped' }],
        timeline: [
          { kind: 'submitted', by: 'applicant', office: null },
          { kind: 'approved', by: 'system', office: null, stepName: null },
        ],
      },
    });
    const { body } = await call(test, 'GET', '/cards/mine', person);
    expect(body.items).toEqual([
      {
        cardId: answer.body.cardId,
        kind: 'talent',
        number: expect.stringMatching(/^3710\d{12}$/),
        holderName: person.who.name,
        category: '1',
        cardClass: null,
        status: 'active',
        validFrom: '2026-11-24',
        validUntil: '2031-11-23',
        issuedAt: '2026-11-24T01:12:00.000Z',
        statusReason: null,
        renewalOpensOn: '2031-08-25',
        demo: false,
      },
    ]);
    expect(isCardNumber(body.items[0].number)).toBe(true);
  });

  it('tells its holder once, of the card', async () => {
    const person = await signInSomebody(test, anybody(), true);
    await apply(test, person);
    await test.deliverOutbox();
    const { body } = await call(test, 'GET', '/messages', person);
    expect(body.items.map((message: { kind: string }) => message.kind)).toEqual(['card-issued']);
  });

  it('answers a repeated key with the first answer and no second card', async () => {
    const person = await signInSomebody(test, anybody(), true);
    const payload = { form: formOf(person.who), documents: [], consentVersion: '2026-11' };
    const key = 'the-same-submission-0001';
    const first = await call(test, 'POST', '/card-applications', person, payload, { key });
    const second = await call(test, 'POST', '/card-applications', person, payload, { key });
    expect(first.status).toBe(200);
    expect(second).toEqual(first);
    expect((await call(test, 'GET', '/cards/mine', person)).body.items).toHaveLength(1);
  });

  it('marks the roster entry as used, so that its import cannot be undone', async () => {
    const who = anybody();
    const [entryId = ''] = await listInRoster(test, [rosterContentOf(who)]);
    const { manager } = test.app.get(ReadDatabase);
    const { batchId } = await manager.findOneByOrFail(RosterEntryRow, { id: entryId });
    await apply(test, await signInSomebody(test, who));
    expect(await manager.findOneByOrFail(RosterBatch, { id: batchId })).toMatchObject({ cardsCaused: 1 });
    const undo = test.app
      .get(UnitOfWork)
      .run((tx) => tx.manager.update(RosterBatch, batchId, { status: 'undone' }));
    await expect(undo).rejects.toThrow();
  });

  it('leaves neither case nor card when the entry vanishes in the same moment', async () => {
    const person = await signInSomebody(test, anybody(), true);
    const roster = test.app.get(Roster);
    jest.spyOn(roster, 'markUsed').mockRejectedValueOnce(new DomainError('STALE_VERSION'));
    expect(await apply(test, person)).toMatchObject({ status: 409, body: { code: 'STALE_VERSION' } });
    expect((await call(test, 'GET', '/card-applications/mine', person)).body.items).toEqual([]);
    expect((await call(test, 'GET', '/cards/mine', person)).body.items).toEqual([]);
  });

  it('takes the consent with the submission and refuses an outdated one', async () => {
    const person = await signInSomebody(test, anybody(), true);
    const payload = { form: formOf(person.who), documents: [], consentVersion: '2020-01' };
    const outdated = await call(test, 'POST', '/card-applications', person, payload);
    expect(outdated.body.code).toBe('CONSENT_VERSION_OUTDATED');
    const check = () => call(test, 'POST', '/card-applications/check', person, { form: {}, documents: [] });
    expect((await check()).body).toMatchObject({
      proposedCategory: '1',
      path: 'direct',
      workingDays: 0,
      missing: expect.arrayContaining([{ kind: 'consent', name: 'card-application' }]),
    });
    await apply(test, person);
    expect((await check()).body.missing).not.toContainEqual({ kind: 'consent', name: 'card-application' });
  });

  it('refuses a second application while the card is valid', async () => {
    const person = await signInSomebody(test, anybody(), true);
    await apply(test, person);
    expect(await apply(test, person)).toMatchObject({ status: 409, body: { code: 'CARD_ALREADY_VALID' } });
  });

  it.each([
    ['another name', { name: '林海青' }],
    ['another category', { category: '2' as const, programme: '威海英才计划' }],
    ['a listing that has run out', { validUntil: '2026-11-23' }],
  ])('does not take %s for one', async (_, listing) => {
    const who = anybody({ name: '林海清' });
    await listInRoster(test, [{ ...rosterContentOf(who), ...listing }]);
    const person = await signInSomebody(test, who);
    const check = await call(test, 'POST', '/card-applications/check', person, {
      form: formOf(who),
      documents: [],
    });
    expect(check.body).toMatchObject({ workingDays: 3, maySubmit: false });
    expect((await apply(test, person)).body).toMatchObject({
      code: 'CASE_INCOMPLETE',
      details: { missing: expect.arrayContaining([{ kind: 'document', name: 'provincial-card' }]) },
    });
  });
});
