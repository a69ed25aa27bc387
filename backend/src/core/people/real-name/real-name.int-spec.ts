import { createHash, randomUUID } from 'node:crypto';
import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { personaListSchema } from '@talent-card/shared/accounts/schema';
import { createTestApp, type TestApp } from '../../../../test/harness.js';
import { signInCitizen } from '../../../../test/sign-in.js';
import { ReadDatabase } from '../../../platform/database/database.module.js';
import { IdempotencyRecord } from '../../../platform/database/idempotency-record.entity.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { Jobs } from '../../../platform/jobs/jobs.js';
import { Person } from '../persons/person.entity.js';
import { madeUpPerson } from '../sandbox/made-up-people.js';
import { SANDBOX_PERSONAS } from '../sandbox/personas.js';
import { IdentityVerifier } from './identity-verifier.js';
import { RealNameTries } from './real-name-tries.entity.js';
import { FORGET_TRIES_JOB } from './real-name-tries.js';

function persona(key: string) {
  const found = SANDBOX_PERSONAS.find((one) => one.key === key);
  if (!found) throw new Error(`no persona ${key}`);
  return found;
}

describe('proving the real name', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());

  const prove = (
    headers: Record<string, string>,
    who: {
      name: string;
      identityType: string;
      identityNumber: string;
      birthDate?: string;
      nationality?: string;
    },
    key: string = randomUUID(),
  ) =>
    test.app.inject({
      method: 'POST',
      url: '/api/v1/me/real-name',
      headers: { ...headers, 'idempotency-key': key },
      payload: {
        name: who.name,
        identityType: who.identityType,
        identityNumber: who.identityNumber,
        ...(who.identityType === 'resident-id'
          ? {}
          : { birthDate: who.birthDate, nationality: who.nationality }),
        consentVersion: CONSENT_VERSIONS['real-name'],
      },
    });

  it('binds the person and shows them masked', async () => {
    const { headers } = await signInCitizen(test, 'lin-haiqing');
    const answer = await prove(headers, persona('lin-haiqing'));
    expect(answer.statusCode).toBe(200);
    expect(answer.json().person).toEqual({
      personId: expect.any(String),
      name: '林海清',
      identityType: 'resident-id',
      maskedIdentityNumber: '37****************',
      birthDate: '1986-03-14',
    });
    const me = await test.app.inject({ url: '/api/v1/me', headers });
    expect(me.json().person.personId).toBe(answer.json().person.personId);
  });

  it('keeps neither number nor its plain digest in the database', async () => {
    const person = await test.app.get(ReadDatabase).manager.findOneByOrFail(Person, { name: '林海清' });
    expect(JSON.stringify(person)).not.toContain(persona('lin-haiqing').identityNumber);
    expect(person).toMatchObject({ sex: 'female', nationality: 'CHN', birthDate: '1986-03-14' });
  });

  it('keeps no digest of the request that the number could be found by', async () => {
    const { accountId, headers } = await signInCitizen(test, 'digested');
    const key = randomUUID();
    const { name, identityType, identityNumber } = madeUpPerson(7);
    await prove(headers, { name, identityType, identityNumber }, key);
    const { manager } = test.app.get(ReadDatabase);
    const { requestHash } = await manager.findOneByOrFail(IdempotencyRecord, {
      owner: `c:${accountId}`,
      key,
    });
    // What anybody with a copy of the database could compute for each number that there is.
    const consentVersion = CONSENT_VERSIONS['real-name'];
    const body = JSON.stringify({ consentVersion, identityNumber, identityType, name });
    const plain = createHash('sha256').update(`{}${body}`).digest();
    expect(requestHash).not.toBe(plain.toString('hex'));
    expect(requestHash).not.toBe(plain.toString('base64url'));
    expect(requestHash).toMatch(/^[\w-]{43}$/);
  });

  it('takes passports and permanent residence cards', async () => {
    for (const key of ['anna-berg', 'minjun-kim']) {
      const { headers } = await signInCitizen(test, key);
      const answer = await prove(headers, persona(key));
      expect([key, answer.statusCode]).toEqual([key, 200]);
      expect(answer.json().person.birthDate).toBe(persona(key).birthDate);
    }
  });

  it('tells the sandbox all that the form asks foreigners for, and nothing more of residents', async () => {
    const { items } = personaListSchema.parse(
      (await test.app.inject({ url: '/api/v1/sandbox/personas' })).json(),
    );
    const told = new Map(items.map((item) => [item.code, item]));
    expect(told.get('sandbox:anna-berg')).toMatchObject({ birthDate: '1984-09-30', nationality: 'DEU' });
    expect(told.get('sandbox:minjun-kim')).toMatchObject({ birthDate: '1975-01-08', nationality: 'KOR' });
    expect(told.get('sandbox:lin-haiqing')).not.toHaveProperty('nationality');
  });

  it('tells mismatch, unknown document and wrong input apart', async () => {
    const { headers } = await signInCitizen(test, 'trial');
    expect((await prove(headers, persona('bi-mingzhe'))).json()).toMatchObject({
      code: 'REAL_NAME_MISMATCH',
    });
    expect((await prove(headers, persona('gu-ruoxi'))).json()).toMatchObject({ code: 'REAL_NAME_NOT_FOUND' });
    const wrong = await prove(headers, {
      name: '林1',
      identityType: 'resident-id',
      identityNumber: '371099198603148001',
    });
    expect(wrong.json()).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: {
        fields: [
          { path: 'name', code: 'NAME_CHARACTERS' },
          { path: 'identityNumber', code: expect.stringMatching(/^RESIDENT_ID_/) },
        ],
      },
    });
    const foreigner = await prove(headers, {
      name: 'X Y',
      identityType: 'passport',
      identityNumber: 'C01X00T47',
    });
    expect(foreigner.json().details.fields).toEqual([
      { path: 'birthDate', code: 'REQUIRED' },
      { path: 'nationality', code: 'REQUIRED' },
    ]);
  });

  it('answers a repeated key as the first time, without another try', async () => {
    const { headers } = await signInCitizen(test, 'repeater');
    const verify = jest.spyOn(test.app.get(IdentityVerifier), 'verify');
    const key = randomUUID();
    const who = madeUpPerson(1);
    const first = await prove(headers, who, key);
    const second = await prove(headers, who, key);
    expect(first.statusCode).toBe(200);
    expect(second.json()).toEqual(first.json());
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('refuses a second proof, and a person bound to another account', async () => {
    const first = await signInCitizen(test, 'owner');
    await prove(first.headers, madeUpPerson(2));
    expect((await prove(first.headers, madeUpPerson(3))).json()).toMatchObject({
      code: 'REAL_NAME_ALREADY_PROVED',
    });
    const other = await signInCitizen(test, 'intruder');
    expect((await prove(other.headers, madeUpPerson(2))).json()).toMatchObject({
      code: 'REAL_NAME_BOUND_ELSEWHERE',
    });
  });

  it('gives an account five tries a day, and tells when to come back', async () => {
    const { headers } = await signInCitizen(test, 'guesser');
    for (let i = 0; i < 5; i += 1) {
      const answer = await prove(headers, { ...madeUpPerson(100 + i), name: '王无名' });
      expect(answer.json()).toMatchObject({ code: 'REAL_NAME_MISMATCH' });
    }
    const sixth = await prove(headers, madeUpPerson(100));
    expect(sixth.statusCode).toBe(429);
    expect(sixth.json()).toMatchObject({
      code: 'REAL_NAME_TOO_MANY_TRIES',
      details: { retryAt: '2026-11-24T16:00:00.000Z', retryAfterSeconds: 53_280 },
    });
    expect(sixth.headers['retry-after']).toBe('53280');
  });

  it('gives a document five tries a day over all accounts, and refuses right answers alike', async () => {
    const who = madeUpPerson(200);
    for (let i = 0; i < 5; i += 1) {
      const { headers } = await signInCitizen(test, `crowd-${i}`);
      await prove(headers, { ...who, name: '王无名' });
    }
    const { headers } = await signInCitizen(test, 'crowd-last');
    expect((await prove(headers, who)).json()).toMatchObject({ code: 'REAL_NAME_TOO_MANY_TRIES' });
  });

  it('spends five tries exactly when many come at once', async () => {
    const { headers } = await signInCitizen(test, 'burst');
    const verify = jest.spyOn(test.app.get(IdentityVerifier), 'verify');
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => prove(headers, { ...madeUpPerson(300 + i), name: '王无名' })),
    );
    const codes = answers.map((answer) => answer.json().code);
    expect(codes.filter((code) => code === 'REAL_NAME_MISMATCH')).toHaveLength(5);
    expect(codes.filter((code) => code === 'REAL_NAME_TOO_MANY_TRIES')).toHaveLength(7);
    expect(verify).toHaveBeenCalledTimes(5);
  });

  it('gives the try back when the authority does not answer', async () => {
    const { headers } = await signInCitizen(test, 'unlucky');
    const verify = jest
      .spyOn(test.app.get(IdentityVerifier), 'verify')
      .mockRejectedValue(new DomainError('UPSTREAM_UNAVAILABLE'));
    const key = randomUUID();
    for (let i = 0; i < 7; i += 1) {
      const answer = await prove(headers, madeUpPerson(400), key);
      expect(answer.json()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    }
    verify.mockRestore();
    expect((await prove(headers, madeUpPerson(400), key)).statusCode).toBe(200);
  });

  it('makes one person when two accounts prove one document at once', async () => {
    const two = [await signInCitizen(test, 'twin-a'), await signInCitizen(test, 'twin-b')];
    const answers = await Promise.all(two.map(({ headers }) => prove(headers, madeUpPerson(500))));
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409]);
    expect(answers.find((answer) => answer.statusCode === 409)?.json()).toMatchObject({
      code: 'REAL_NAME_BOUND_ELSEWHERE',
    });
  });

  it('forgets the counts of a day after thirty days', async () => {
    const { headers } = await signInCitizen(test, 'sun-xiaodong');
    await prove(headers, persona('sun-xiaodong'));
    const { manager } = test.app.get(ReadDatabase);
    const jobs = test.app.get(Jobs);
    const counted = await manager.count(RealNameTries);
    expect(counted).toBeGreaterThan(0);
    test.clock.advance(30 * 86_400_000);
    await jobs.runNow(FORGET_TRIES_JOB);
    expect(await manager.count(RealNameTries)).toBe(counted);
    test.clock.advance(86_400_000);
    await jobs.runNow(FORGET_TRIES_JOB);
    expect(await manager.count(RealNameTries)).toBe(0);
  });
});
