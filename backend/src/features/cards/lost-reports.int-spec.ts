import { anybody, call, signInSomebody } from '../../../test/card-fixtures.js';
import { issueCard } from '../../../test/code-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { rendezvous } from '../../../test/rendezvous.js';
import { newKey, type SignedInStaff, signInPerson, signInStaff } from '../../../test/sign-in.js';
import { RealNameTries } from '../../core/people/real-name/real-name-tries.entity.js';
import type { MadeUpPerson } from '../../core/people/sandbox/made-up-people.js';
import { SANDBOX_PERSONAS } from '../../core/people/sandbox/personas.js';
import { Accounts } from '../../platform/accounts/accounts.js';
import { AuditEntry } from '../../platform/audit/audit-entry.entity.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';

describe('a card reported lost', () => {
  let test: TestApp;
  let clerk: SignedInStaff;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.clock.set(TEST_NOW);
    clerk = await signInStaff(test, 'service-window', '371002');
  });
  afterEach(() => jest.restoreAllMocks());

  /** Among those that are made up are holders of foreign documents. */
  const resident = (): MadeUpPerson => {
    const who = anybody();
    return who.identityType === 'resident-id' ? who : resident();
  };
  const lose = async (who = resident()) => {
    const person = await signInSomebody(test, who);
    const cardId = await issueCard(test, person.personId);
    const report = () => call(test, 'POST', `/cards/${cardId}/report-lost`, person);
    expect((await report()).body.status).toBe('lost');
    const lift = async (identityNumber: unknown, key = newKey()) => {
      const answer = await test.app.inject({
        method: 'POST',
        url: `/api/v1/cards/${cardId}/report-found`,
        headers: { ...person.headers, 'idempotency-key': key },
        payload: { identityNumber } as object,
      });
      return { status: answer.statusCode, body: answer.json(), retryAfter: answer.headers['retry-after'] };
    };
    return { person, cardId, report, lift };
  };
  const wrong = () => resident().identityNumber;
  const atTheWindow = (cardId: string, what: 'suspend' | 'restore', version: number) =>
    call(test, 'POST', `/admin/cards/${cardId}/${what}`, clerk, { version, reason: '本人带身份证到窗口' });

  it('is not reported twice, and its holder cannot lift a suspension', async () => {
    const { person, cardId, report, lift } = await lose();
    expect((await report()).body.code).toBe('CARD_STATE_CONFLICT');
    await atTheWindow(cardId, 'suspend', 2);
    expect((await lift(person.who.identityNumber)).body.code).toBe('CARD_STATE_CONFLICT');
  });

  it('works again for who knows the number, however it is spaced, and for nobody else', async () => {
    const { person, cardId, report, lift } = await lose();
    expect(await lift(wrong())).toMatchObject({
      status: 422,
      body: { code: 'IDENTITY_NUMBER_WRONG', details: { triesLeft: 4 } },
    });
    const { identityNumber } = person.who;
    expect((await lift('')).status).toBe(400);
    expect((await lift(undefined)).status).toBe(400);
    const short = await lift(identityNumber.slice(0, -1));
    expect(short.body.details.fields).toEqual([{ path: 'identityNumber', code: 'RESIDENT_ID_LENGTH' }]);
    // What cannot be a number cost no try.
    expect((await lift(wrong())).body.details).toEqual({ triesLeft: 3 });
    const spaced = `${identityNumber.slice(0, 6)} ${identityNumber.slice(6, 14)} ${identityNumber.slice(14)} `;
    expect((await lift(spaced.toLowerCase())).body).toMatchObject({ status: 'active' });
    const audited = await test.app.get(ReadDatabase).manager.findBy(AuditEntry, { objectId: cardId });
    expect(audited.filter(({ action }) => action === 'cards.wrong-identity-number')).toHaveLength(2);
    // Right ones cost none either.
    await report();
    expect((await lift(wrong())).body.details).toEqual({ triesLeft: 2 });
  });

  it.each(['anna-berg', 'minjun-kim'])(
    'works again for %s with the number of a foreign document',
    async (key) => {
      const persona = SANDBOX_PERSONAS.find((one) => one.key === key);
      const { lift } = await lose({ ...anybody(), ...persona });
      const passport = persona?.identityType === 'passport';
      expect((await lift('!!')).body.details.fields).toEqual([
        { path: 'identityNumber', code: passport ? 'PASSPORT_FORMAT' : 'PERMANENT_RESIDENCE_FORMAT' },
      ]);
      expect((await lift(passport ? 'X1234567' : 'ABC123456789012')).body.details).toEqual({
        triesLeft: 4,
      });
      expect((await lift(persona?.identityNumber)).body).toMatchObject({ status: 'active' });
    },
  );

  it('gives five tries a day, tells how many are left, and then leads to the window', async () => {
    const { person, cardId, report, lift } = await lose();
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect((await lift(wrong())).body).toMatchObject({ details: { triesLeft } });
    for (const number of [wrong(), person.who.identityNumber]) {
      expect(await lift(number)).toMatchObject({
        status: 429,
        retryAfter: '53280',
        body: { code: 'IDENTITY_NUMBER_TOO_MANY_TRIES', details: { retryAt: '2026-11-24T16:00:00.000Z' } },
      });
    }
    const restored = await atTheWindow(cardId, 'restore', 2);
    expect(restored.body).toMatchObject({ status: 'active' });
    // Another report on the same day: the window again, or the next day.
    await report();
    expect((await lift(person.who.identityNumber)).status).toBe(429);
    test.clock.set('2026-11-24T16:00:00Z');
    const next = await call(
      test,
      'POST',
      `/cards/${cardId}/report-found`,
      await signInPerson(test, person.personId),
      { identityNumber: person.who.identityNumber },
    );
    expect(next.body).toMatchObject({ status: 'active' });
  });

  it('gives fifteen tries in thirty days', async () => {
    const { person, cardId } = await lose();
    const path = `/cards/${cardId}/report-found`;
    const tryOn = async (day: string, identityNumber: string) => {
      test.clock.set(`${day}T02:00:00Z`);
      return call(test, 'POST', path, await signInPerson(test, person.personId), { identityNumber });
    };
    const wrongOn = async (day: string, left: readonly number[]) => {
      for (const triesLeft of left) {
        expect((await tryOn(day, wrong())).body).toMatchObject({
          code: 'IDENTITY_NUMBER_WRONG',
          details: { triesLeft },
        });
      }
    };
    await wrongOn('2026-11-25', [4, 3, 2, 1, 0]);
    await wrongOn('2026-11-26', [4, 3, 2]);
    await wrongOn('2026-12-09', [4, 3, 2, 1, 0]);
    // Nobody is promised more of a day than they have of the thirty.
    await wrongOn('2026-12-10', [1, 0]);
    const { identityNumber } = person.who;
    for (const day of ['2026-12-11', '2026-12-24']) {
      expect((await tryOn(day, identityNumber)).body).toMatchObject({
        code: 'IDENTITY_NUMBER_TOO_MANY_TRIES',
        details: { retryAt: '2026-12-24T16:00:00.000Z' },
      });
    }
    expect((await tryOn('2026-12-25', identityNumber)).body).toMatchObject({ status: 'active' });
  });

  it('answers a repeated key as the first time, and a new key anew', async () => {
    const { person, lift } = await lose();
    const { identityNumber } = person.who;
    const [key, number] = [newKey(), wrong()];
    for (let i = 0; i < 2; i += 1)
      expect((await lift(number, key)).body).toMatchObject({
        code: 'IDENTITY_NUMBER_WRONG',
        details: { triesLeft: 4 },
      });
    expect((await lift(identityNumber, key)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await lift(wrong())).body.details).toEqual({ triesLeft: 3 });
    const right = newKey();
    expect((await lift(identityNumber, right)).body).toMatchObject({ status: 'active' });
    expect((await lift(identityNumber, right)).body).toMatchObject({ status: 'active' });
  });

  const CALLERS = 12;
  it.each(['with', 'without'])(
    'gives five tries to many at once, %s turns of their account',
    async (turns) => {
      const { lift } = await lose();
      if (turns === 'without') jest.spyOn(Accounts.prototype, 'takeTurn').mockResolvedValue();
      const answers = await Promise.all(Array.from({ length: CALLERS }, () => lift(wrong())));
      const told = answers.map(({ body }) => body.details.triesLeft ?? body.code).sort();
      expect(told).toEqual([0, 1, 2, 3, 4, ...Array(7).fill('IDENTITY_NUMBER_TOO_MANY_TRIES')]);
    },
  );

  it('control: looked at before it is written, the count gives all of them a try', async () => {
    const { person } = await lose();
    const tried = { subject: `p:${person.personId}`, day: '2026-11-24' };
    const allHaveLooked = rendezvous(CALLERS);
    const lookThenWrite = async (): Promise<boolean> => {
      const row = await test.app.get(ReadDatabase).manager.findOneBy(RealNameTries, tried);
      await allHaveLooked();
      const tries = (row?.tries ?? 0) + 1;
      if (tries > 5) return false;
      await test.app
        .get(UnitOfWork)
        .run((tx) => tx.manager.upsert(RealNameTries, { ...tried, tries }, ['subject', 'day']));
      return true;
    };
    const given = await Promise.all(Array.from({ length: CALLERS }, lookThenWrite));
    expect(given).toEqual(Array(CALLERS).fill(true));
  });

  it('leaves the number nowhere, nor shows it to whoever holds the phone', async () => {
    const { person, lift } = await lose();
    const typed = wrong();
    await lift(typed);
    await lift(person.who.identityNumber);
    const { manager } = test.app.get(ReadDatabase);
    for (const { tableName } of manager.dataSource.entityMetadatas) {
      const text = JSON.stringify(await manager.query(`SELECT * FROM ${tableName}`));
      for (const number of [typed, person.who.identityNumber])
        expect([tableName, text.includes(number)]).toEqual([tableName, false]);
    }
    // Its end behind a mask, or in clear; four digits alone would be found in the number of a card now and then.
    const { identityNumber } = person.who;
    const end = new RegExp(`\\*${identityNumber.slice(-4)}|${identityNumber.slice(-6)}`);
    for (const path of ['/me', '/me/export', '/cards/mine', '/card-applications/mine']) {
      const { body } = await call(test, 'GET', path, person);
      expect([path, end.exec(JSON.stringify(body))]).toEqual([path, null]);
    }
  });
});
