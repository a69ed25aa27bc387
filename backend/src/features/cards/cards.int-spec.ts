import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { CardKind } from '@talent-card/shared/cards/categories';
import { anybody, call, confirmPerson, signInSomebody } from '../../../test/card-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { type SignedInStaff, signInPerson, signInStaff } from '../../../test/sign-in.js';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { system } from '../../platform/accounts/principal.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { CardRow } from './card.entity.js';
import { Cards } from './cards.service.js';
import { EXPIRE_JOB } from './expire-cards.js';

describe('a card', () => {
  let test: TestApp;
  let clerk: SignedInStaff;
  let city: SignedInStaff;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(() => at(TEST_NOW));

  /** Moves time; everybody in an office signs in anew. */
  async function at(moment: Date | string): Promise<void> {
    test.clock.set(moment);
    clerk = await signInStaff(test, 'service-window', '371002');
    city = await signInStaff(test, 'city-reviewer');
  }
  const issue = (personId: string, more: { kind?: CardKind; zoneCode?: ZoneCode; cardClass?: string } = {}) =>
    test.app.get(UnitOfWork).run((tx) =>
      test.app.get(Cards, { strict: false }).issue(tx, system('test'), {
        personId,
        kind: 'talent',
        category: '1',
        cardClass: null,
        zoneCode: '371002',
        caseId: null,
        rosterEntryId: null,
        ...more,
      }),
    );
  async function holder(more: Parameters<typeof issue>[1] = {}) {
    const person = await signInSomebody(test);
    return { person, card: await issue(person.personId, more) };
  }
  const act = (
    staff: SignedInStaff,
    card: Pick<CardRow, 'id'>,
    what: string,
    body: Record<string, unknown>,
  ) => call(test, 'POST', `/admin/cards/${card.id}/${what}`, staff, body);
  const reason = '单位来函核实';

  it('is suspended, restored and revoked, each with its reason in the history', async () => {
    const { person, card } = await holder();
    const suspended = await act(clerk, card, 'suspend', { version: 1, reason });
    expect(suspended.body).toMatchObject({ status: 'suspended', version: 2 });
    const seen = await call(test, 'GET', `/cards/${card.id}`, person);
    expect(seen.body).toMatchObject({ status: 'suspended', statusReason: reason });
    expect((await act(clerk, card, 'restore', { version: 1, reason })).body.code).toBe('STALE_VERSION');
    await act(clerk, card, 'restore', { version: 2, reason: '核实无误' });
    expect((await act(clerk, card, 'revoke', { version: 3, reason })).status).toBe(403);
    const revoked = await act(city, card, 'revoke', { version: 3, reason: '调离威海' });
    expect(revoked.body.history).toEqual([
      expect.objectContaining({ action: 'issued', from: null, to: 'active', actorName: null }),
      expect.objectContaining({ action: 'suspended', to: 'suspended', reason, actorName: clerk.username }),
      expect.objectContaining({ action: 'restored', from: 'suspended', to: 'active' }),
      expect.objectContaining({ action: 'revoked', reason: '调离威海', actorName: city.username }),
    ]);
    const late = await act(city, card, 'restore', { version: 4, reason });
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'CARD_STATE_CONFLICT', details: { status: 'revoked' } },
    });
  });

  it('is there for its holder and the zone it belongs to, and for nobody else', async () => {
    const { card } = await holder();
    const stranger = await signInSomebody(test);
    const elsewhere = await signInStaff(test, 'service-window', '371082');
    const answers = await Promise.all([
      call(test, 'GET', `/cards/${card.id}`, stranger),
      call(test, 'POST', `/cards/${card.id}/report-lost`, stranger),
      call(test, 'GET', `/admin/cards/${card.id}`, elsewhere),
      act(elsewhere, card, 'suspend', { version: 1, reason }),
    ]);
    expect(answers.map((answer) => answer.body.code)).toEqual(Array(4).fill('NOT_FOUND'));
    expect((await call(test, 'GET', `/admin/cards/${card.id}`, city)).body).toMatchObject({
      zoneCode: '371002',
    });
  });

  it('expires when its last day has passed in Weihai', async () => {
    const { person, card } = await holder();
    await at('2031-11-23T15:59:59Z');
    await test.app.get(Jobs).runNow(EXPIRE_JOB);
    const before = await call(test, 'GET', '/cards/mine', await signInPerson(test, person.personId));
    expect(before.body.items).toMatchObject([{ status: 'active' }]);
    await at('2031-11-23T16:00:00Z');
    const holderNow = await signInPerson(test, person.personId);
    // The job has not run yet: it reads as expired all the same.
    expect((await call(test, 'GET', '/cards/mine', holderNow)).body.items).toMatchObject([
      { status: 'expired' },
    ]);
    const late = await act(clerk, card, 'suspend', { version: 1, reason });
    expect(late.body).toMatchObject({ code: 'CARD_STATE_CONFLICT', details: { status: 'expired' } });
    await test.app.get(Jobs).runNow(EXPIRE_JOB);
    const { body } = await call(test, 'GET', `/admin/cards/${card.id}`, clerk);
    expect(body.history.at(-1)).toMatchObject({ action: 'expired', to: 'expired', actorName: null });
  });

  it('that has lapsed makes way for a new one in the same moment', async () => {
    const { person, card } = await holder();
    await at('2031-11-24T02:00:00Z');
    const next = await issue(person.personId);
    const { body } = await call(test, 'GET', '/cards/mine', await signInPerson(test, person.personId));
    expect(body.items).toMatchObject([
      { cardId: next.id, status: 'active' },
      { cardId: card.id, status: 'expired' },
    ]);
  });

  it('of each kind may be held beside the other', async () => {
    const { person } = await holder();
    await issue(person.personId, { kind: 'youth' });
    await expect(issue(person.personId, { kind: 'youth' })).rejects.toMatchObject({
      code: 'CARD_ALREADY_VALID',
    });
  });

  it('no longer works once its holder has had their data erased', async () => {
    const { person, card } = await holder();
    await test.app
      .get(UnitOfWork)
      .run((tx) => test.app.get(PersonalData).erase(tx, person.personId, person.accountId));
    const { body } = await call(test, 'GET', `/admin/cards/${card.id}`, city);
    expect(body).toMatchObject({ status: 'revoked', history: [{ reason: null }, { action: 'revoked' }] });
  });

  describe('in the list of staff', () => {
    it('is found by name, by number and by a whole identity number', async () => {
      const who = anybody({ name: '连查卡' });
      const card = await issue(await confirmPerson(test, who));
      const found = async (q: string) =>
        (await call(test, 'GET', `/admin/cards?q=${encodeURIComponent(q)}`, clerk)).body.items.map(
          (item: { cardId: string }) => item.cardId,
        );
      const grouped = card.number.replace(/(\d{4})(?=\d)/g, '$1 ');
      for (const q of ['连查', card.number, grouped, who.identityNumber]) {
        expect([q, await found(q)]).toEqual([q, [card.id]]);
      }
      expect(await found(who.identityNumber.slice(0, 12))).not.toContain(card.id);
      expect(await found('查无此人')).toEqual([]);
    });

    it('is filtered and paged', async () => {
      const { card } = await holder({ zoneCode: '371083' });
      const { body } = await call(test, 'GET', '/admin/cards?zoneCode=371083&status=active&category=1', city);
      expect(body).toMatchObject({ items: [{ cardId: card.id }], nextCursor: null, total: 1 });
      expect((await call(test, 'GET', '/admin/cards?zoneCode=371083', clerk)).body.items).toEqual([]);
      const first = await call(test, 'GET', '/admin/cards?limit=1', city);
      const second = await call(test, 'GET', `/admin/cards?limit=1&cursor=${first.body.nextCursor}`, city);
      expect(second.body.items[0].cardId < first.body.items[0].cardId).toBe(true);
      const soon = await call(test, 'GET', '/admin/cards?expiresBefore=2031-11-23', city);
      expect(soon.body.items).toEqual([]);
      expect((await call(test, 'GET', '/admin/cards?cursor=nonsense', city)).status).toBe(400);
    });
  });

  describe('where the city runs classes', () => {
    const classes = ['A', 'B', 'C', 'D', 'E'].map((code) => ({
      code,
      nameZh: `${code}类`,
      nameEn: `Class ${code}`,
      isDefault: code === 'E',
    }));
    beforeAll(() =>
      test.app
        .get(UnitOfWork)
        .run((tx) => test.app.get(Cards, { strict: false }).defineClasses(tx, system('test'), classes)),
    );

    it('has the default class, and its changes are dated', async () => {
      const { card } = await holder();
      expect(card.cardClass).toBe('E');
      await at('2026-12-10T02:00:00Z');
      const change = (more: Record<string, unknown>) =>
        act(city, card, 'class', { version: 1, cardClass: 'B', validFrom: '2026-12-01', reason, ...more });
      expect((await change({ cardClass: 'Z' })).body.code).toBe('CARD_CLASS_UNKNOWN');
      expect((await change({ validFrom: '2026-12-11' })).body.details.fields).toEqual([
        { path: 'validFrom', code: 'DATE_IN_FUTURE' },
      ]);
      expect((await change({ validFrom: '2026-11-23' })).body.details.fields).toEqual([
        { path: 'validFrom', code: 'DATE_ORDER' },
      ]);
      const { body } = await change({});
      expect(body).toMatchObject({
        cardClass: 'B',
        version: 2,
        classHistory: [
          { cardClass: 'E', validFrom: '2026-11-24', validUntil: '2026-11-30' },
          { cardClass: 'B', validFrom: '2026-12-01', validUntil: null },
        ],
      });
      expect((await call(test, 'GET', '/admin/card-classes', clerk)).body.items).toHaveLength(5);
    });

    it('replaces a class that began on the same day', async () => {
      const { card } = await holder({ cardClass: 'D' });
      const change = { version: 1, cardClass: 'A', validFrom: '2026-11-24', reason };
      const { body } = await act(city, card, 'class', change);
      expect(body.classHistory).toEqual([{ cardClass: 'A', validFrom: '2026-11-24', validUntil: null }]);
    });
  });
});
