import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  anybody,
  apply,
  confirmPerson,
  listInRoster,
  signInSomebody,
  type TestPerson,
} from '../../../test/card-fixtures.js';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { rosterContentOf } from '../../core/people/sandbox/personas.js';
import { system } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { CardRow } from './card.entity.js';
import { CardsRepository } from './cards.repository.js';
import { Cards } from './cards.service.js';

const CALLERS = 50;

/** SQLite cannot drop a constraint of a table: the table is made anew from its own definition without it. */
async function dropUniqueKey(tx: Tx): Promise<void> {
  if (tx.dialect === 'mysql') {
    await tx.manager.query('ALTER TABLE cards DROP INDEX uq_cards_valid');
    return;
  }
  const [table] = await tx.manager.query<{ sql: string }[]>(
    "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'cards'",
  );
  const sql = table?.sql.replace(/,\s*CONSTRAINT "uq_cards_valid" UNIQUE \([^)]*\)/, '') ?? '';
  expect(sql).not.toBe(table?.sql);
  for (const statement of ['DELETE FROM card_events', 'DROP TABLE cards', sql]) {
    await tx.manager.query(statement);
  }
}

/** Fifty callers issue a card to one person at the same moment; on MariaDB half of them on another node. */
describe('one valid card of a kind', () => {
  let test: TestApp;
  let nodes: NestFastifyApplication[];
  beforeAll(async () => {
    test = await createTestApp();
    nodes = TEST_DATABASE === 'mariadb' ? [test.app, await test.secondNode()] : [test.app];
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());

  async function issueAtOnce(personId: string): Promise<string[]> {
    const settled = await Promise.allSettled(
      Array.from({ length: CALLERS }, (_, i) => {
        const node = nodes[i % nodes.length] ?? test.app;
        const cards = node.get(Cards, { strict: false });
        return node.get(UnitOfWork).run((tx) =>
          cards.issue(tx, system('test'), {
            personId,
            kind: 'talent',
            category: '1',
            cardClass: null,
            zoneCode: '371002',
            caseId: null,
            rosterEntryId: null,
          }),
        );
      }),
    );
    return settled.map((one) => {
      if (one.status === 'fulfilled') return 'issued';
      return one.reason instanceof DomainError ? one.reason.code : String(one.reason);
    });
  }
  const stored = () => test.app.get(ReadDatabase).manager;
  const validOf = (personId: string) => stored().countBy(CardRow, { personId, status: 'active' });

  it('is issued exactly once, and the others are told', async () => {
    const personId = await confirmPerson(test, anybody());
    const answers = await issueAtOnce(personId);
    expect(answers.filter((answer) => answer === 'issued')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'CARD_ALREADY_VALID')).toHaveLength(CALLERS - 1);
    expect(await validOf(personId)).toBe(1);
  });

  it('is issued once more after the first was revoked, again exactly once', async () => {
    const personId = await confirmPerson(test, anybody());
    await issueAtOnce(personId);
    const card = await stored().findOneByOrFail(CardRow, { personId });
    await test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app
          .get(Cards, { strict: false })
          .move(tx, system('test'), card.id, 'revoke', { reason: '更换' }),
      );
    const answers = await issueAtOnce(personId);
    expect(answers.filter((answer) => answer === 'issued')).toHaveLength(1);
    expect(await validOf(personId)).toBe(1);
  });

  it('finds a free number when one is taken', async () => {
    const repository = test.app.get(CardsRepository, { strict: false });
    const insert = repository.insert.bind(repository);
    const taken = await stored().findOneByOrFail(CardRow, { status: 'active' });
    let tries = 0;
    jest.spyOn(repository, 'insert').mockImplementation((tx, card) => {
      tries += 1;
      return insert(tx, tries === 1 ? { ...card, number: taken.number } : card);
    });
    const personId = await confirmPerson(test, anybody());
    const card = await test.app.get(UnitOfWork).run((tx) =>
      test.app.get(Cards, { strict: false }).issue(tx, system('test'), {
        personId,
        kind: 'talent',
        category: null,
        cardClass: null,
        zoneCode: '371002',
        caseId: null,
        rosterEntryId: null,
      }),
    );
    expect(tries).toBe(2);
    expect(card.number).not.toBe(taken.number);
  });

  it('comes to each of forty people of one roster who apply at once', async () => {
    const crowd = Array.from({ length: 40 }, () => anybody());
    await listInRoster(test, crowd.map(rosterContentOf));
    const people: TestPerson[] = [];
    for (const who of crowd) people.push(await signInSomebody(test, who));
    const answers = await Promise.all(people.map((person) => apply(test, person)));
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(
      Array(crowd.length).fill([200, 'approved']),
    );
    expect(new Set(answers.map(({ body }) => body.cardId)).size).toBe(crowd.length);
    expect(new Set(answers.map(({ body }) => body.caseNumber)).size).toBe(crowd.length);
  });

  it('comes once to somebody who taps ten times, with ten keys', async () => {
    const person = await signInSomebody(test, anybody(), true);
    const answers = await Promise.all(Array.from({ length: 10 }, () => apply(test, person)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'CARD_ALREADY_VALID')).toHaveLength(9);
    expect(await validOf(person.personId)).toBe(1);
  });

  // Last, since it takes the guard away from the database.
  it('control: without the unique key more than one is issued', async () => {
    await test.app.get(UnitOfWork).run(dropUniqueKey);
    const personId = await confirmPerson(test, anybody());
    const answers = await issueAtOnce(personId);
    expect(answers.filter((answer) => answer === 'issued').length).toBeGreaterThan(1);
    expect(await validOf(personId)).toBeGreaterThan(1);
  });
});
