import type { CardKind } from '@talent-card/shared/cards/categories';
import type {
  AdminChannel,
  ChannelTerms,
  Entitlement,
  WriteChannel,
} from '@talent-card/shared/channels/schema';
import { anybody, call as callAs, signInSomebody, type TestPerson } from '../../../test/card-fixtures.js';
import { channelBody, termsBody } from '../../../test/channel-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, type SignedInStaff, STAFF_PASSWORD, signInStaff } from '../../../test/sign-in.js';
import { makeVenue } from '../../../test/venue-fixtures.js';
import { QuotaCounterRow, QuotaEntryRow } from '../../core/quota/quota.entity.js';
import { Quota } from '../../core/quota/quota.service.js';
import { system } from '../../platform/accounts/principal.js';
import { Sessions } from '../../platform/accounts/sessions.js';
import { StaffAdministration } from '../../platform/accounts/staff/staff-administration.js';
import { AuditEntry } from '../../platform/audit/audit-entry.entity.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Cards } from '../cards/cards.service.js';
import { Entitlements } from './entitlements.js';

const TODAY = '2026-11-24';

describe('green channels', () => {
  let test: TestApp;
  let city: SignedInStaff;
  let east: string;
  let west: string;
  beforeAll(async () => {
    test = await createTestApp();
    city = await signInStaff(test, 'city-reviewer');
    east = await makeVenue(test, { zoneCode: '371002' });
    west = await makeVenue(test, { zoneCode: '371003' });
  });
  afterAll(() => test.close());

  const put = async (path: string, payload: object, by: { headers: Record<string, string> } = city) => {
    const answer = await test.app.inject({
      method: 'PUT',
      url: `/api/v1${path}`,
      headers: { ...by.headers, 'idempotency-key': newKey() },
      payload,
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const post = (path: string, payload: object, by: { headers: Record<string, string> } = city) =>
    callAs(test, 'POST', path, by, payload);
  const get = (path: string, by?: { headers: Record<string, string> }) => callAs(test, 'GET', path, by);
  const create = async (
    more: Partial<WriteChannel> = {},
    terms: ChannelTerms[] = [],
  ): Promise<AdminChannel> => {
    const made = await post('/admin/channels', channelBody(more));
    expect([made.status, made.body]).toEqual([200, expect.objectContaining({ version: 1 })]);
    if (terms.length === 0) return made.body;
    const written = await put(`/admin/channels/${made.body.channelId}/terms`, { version: 1, terms });
    expect([written.status, written.body]).toEqual([200, expect.objectContaining({ version: 2 })]);
    return written.body;
  };
  const editorOf = async (venueIds: string[], username: string): Promise<SignedInStaff> => {
    const staffId = await test.app.get(StaffAdministration).createSeeded({
      username,
      displayName: username,
      role: 'channel-editor',
      zoneCode: '371000',
      password: STAFF_PASSWORD,
      totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      venueIds,
    });
    const tokens = await test.app
      .get(UnitOfWork)
      .run((tx) => test.app.get(Sessions).start(tx, 'staff', staffId, 'Chrome · Windows'));
    return { staffId, username, headers: { authorization: `Bearer ${tokens.accessToken}` } };
  };
  const give = (personId: string, kind: CardKind = 'talent') =>
    test.app.get(UnitOfWork).run((tx) =>
      test.app.get(Cards, { strict: false }).issue(tx, system('test'), {
        personId,
        kind,
        category: kind === 'talent' ? '1' : null,
        cardClass: null,
        zoneCode: '371002',
        caseId: null,
        rosterEntryId: null,
      }),
    );
  const spend = (personId: string, channelId: string, venueId: string | null = null) =>
    test.app.get(UnitOfWork).run(async (tx) => {
      const request = { personId, channelId, venueId, on: TODAY };
      const book = await test.app.get(Entitlements, { strict: false }).load(tx.manager, [request]);
      const decision = book.decide(request);
      if (!decision.ok) throw new Error(decision.code);
      const cause = { type: 'use', id: newId(tx.now) } as const;
      await test.app.get(Quota).spend(tx, { personId, terms: decision.quota, party: 1, on: TODAY, cause });
      return cause;
    });
  const entitlement = async (person: TestPerson, channelId: string): Promise<Entitlement> => {
    const { status, body } = await get(`/entitlements/${channelId}`, person);
    expect([status, body]).toEqual([200, expect.objectContaining({ channelId })]);
    return body;
  };

  it('stand in the service hall with what a search looks through', async () => {
    const shown = await create({ venueIds: [west, east] }, [termsBody({ companions: 2 })]);
    await create({ status: 'draft' });
    const { status, body } = await get('/channels');
    expect(status).toBe(200);
    const row = body.items.find((one: { channelId: string }) => one.channelId === shown.channelId);
    expect(row).toMatchObject({ companions: 2, zoneCodes: ['371003', '371002'], use: 'code' });
    for (const typed of ['客轮', 'kelun', 'klyx', 'ferries', 'weihaigang', 'chuxing']) {
      expect(row.search).toContain(typed);
    }
    expect(body.items).toHaveLength(1);
  });

  it('have a page of five blocks with each venue open for a week', async () => {
    const { channelId } = await create({ venueIds: [east, west], hotline: '12345' });
    const { body } = await get(`/channels/${channelId}`);
    expect(body.blocks.window).toEqual({ zh: '1号窗', en: 'Window 1' });
    expect(body.venues.map((venue: { venueId: string }) => venue.venueId)).toEqual([east, west]);
    expect(body.venues[0].days).toHaveLength(7);
    expect(body.venues[0].days[0]).toMatchObject({ date: TODAY, open: [{ from: '08:00', to: '20:00' }] });
    const draft = await create({ status: 'draft' });
    expect(await get(`/channels/${draft.channelId}`)).toMatchObject({ status: 404 });
    expect(await get('/channels/nothing')).toMatchObject({ status: 404 });
  });

  describe('carry an ETag', () => {
    const read = (path: string, headers: Record<string, string> = {}) =>
      test.app.inject({ url: `/api/v1${path}`, headers });

    it('that answers 304 until something changes, and never after', async () => {
      const { channelId, ...channel } = await create({ venueIds: [east] });
      for (const path of ['/channels', `/channels/${channelId}`]) {
        const first = await read(path);
        const etag = String(first.headers.etag);
        expect(etag).toMatch(/^"[\w-]+"$/);
        expect(first.headers['cache-control']).toBe('public, no-cache');
        const again = await read(path, { 'if-none-match': `"other", ${etag}` });
        expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
      }
      const etag = String((await read(`/channels/${channelId}`)).headers.etag);
      const { demo: _demo, terms: _terms, mayEdit: _mayEdit, ...body } = channel;
      await put(`/admin/channels/${channelId}`, { ...body, hotline: '110' });
      const after = await read(`/channels/${channelId}`, { 'if-none-match': etag });
      expect(after.statusCode).toBe(200);
      expect(after.json().hotline).toBe('110');
      expect(after.headers.etag).not.toBe(etag);
    });

    it('and never less than a caller could know, while an editor writes', async () => {
      const { channelId, demo: _demo, terms: _terms, mayEdit: _mayEdit, ...body } = await create();
      let known = 0;
      let writing = true;
      const edit = async () => {
        for (let version = 1; version <= 25; version += 1) {
          const written = await put(`/admin/channels/${channelId}`, {
            ...body,
            version,
            hotline: String(version),
          });
          expect(written.status).toBe(200);
          known = version;
        }
        writing = false;
      };
      const look = async () => {
        while (writing) {
          const before = known;
          const { hotline } = (await read(`/channels/${channelId}`)).json<{ hotline: string }>();
          expect(before === 0 || Number(hotline) >= before).toBe(true);
        }
      };
      await Promise.all([edit(), ...Array.from({ length: 8 }, look)]);
      expect((await read(`/channels/${channelId}`)).json()).toMatchObject({ hotline: '25' });
    });

    it('of their own for each encoding', async () => {
      for (let i = 0; i < 5; i += 1) await create();
      const plain = await read('/channels');
      const packed = await read('/channels', { 'accept-encoding': 'gzip, br' });
      expect(packed.headers['content-encoding']).toBe('br');
      expect(packed.headers.vary).toContain('accept-encoding');
      expect(packed.headers.etag).not.toBe(plain.headers.etag);
      const refused = await read('/channels', { 'accept-encoding': 'br;q=0, gzip' });
      expect(refused.headers['content-encoding']).toBe('gzip');
      const etag = String(packed.headers.etag);
      expect((await read('/channels', { 'accept-encoding': 'br', 'if-none-match': etag })).statusCode).toBe(
        304,
      );
    });
  });

  describe('for a holder', () => {
    let holder: TestPerson;
    beforeAll(async () => {
      holder = await signInSomebody(test, anybody());
      await give(holder.personId);
    });

    it('say what is left, and when there is more', async () => {
      const limits = [
        { window: 'use', most: 2 },
        { window: 'week', most: 2 },
        { window: 'year', most: 3 },
      ] as const;
      const { channelId } = await create({}, [
        termsBody({ limits: [...limits], discountPercent: 20, capCents: 200_000 }),
      ]);
      const cause = await spend(holder.personId, channelId);
      await spend(holder.personId, channelId);
      expect(await entitlement(holder, channelId)).toMatchObject({
        entitled: true,
        left: 0,
        leftWindow: 'week',
        companions: 1,
        discountPercent: 20,
        capCents: 200_000,
        excess: 0,
        fundedElsewhere: null,
        limits: [
          { window: 'use', left: 2, renewsOn: null },
          { window: 'week', used: 2, left: 0, renewsOn: '2026-11-30' },
          { window: 'year', used: 2, left: 1, renewsOn: '2027-01-01' },
        ],
      });
      await test.app.get(UnitOfWork).run((tx) => test.app.get(Quota).giveBack(tx, cause));
      expect(await entitlement(holder, channelId)).toMatchObject({ left: 1, leftWindow: 'week' });
    });

    it('lose no counted use to a lowered limit', async () => {
      const { channelId } = await create({}, [termsBody()]);
      for (let i = 0; i < 3; i += 1) await spend(holder.personId, channelId);
      const terms = [termsBody({ limits: [{ window: 'year', most: 2 }] })];
      await put(`/admin/channels/${channelId}/terms`, { version: 2, terms });
      expect(await entitlement(holder, channelId)).toMatchObject({ left: 0, limits: [{ used: 3, most: 2 }] });
      await expect(spend(holder.personId, channelId)).rejects.toMatchObject({ code: 'QUOTA_GONE' });
    });

    it('name the other channel that has paid for the same', async () => {
      const name = { zh: '年度体检', en: 'Yearly check-up' };
      const paid = await create({ name, fundingGroup: 'check-up' }, [termsBody()]);
      const other = await create({ fundingGroup: 'check-up' }, [termsBody()]);
      await spend(holder.personId, paid.channelId);
      expect(await entitlement(holder, other.channelId)).toMatchObject({
        entitled: true,
        fundedElsewhere: name,
      });
      expect(await entitlement(holder, paid.channelId)).toMatchObject({ fundedElsewhere: null });
      await expect(spend(holder.personId, other.channelId)).rejects.toMatchObject({
        code: 'FUNDED_ELSEWHERE',
      });
    });

    it('count each venue by itself where they say so', async () => {
      const once = termsBody({ limits: [{ window: 'year', most: 1 }] });
      const { channelId } = await create({ perVenue: true, venueIds: [east, west] }, [once]);
      await spend(holder.personId, channelId, east);
      expect(await entitlement(holder, channelId)).toMatchObject({ left: 1 });
      await expect(spend(holder.personId, channelId, east)).rejects.toMatchObject({ code: 'QUOTA_GONE' });
      await spend(holder.personId, channelId, west);
      expect(await entitlement(holder, channelId)).toMatchObject({ left: 0 });
    });

    it('follow the class of the card on the day', async () => {
      const cards = test.app.get(Cards, { strict: false });
      const classes = ['A', 'B'].map((code) => ({
        code,
        nameZh: code,
        nameEn: code,
        isDefault: code === 'B',
      }));
      await test.app.get(UnitOfWork).run((tx) => cards.defineClasses(tx, system('test'), classes));
      const person = await signInSomebody(test, anybody());
      const card = await give(person.personId);
      const { channelId } = await create({}, [termsBody({ cardClass: 'A', companions: 3 })]);
      expect(await entitlement(person, channelId)).toMatchObject({
        entitled: false,
        conditions: [
          { reason: 'HOLDS_CARD.HELD' },
          { reason: 'CARD_CLASS_SERVED.OTHER_CLASS', params: { cardClass: 'B', classes: 'A' } },
        ],
      });
      const change = { version: card.version, cardClass: 'A', validFrom: TODAY, reason: 'test' };
      await test.app.get(UnitOfWork).run((tx) => cards.changeClass(tx, system('test'), card.id, change));
      expect(await entitlement(person, channelId)).toMatchObject({
        entitled: true,
        cardId: card.id,
        companions: 3,
      });
    });

    it('give what the better of two cards gives', async () => {
      const person = await signInSomebody(test, anybody());
      await give(person.personId);
      const young = await give(person.personId, 'youth');
      const { channelId } = await create({}, [termsBody(), termsBody({ cardKind: 'youth', limits: [] })]);
      expect(await entitlement(person, channelId)).toMatchObject({
        cardId: young.id,
        left: null,
        limits: [],
      });
    });

    it('ask for the provincial card of the roster, and for a document of foreigners', async () => {
      const listed = await signInSomebody(test, anybody(), true);
      await give(listed.personId);
      const audience = { provincialCard: true, foreignersOnly: false };
      const provincial = await create({ audience }, [termsBody()]);
      expect(await entitlement(listed, provincial.channelId)).toMatchObject({ entitled: true });
      expect(await entitlement(holder, provincial.channelId)).toMatchObject({ entitled: false });
      const foreign = await create({ audience: { provincialCard: false, foreignersOnly: true } }, [
        termsBody(),
      ]);
      expect(await entitlement(listed, foreign.channelId)).toMatchObject({
        entitled: false,
        conditions: expect.arrayContaining([expect.objectContaining({ reason: 'IS_FOREIGNER.NO' })]),
      });
    });

    it('come all at once, in a constant number of statements', async () => {
      await create({}, [termsBody()]);
      const { manager } = test.app.get(ReadDatabase);
      const query = jest.spyOn(manager.dataSource, 'createQueryRunner');
      const { items } = (await get('/entitlements', holder)).body;
      const statements = query.mock.calls.length;
      expect(statements).toBeGreaterThan(5);
      for (let i = 0; i < 5; i += 1) await create({}, [termsBody()]);
      query.mockClear();
      const more = (await get('/entitlements', holder)).body.items;
      expect(more).toHaveLength(items.length + 5);
      expect(query.mock.calls.length).toBe(statements);
      query.mockRestore();
    });

    it('are nothing before there is a card', async () => {
      const person = await signInSomebody(test, anybody());
      const { channelId } = await create({}, [termsBody()]);
      expect(await entitlement(person, channelId)).toMatchObject({
        entitled: false,
        cardId: null,
        left: null,
        conditions: [{ reason: 'HOLDS_CARD.NONE' }],
      });
    });

    it('take their balance along and leave none behind', async () => {
      const person = await signInSomebody(test, anybody());
      await give(person.personId);
      const { channelId } = await create({}, [termsBody()]);
      await spend(person.personId, channelId);
      const exported = (await get('/me/export', person)).body;
      expect(exported.sections.quota).toEqual([
        expect.objectContaining({ quotaKey: channelId, onDay: TODAY, state: 'spent' }),
      ]);
      await post('/me/erase', { confirm: 'ERASE' }, person);
      const { manager } = test.app.get(ReadDatabase);
      for (const rows of [QuotaEntryRow, QuotaCounterRow]) {
        expect(await manager.countBy(rows, { personId: person.personId })).toBe(0);
      }
    });
  });

  describe('in the office', () => {
    it('refuse cells that overlap, and name both rows', async () => {
      const { channelId } = await create({}, [termsBody()]);
      const write = (terms: ChannelTerms[], version = 2) =>
        put(`/admin/channels/${channelId}/terms`, { version, terms });
      expect(await write([termsBody(), termsBody({ effectiveFrom: '2027-01-01' })])).toMatchObject({
        status: 422,
        body: { code: 'TERMS_OVERLAP', details: { row: 1, other: 0 } },
      });
      expect(await write([termsBody({ effectiveTo: '2025-01-01' })])).toMatchObject({
        body: { code: 'VALIDATION_FAILED', details: { fields: [{ path: 'terms.0.effectiveTo' }] } },
      });
      expect(await write([termsBody({ cardClass: 'Z' })])).toMatchObject({
        body: { code: 'CARD_CLASS_UNKNOWN' },
      });
      expect(await write([termsBody()], 1)).toMatchObject({ body: { code: 'STALE_VERSION' } });
      expect((await get(`/admin/channels/${channelId}`, city)).body.terms).toHaveLength(1);
    });

    it('have a number of their own, and are changed by whoever saw them last', async () => {
      const one = await create();
      const taken = await post('/admin/channels', channelBody({ number: one.number }));
      expect(taken).toMatchObject({ status: 409, body: { code: 'CHANNEL_NUMBER_TAKEN' } });
      const { channelId, demo: _demo, terms: _terms, mayEdit: _mayEdit, ...body } = one;
      const withdrawn = await put(`/admin/channels/${channelId}`, { ...body, status: 'withdrawn' });
      expect(withdrawn.body).toMatchObject({ status: 'withdrawn', version: 2 });
      expect(await put(`/admin/channels/${channelId}`, body)).toMatchObject({
        body: { code: 'STALE_VERSION' },
      });
      expect((await get(`/channels/${channelId}`)).status).toBe(404);
      const { manager } = test.app.get(ReadDatabase);
      const entries = await manager.findBy(AuditEntry, { objectId: channelId });
      expect(entries.map(({ action, fields }) => [action, fields])).toEqual([
        ['channels.create', '[]'],
        ['channels.update', '["status"]'],
      ]);
    });

    it('let an editor edit only where every venue is theirs', async () => {
      const editor = await editorOf([east], 'editor-east');
      const mine = await create({ venueIds: [east] });
      const shared = await create({ venueIds: [east, west] });
      const foreign = await create({ venueIds: [west] });
      const listed = (await get('/admin/channels', editor)).body.items as AdminChannel[];
      const mayEdit = new Map(listed.map((one) => [one.channelId, one.mayEdit]));
      expect([mine, shared, foreign].map(({ channelId }) => mayEdit.get(channelId))).toEqual([
        true,
        false,
        undefined,
      ]);
      const bodyOf = ({ channelId: _id, demo: _demo, terms: _terms, mayEdit: _may, ...body }: AdminChannel) =>
        body;
      const update = (channel: AdminChannel, more: object = {}) =>
        put(`/admin/channels/${channel.channelId}`, { ...bodyOf(channel), ...more }, editor);
      expect(await update(mine)).toMatchObject({ status: 200, body: { version: 2 } });
      expect(await update(shared)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      expect(await update(foreign)).toMatchObject({ status: 404 });
      expect(await update({ ...mine, version: 2 }, { venueIds: [east, west] })).toMatchObject({
        status: 403,
      });
      expect(await post('/admin/channels', channelBody({ venueIds: [west] }), editor)).toMatchObject({
        status: 403,
      });
      expect(await post('/admin/channels', channelBody({ venueIds: [east] }), editor)).toMatchObject({
        status: 200,
      });
    });

    it('know their venues', async () => {
      const unknown = await post(
        '/admin/channels',
        channelBody({ venueIds: [east, newId(test.clock.now())] }),
      );
      expect(unknown).toMatchObject({ body: { details: { fields: [{ path: 'venueIds.1' }] } } });
      const twice = await post('/admin/channels', channelBody({ venueIds: [east, east] }));
      expect(twice).toMatchObject({ body: { details: { fields: [{ path: 'venueIds.1' }] } } });
    });

    it('are used where a consent can be asked for, if it needs one', async () => {
      const silent = await post('/admin/channels', channelBody({ use: 'code', sensitive: 'health' }));
      expect(silent).toMatchObject({
        body: { details: { fields: [{ path: 'sensitive', code: 'NOT_ALLOWED' }] } },
      });
    });
  });
});
