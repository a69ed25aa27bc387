import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { call, listInRoster } from '../../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../../test/harness.js';
import { type SignedInCitizen, signInCitizen } from '../../../../test/sign-in.js';
import { RosterEntryRow } from '../../../core/people/roster/roster-entry.entity.js';
import {
  rosterContentOf,
  SANDBOX_PERSONAS,
  type SandboxPersona,
} from '../../../core/people/sandbox/personas.js';
import { Accounts } from '../../../platform/accounts/accounts.js';
import { ReadDatabase } from '../../../platform/database/database.module.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';

describe('the proof of a real name', () => {
  let test: TestApp;
  const persona = (key: string): SandboxPersona => {
    const found = SANDBOX_PERSONAS.find((one) => one.key === key);
    if (!found) throw new Error(`no persona ${key}`);
    return found;
  };
  beforeAll(async () => {
    test = await createTestApp();
    const listed = SANDBOX_PERSONAS.flatMap((one) => one.listed ?? []);
    await listInRoster(test, [...listed, rosterContentOf(persona('chu-wanqing'))]);
  });
  afterAll(() => test.close());

  async function prove(key: string, phone = key): Promise<SignedInCitizen> {
    const { name, identityType, identityNumber, birthDate, nationality } = persona(key);
    const citizen = await signInCitizen(test, phone);
    const foreign = identityType === 'resident-id' ? {} : { birthDate, nationality };
    const consentVersion = CONSENT_VERSIONS['real-name'];
    const body = { name, identityType, identityNumber, ...foreign, consentVersion };
    expect((await call(test, 'POST', '/me/real-name', citizen, body)).status).toBe(200);
    return citizen;
  }
  const cardsOf = async (citizen: SignedInCitizen) =>
    (await call(test, 'GET', '/cards/mine', citizen)).body.items;

  it.each(['lin-haiqing', 'yu-zhiyuan', 'anna-berg', 'minjun-kim'])(
    'gives the card at once to %s, whom the roster names exactly',
    async (key) => {
      const citizen = await prove(key);
      const { name, category } = persona(key);
      expect(await cardsOf(citizen)).toMatchObject([{ status: 'active', holderName: name, category }]);
      await test.deliverOutbox();
      const { body } = await call(test, 'GET', '/messages', citizen);
      expect(body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['card-issued']);
    },
  );

  it('marks the roster entry, so that its import can no longer be undone', async () => {
    const { manager } = test.app.get(ReadDatabase);
    const entry = await manager.findOneByOrFail(RosterEntryRow, { name: persona('lin-haiqing').name });
    expect(entry.usedAt).toEqual(test.clock.now());
  });

  it.each([
    ['sun-xiaodong', 'is not in the roster'],
    ['cong-lan', 'is in it under another spelling'],
    ['chu-wanqing', 'is in it for a category that is not open yet'],
  ])('gives nothing to %s, who %s', async (key) => {
    expect(await cardsOf(await prove(key))).toEqual([]);
  });

  it('keeps the one card of somebody who comes back with another phone', async () => {
    const before = await cardsOf(await signInCitizen(test, 'lin-haiqing'));
    const { body: me } = await call(test, 'GET', '/me', await signInCitizen(test, 'lin-haiqing'));
    await test.app
      .get(UnitOfWork)
      .run((tx) => test.app.get(Accounts, { strict: false }).unbindPerson(tx, me.person.personId));
    const after = await cardsOf(await prove('lin-haiqing', 'lin-haiqing-new-phone'));
    expect(after).toEqual(before);
  });
});
