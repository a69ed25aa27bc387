import type { EntityManager } from 'typeorm';
import { makeChannel, makeHolders, makeSlot } from '../../../test/booking-fixtures.js';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { statementsOf, wastefulSteps } from '../../../test/query-plans.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { BookingsRepository } from './bookings.repository.js';
import { Bookings } from './bookings.service.js';
import { BookingsAdminRepository } from './bookings-admin.repository.js';

const TOMORROW_9 = '2026-11-25T01:00:00.000Z';

/** What a transaction asks from here on, by turns of the event loop: each is one packet on MariaDB. */
function turnsOf({ manager }: Tx): string[][] {
  const turns: string[][] = [];
  const query = manager.query.bind(manager);
  let open: string[] | undefined;
  const ask = (sql: string, values?: unknown[]): Promise<unknown> => {
    if (!open) {
      const turn: string[] = [];
      open = turn;
      turns.push(turn);
      process.nextTick(() => {
        open = undefined;
      });
    }
    open.push(sql);
    return query(sql, values);
  };
  manager.query = ask as typeof manager.query;
  return turns;
}

describe('a batch of bookings', () => {
  let test: TestApp;
  let people: PersonPrincipal[];
  beforeAll(async () => {
    test = await createTestApp();
    people = await makeHolders(test, 6);
  });
  afterAll(() => test.close());

  /** Books for some people as the batch does; the turns it took. */
  const book = (slotId: string, some: readonly PersonPrincipal[]) =>
    test.app.get(UnitOfWork).run(async (tx) => {
      const turns = turnsOf(tx);
      const requests = some.map((principal) => ({ principal, slotId, companions: 0, note: null }));
      const bookings = test.app.get(Bookings, { strict: false });
      const outcomes = await bookings.bookMany(tx, requests, tx.atCommit);
      return { turns, refusals: outcomes.map((outcome) => (outcome.ok ? null : outcome.error.code)) };
    });
  const first = (statements: readonly string[], words: string): number =>
    statements.findIndex((sql) => sql.includes(words));

  it('asks for all it needs in two turns once the slot is known, and locks people, then pools, then counters', async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'month', most: 8 }] } });
    const slotId = await makeSlot(test, channel, TOMORROW_9, 4);
    await book(slotId, people.slice(0, 2));
    const { turns, refusals } = await book(slotId, people.slice(2, 4));
    expect(refusals).toEqual([null, null]);
    // SQLite answers before the turn is over.
    expect(turns).toHaveLength(TEST_DATABASE === 'mariadb' ? 2 : 1);
    const asked = turns.flat();
    const order = [
      'INTO booking_people',
      'FROM capacity_pools',
      'INTO quota_counters',
      'FROM quota_counters',
    ];
    const places = order.map((words) => first(asked, words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    // What it decided goes with the COMMIT.
    expect(first(asked, 'INTO bookings')).toBe(-1);
  });

  // SQLite chooses by what the schema says; what MariaDB chooses hangs on what is in the tables.
  if (TEST_DATABASE === 'sqlite') {
    it('looks rows up by what tells them apart', async () => {
      const channel = await makeChannel(test, { terms: { limits: [{ window: 'month', most: 8 }] } });
      const slotId = await makeSlot(test, channel, '2026-11-26T01:00:00.000Z', 6);
      const { turns } = await book(slotId, people);
      const asked = turns.flat();
      expect(first(asked, 'FROM cards')).not.toBe(-1);
      expect(await wastefulSteps(test.app.get(ReadDatabase).manager, asked)).toEqual([]);
    });

    it.each([
      [
        'what somebody has at a venue on a day',
        (manager: EntityManager, personId: string) =>
          test.app.get(BookingsRepository, { strict: false }).ofDay(manager, personId, '', '2026-11-26'),
      ],
      [
        'whom points still count against',
        (manager: EntityManager, personId: string) =>
          test.app
            .get(BookingsAdminRepository, { strict: false })
            .withPoints(manager, [personId], '2026-11-26'),
      ],
    ])('and %s', async (_, read) => {
      const { manager } = test.app.get(ReadDatabase);
      const asked = await statementsOf(manager, (reading) => read(reading, people[0]?.personId ?? ''));
      expect(asked.some((sql) => sql.includes('bookings'))).toBe(true);
      expect(await wastefulSteps(manager, asked)).toEqual([]);
    });
  }

  it('locks no counters of a slot that was full before, and still says so', async () => {
    const slotId = await makeSlot(test, await makeChannel(test), TOMORROW_9, 1);
    expect((await book(slotId, people.slice(4, 5))).refusals).toEqual([null]);
    await book(slotId, people.slice(5));
    const { turns, refusals } = await book(slotId, people.slice(5));
    expect(refusals).toEqual(['SLOT_FULL']);
    expect(first(turns.flat(), 'quota_counters')).toBe(-1);
  });
});
