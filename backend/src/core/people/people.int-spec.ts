import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { Fact, PersonDetail } from '@talent-card/shared/people/schema';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { statementsOf, wastefulSteps } from '../../../test/query-plans.js';
import { newKey, signInPerson, signInStaff } from '../../../test/sign-in.js';
import { Accounts } from '../../platform/accounts/accounts.js';
import { Consents } from '../../platform/accounts/consents.js';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { AuditEntry } from '../../platform/audit/audit-entry.entity.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { EducationRegistry } from './facts/data-sources.js';
import { People } from './people.service.js';
import { PeopleAdministration } from './people-administration.js';
import { PersonsRepository } from './persons/persons.repository.js';
import { StaffReason } from './persons/staff-reason.entity.js';
import { StaffReasons } from './persons/staff-reasons.js';
import { Roster } from './roster/roster.service.js';
import { type MadeUpPerson, madeUpPerson } from './sandbox/made-up-people.js';

describe('a person in the hands of staff', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());

  const confirm = async (who: MadeUpPerson, zoneCode?: ZoneCode): Promise<string> => {
    const { name, identityType, identityNumber, birthDate, sex, nationality } = who;
    return test.app.get(UnitOfWork).run(async (tx) => {
      const person = await test.app
        .get(PersonsRepository)
        .confirm(tx, { name, identityType, identityNumber, birthDate, sex, nationality });
      if (zoneCode)
        await test.app.get(People).recordContact(tx, person.id, { zoneCode, mobile: '13800001234' });
      return person.id;
    });
  };
  const call = (
    headers: Record<string, string>,
    method: 'GET' | 'POST',
    path: string,
    payload?: Record<string, unknown>,
  ) =>
    test.app.inject({
      method,
      url: `/api/v1/admin/people/${path}`,
      headers: { ...headers, 'idempotency-key': newKey() },
      ...(payload ? { payload } : {}),
    });

  it('is shown masked, to the city and their own district only', async () => {
    const who = madeUpPerson(10);
    const personId = await confirm(who, '371083');
    const city = await signInStaff(test, 'city-reviewer');
    const own = await signInStaff(test, 'district-reviewer', '371083');
    const other = await signInStaff(test, 'district-reviewer', '371082');
    for (const { headers } of [city, own]) {
      const answer = await call(headers, 'GET', personId);
      expect(answer.statusCode).toBe(200);
      expect(answer.json<PersonDetail>()).toMatchObject({
        name: who.name,
        maskedPhone: '138****1234',
        zoneCode: '371083',
        signedIn: false,
      });
      expect(answer.body).not.toContain(who.identityNumber);
    }
    for (const [method, path, payload] of [
      ['GET', personId, undefined],
      ['POST', `${personId}/reveal-identity`, { reason: '核对' }],
      ['POST', `${personId}/facts`, { kind: 'provincial-card', value: { number: 'X', validUntil: null } }],
      ['POST', `${personId}/match`, { source: 'education-registry' }],
    ] as const) {
      expect((await call(other.headers, method, path, payload)).json()).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('is seen by the city alone while nothing says where they work', async () => {
    const personId = await confirm(madeUpPerson(11));
    const city = await signInStaff(test, 'city-reviewer');
    const district = await signInStaff(test, 'district-reviewer', '371083');
    expect((await call(city.headers, 'GET', personId)).statusCode).toBe(200);
    expect((await call(district.headers, 'GET', personId)).statusCode).toBe(404);
  });

  it('has their number read in clear for a reason, and the reading kept', async () => {
    const who = madeUpPerson(12);
    const personId = await confirm(who, '371083');
    const { headers, staffId } = await signInStaff(test, 'service-window', '371083');
    expect((await call(headers, 'POST', `${personId}/reveal-identity`, { reason: '' })).statusCode).toBe(400);
    const answer = await call(headers, 'POST', `${personId}/reveal-identity`, { reason: '电话核对本人' });
    expect(answer.json()).toEqual({ identityNumber: who.identityNumber, phone: '13800001234' });
    const entries = await test.app
      .get(ReadDatabase)
      .manager.findBy(AuditEntry, { action: 'people.reveal-identity', objectId: personId });
    expect(entries).toMatchObject([
      { actorId: staffId, fields: JSON.stringify(['identityNumber', 'phone']) },
    ]);
    expect(JSON.stringify(entries)).not.toContain('电话');
  });

  it('has facts recorded by a window, the newer word superseding the older', async () => {
    const personId = await confirm(madeUpPerson(13), '371083');
    const { headers } = await signInStaff(test, 'service-window', '371083');
    const record = (number: string) =>
      call(headers, 'POST', `${personId}/facts`, {
        kind: 'provincial-card',
        value: { number, validUntil: null },
      });
    expect((await record('SDHC1')).json<Fact>()).toMatchObject({ source: 'window', proofFileId: null });
    await record('SDHC2');
    const { facts } = (await call(headers, 'GET', personId)).json<PersonDetail>();
    expect(facts.map(({ value }) => value.number)).toEqual(['SDHC2']);
    const wrong = await call(headers, 'POST', `${personId}/facts`, {
      kind: 'degree',
      value: { level: 'king' },
    });
    expect(wrong.json().details.fields).toEqual(
      expect.arrayContaining([
        { path: 'value.level', code: 'NOT_ALLOWED' },
        { path: 'value.school', code: 'REQUIRED' },
      ]),
    );
    const roster = await call(headers, 'POST', `${personId}/facts`, { kind: 'roster-entry', value: {} });
    expect(roster.json().details.fields).toEqual([{ path: 'kind', code: 'NOT_ALLOWED' }]);
  });

  it('is matched with registries only after they agreed to it', async () => {
    const who = madeUpPerson(14);
    const personId = await confirm(who, '371083');
    const staff = await signInStaff(test, 'service-window', '371083');
    const match = (source: string) => call(staff.headers, 'POST', `${personId}/match`, { source });
    expect((await match('education-registry')).json()).toMatchObject({ code: 'CONSENT_REQUIRED' });
    const { accountId } = await signInPerson(test, personId);
    const asked = jest.spyOn(test.app.get(EducationRegistry), 'match');
    expect((await match('education-registry')).json()).toMatchObject({ code: 'CONSENT_REQUIRED' });
    expect(asked).not.toHaveBeenCalled();
    await test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app.get(Consents).grant(tx, accountId, 'data-matching', CONSENT_VERSIONS['data-matching']),
      );
    expect((await match('education-registry')).json()).toMatchObject({
      items: [{ kind: 'degree', source: 'education-registry', value: who.degree }],
    });
    expect((await match('social-insurance')).json().items[0].value.employer).toBe(who.employer.name);
    // Where somebody is insured says where they work from then on.
    const city = await signInStaff(test, 'city-reviewer');
    const { zoneCode } = (await call(city.headers, 'GET', personId)).json<PersonDetail>();
    expect(zoneCode).toBe(who.employer.zoneCode);
  });

  it('is unbound from WeChat, which ends their session', async () => {
    const personId = await confirm(madeUpPerson(15), '371083');
    const citizen = await signInPerson(test, personId);
    const { headers } = await signInStaff(test, 'service-window', '371083');
    const answer = await call(headers, 'POST', `${personId}/unbind`, { reason: '本人更换微信' });
    expect(answer.statusCode).toBe(204);
    const me = await test.app.inject({ url: '/api/v1/me', headers: citizen.headers });
    expect(me.statusCode).toBe(401);
    expect((await call(headers, 'GET', personId)).json<PersonDetail>().signedIn).toBe(false);
  });

  it.each([
    [19, 'reveal-identity', '核对本人'],
    [20, 'unbind', '本人更换微信'],
  ])('(%i) is not written of by %s once they were erased', async (index, path, reason) => {
    const personId = await confirm(madeUpPerson(index), '371083');
    const { accountId } = await signInPerson(test, personId);
    const { headers } = await signInStaff(test, 'service-window', '371083');
    const { visible } = PeopleAdministration.prototype;
    jest.spyOn(PeopleAdministration.prototype, 'visible').mockImplementationOnce(async function (
      this: PeopleAdministration,
      ...by
    ) {
      const seen = await visible.apply(this, by);
      const data = test.app.get(PersonalData);
      await test.app.get(UnitOfWork).run((tx) => data.erase(tx, personId, accountId));
      return seen;
    });
    expect((await call(headers, 'POST', `${personId}/${path}`, { reason })).json()).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await test.app.get(ReadDatabase).manager.countBy(StaffReason, { personId })).toBe(0);
  });

  it('is taken off their account in the order of locks: the account, then the person', async () => {
    const personId = await confirm(madeUpPerson(18), '371083');
    const { accountId } = await signInPerson(test, personId);
    const { headers } = await signInStaff(test, 'service-window', '371083');
    const account = jest.spyOn(Accounts.prototype, 'hasTurn');
    const person = jest.spyOn(PersonsRepository.prototype, 'lock');
    const reason = jest.spyOn(StaffReasons.prototype, 'keep');
    expect((await call(headers, 'POST', `${personId}/unbind`, { reason: '换微信' })).statusCode).toBe(204);
    expect(account.mock.calls).toEqual([[expect.anything(), accountId]]);
    const orders = [account, person, reason].map(({ mock }) => mock.invocationCallOrder);
    expect(orders.flat()).toEqual([...orders.flat()].sort((a, b) => a - b));
  });

  it('takes their data along, and leaves an empty row after erasure', async () => {
    const who = madeUpPerson(16);
    const personId = await confirm(who, '371083');
    const { accountId } = await signInPerson(test, personId);
    const data = test.app.get(PersonalData);
    const { people } = await data.export(personId, accountId);
    expect(people).toMatchObject([
      { record: 'person', identityNumber: expect.stringMatching(/^37\*{16}$/), phone: '13800001234' },
    ]);
    expect(JSON.stringify(people)).not.toContain(who.identityNumber.slice(-4));
    await test.app.get(UnitOfWork).run((tx) => data.erase(tx, personId, accountId));
    const left = await test.app.get(PersonsRepository).find(test.app.get(ReadDatabase).manager, personId);
    expect(left).toMatchObject({
      name: '已删除',
      identityNumber: null,
      identityIndex: null,
      phone: null,
      birthDate: null,
    });
    const city = await signInStaff(test, 'city-reviewer');
    expect((await call(city.headers, 'GET', personId)).statusCode).toBe(404);
    // The same document may come again, as a new person.
    expect(await confirm(who)).not.toBe(personId);
  });

  if (TEST_DATABASE === 'sqlite') {
    it('is found in the roster without looking at everybody in it', async () => {
      const personId = await confirm(madeUpPerson(7300));
      const { manager } = test.app.get(ReadDatabase);
      const roster = test.app.get(Roster);
      const asked = await statementsOf(manager, (reading) => roster.exactMatches(reading, personId));
      expect(asked.some((sql) => sql.includes('roster_entries'))).toBe(true);
      expect(await wastefulSteps(manager, asked)).toEqual([]);
    });
  }

  it('is found by the beginning of a name or a whole number', async () => {
    const who = { ...madeUpPerson(17), name: '欧阳听雪' };
    const personId = await confirm(who);
    const people = test.app.get(People);
    const { manager } = test.app.get(ReadDatabase);
    expect(await people.search(manager, '欧阳听')).toContain(personId);
    expect(await people.search(manager, who.identityNumber)).toEqual([personId]);
    expect(await people.search(manager, who.identityNumber.slice(0, 12))).toEqual([]);
    expect(await people.search(manager, '%')).toEqual([]);
  });
});
