import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonalDataExport } from '@talent-card/shared/accounts/schema';
import { CaseRow } from '../src/core/casework/case.entity.js';
import { NO_SHOWS_JOB } from '../src/features/bookings/no-shows.service.js';
import { CardRow } from '../src/features/cards/card.entity.js';
import { SEND_JOB } from '../src/features/messages/deliveries.js';
import { DeliveryRow } from '../src/features/messages/delivery.entity.js';
import { MessageRow } from '../src/features/messages/message.entity.js';
import { SandboxPersonas } from '../src/platform/accounts/sandbox-personas.js';
import { ReadDatabase } from '../src/platform/database/database.module.js';
import { Jobs } from '../src/platform/jobs/jobs.js';
import { OutboxMessage } from '../src/platform/outbox/outbox-message.entity.js';
import { makeChannel, makeSlot, signInHolder } from './booking-fixtures.js';
import { anybody, apply, call, signInSomebody } from './card-fixtures.js';
import { createTestApp, TEST_DATABASE, type TestApp } from './harness.js';
import { newKey, signInPerson, signInProved } from './sign-in.js';

/** Every feature together: what one registers for export and erasure must not stand in another's way. */
describe('a person who leaves', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  it('takes everything along, is erased, and may begin anew', async () => {
    const person = await signInProved(test);
    const call = (method: 'GET' | 'POST', path: string, payload?: object) =>
      test.app.inject({
        method,
        url: `/api/v1${path}`,
        headers: { ...person.headers, 'idempotency-key': newKey() },
        ...(payload ? { payload } : {}),
      });
    const exported = (await call('GET', '/me/export')).json<PersonalDataExport>();
    expect(exported.person).toMatchObject({ maskedIdentityNumber: expect.stringContaining('*') });
    expect(Object.keys(exported.sections)).toEqual(
      expect.arrayContaining([
        'cards',
        'applications',
        'messages',
        'message-deliveries',
        'message-subscriptions',
        'ratings',
        'code-devices',
        'clerk-devices',
        'uses',
      ]),
    );

    expect((await call('POST', '/me/erase', { confirm: 'ERASE' })).statusCode).toBe(204);
    expect((await call('GET', '/me')).json()).toMatchObject({ code: 'ACCOUNT_ERASED' });

    const [persona] = test.app.get(SandboxPersonas).listCitizens();
    const { manager } = test.app.get(ReadDatabase);
    for (const { tableName } of manager.dataSource.entityMetadatas) {
      const rows: unknown[] = await manager.query(`SELECT * FROM ${tableName}`);
      const text = JSON.stringify(rows);
      expect([tableName, text.includes(persona?.identityNumber ?? '?')]).toEqual([tableName, false]);
      expect([tableName, text.includes(persona?.name ?? '?')]).toEqual([tableName, false]);
    }
    const again = await signInProved(test);
    expect(again.accountId).not.toBe(person.accountId);
  });

  it('leaves no word of an application under way', async () => {
    const person = await signInSomebody(test);
    const applied = await apply(test, person, { form: { offlineMaterial: true } });
    expect(applied.body).toMatchObject({ status: 'in-review' });
    const { who } = person;
    const words = [who.name, who.identityNumber, who.mobile, who.position, who.provincialCardNumber];

    expect((await call(test, 'POST', '/me/erase', person, { confirm: 'ERASE' })).status).toBe(204);
    const { manager } = test.app.get(ReadDatabase);
    for (const { tableName } of manager.dataSource.entityMetadatas) {
      const text = JSON.stringify(await manager.query(`SELECT * FROM ${tableName}`));
      expect([tableName, words.filter((word) => word && text.includes(word))]).toEqual([tableName, []]);
    }
    if (TEST_DATABASE === 'sqlite') {
      // What a delete leaves in free pages is in every copy of the file. The log is folded in first.
      await manager.query('PRAGMA wal_checkpoint(TRUNCATE)');
      const file = readFileSync(join(test.config.dataDir, 'talent-card.sqlite'));
      expect(words.filter((word) => word && file.includes(word))).toEqual([]);
    }
    const left = await manager.findOneByOrFail(CaseRow, { id: applied.body.caseId });
    expect(left).toMatchObject({ status: 'withdrawn', form: null, accountId: null });
  });

  it('gives a card up, and leaves its number to the archive', async () => {
    const person = await signInSomebody(test, anybody(), true);
    const applied = await apply(test, person);
    expect(applied.body).toMatchObject({ status: 'approved', cardId: expect.any(String) });
    const exported = (
      await test.app.inject({ url: '/api/v1/me/export', headers: person.headers })
    ).json<PersonalDataExport>();
    expect(exported.sections.cards).toHaveLength(1);
    expect(exported.sections.applications).toHaveLength(1);

    expect((await call(test, 'POST', '/me/erase', person, { confirm: 'ERASE' })).status).toBe(204);
    const card = await test.app
      .get(ReadDatabase)
      .manager.findOneByOrFail(CardRow, { id: applied.body.cardId });
    expect(card).toMatchObject({ status: 'revoked', number: expect.stringMatching(/^\d+$/) });
  });

  it('gives up what is booked, waited and asked for, and takes its words along', async () => {
    const person = await signInHolder(test);
    const gym = await makeChannel(test);
    const book = async (startsAt: string, by = person) => {
      const slotId = await makeSlot(test, gym, startsAt, 1);
      const answer = await call(test, 'POST', '/bookings', by, { slotId });
      expect(answer.status).toBe(200);
      return answer.body;
    };
    const missed = await book('2026-11-24T02:00:00.000Z');
    const coming = await book('2026-11-25T02:00:00.000Z');
    const full = await book('2026-11-26T02:00:00.000Z', await signInHolder(test));
    expect((await call(test, 'POST', '/waiting', person, { slotId: full.slotId })).status).toBe(200);
    const wish = { ...gym, from: '2026-11-24', to: '2026-11-30' };
    expect((await call(test, 'POST', '/vacancy-alerts', person, wish)).status).toBe(200);
    test.clock.set('2026-11-24T02:30:00.000Z');
    await test.app.get(Jobs).runNow(NO_SHOWS_JOB);
    const now = { ...person, ...(await signInPerson(test, person.personId)) };
    const reason = '那天在医院陪护母亲';
    const appealed = await call(test, 'POST', `/bookings/${missed.bookingId}/appeal`, now, { reason });
    expect(appealed.body).toMatchObject({ appeal: { reason } });
    const exported = (await call(test, 'GET', '/me/export', now)).body.sections;
    expect(exported.bookings).toHaveLength(3);
    expect(exported['vacancy-alerts']).toHaveLength(1);

    expect((await call(test, 'POST', '/me/erase', now, { confirm: 'ERASE' })).status).toBe(204);
    const { manager } = test.app.get(ReadDatabase);
    const rowsOf = (table: string) =>
      manager.query(`SELECT * FROM ${table} WHERE personId = ?`, [person.personId]);
    for (const table of ['waiting', 'vacancy_alerts', 'booking_people']) {
      expect([table, await rowsOf(table)]).toEqual([table, []]);
    }
    const left: { id: string; status: string }[] = await rowsOf('bookings');
    expect(left.find((one) => one.id === coming.bookingId)).toMatchObject({ status: 'cancelled' });
    for (const { tableName } of manager.dataSource.entityMetadatas) {
      const text = JSON.stringify(await manager.query(`SELECT * FROM ${tableName}`));
      expect([tableName, text.includes(reason)]).toEqual([tableName, false]);
    }
  });

  it('is told nothing of it, nor of what was on its way to them', async () => {
    const person = await signInHolder(test);
    const gym = await makeChannel(test);
    const [slotId, later] = [
      await makeSlot(test, gym, '2026-11-25T02:00:00.000Z', 1),
      await makeSlot(test, gym, '2026-11-25T04:00:00.000Z', 1),
    ];
    expect((await call(test, 'POST', '/bookings', person, { slotId })).status).toBe(200);
    await test.deliverOutbox();
    const { manager } = test.app.get(ReadDatabase);
    const { personId } = person;
    expect(await manager.countBy(MessageRow, { personId })).toBeGreaterThan(0);
    // This one has not been told when they leave.
    expect((await call(test, 'POST', '/bookings', person, { slotId: later })).status).toBe(200);

    expect((await call(test, 'POST', '/me/erase', person, { confirm: 'ERASE' })).status).toBe(204);
    await test.deliverOutbox();
    await test.app.get(Jobs).runNow(SEND_JOB);
    const topics = (await manager.find(OutboxMessage)).filter(({ payload }) => payload.includes(personId));
    expect(topics.map(({ topic }) => topic)).toEqual(
      expect.arrayContaining(['booking.booked', 'booking.cancelled', 'card.revoked']),
    );
    expect(topics.filter(({ state }) => state !== 'sent')).toEqual([]);
    expect(await manager.countBy(MessageRow, { personId })).toBe(0);
    expect(await manager.countBy(DeliveryRow, { personId })).toBe(0);
  });
});
