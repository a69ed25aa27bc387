import type { QueryRunner } from 'typeorm';
import type { DataSources } from './data-sources.js';
import type { Dialect, Statement } from './tx.js';

/** What TypeORM's better-sqlite3 driver keeps between calls, see its `createQueryRunner`. */
interface SqliteDriver {
  queryRunner?: QueryRunner;
  databaseConnection: object;
}
interface SqliteConnection {
  readonly inTransaction: boolean;
  exec(sql: string): void;
}
interface SqliteRunner {
  isReleased: boolean;
  stmtCache: Map<string, unknown>;
}

/** What one unit of work talks to the database through. */
export interface UnitRunner {
  readonly runner: QueryRunner;
  /**
   * From here on only COMMIT and ROLLBACK pass. Of statements that run side by side one may fail while others have yet
   * to ask: after the ROLLBACK they would write outside of any transaction.
   * @param last run before COMMIT, which only follows where all of them succeed
   */
  end(last?: readonly Statement[]): void;
}

/**
 * A source of query runners, one for each unit of work.
 *
 * TypeORM has a single runner for a SQLite DataSource that is never released, so a `tx` kept beyond its unit would go
 * on writing, into the transaction of whoever runs next. Here each unit gets a runner of its own on the one
 * connection, with the prepared statements of those before it, and `release` ends it as on other engines.
 */
export function freshRunners({ dialect, write }: DataSources): () => UnitRunner {
  const create = write.createQueryRunner.bind(write);
  if (dialect !== 'sqlite') {
    return () => {
      const runner = create();
      runner.query = inPackets(runner);
      return endable(runner, 'together');
    };
  }
  const driver = write.driver as unknown as SqliteDriver;
  let prepared: { connection: object; statements: Map<string, unknown> } | undefined;
  return () => {
    delete driver.queryRunner;
    const runner = create();
    const cached = runner as unknown as SqliteRunner;
    if (prepared?.connection === driver.databaseConnection) cached.stmtCache = prepared.statements;
    else prepared = { connection: driver.databaseConnection, statements: cached.stmtCache };
    runner.query = oneByOne(runner);
    return endable(runner, 'in turn');
  };
}

type Query = QueryRunner['query'];
type Ask = (sql: string, values?: unknown[], structured?: boolean) => Promise<unknown>;
const nothing = (): void => undefined;
const ENDS = new Set(['COMMIT', 'ROLLBACK']);

/** @param commit `together`: the last statements and COMMIT are one packet, which the server leaves at the first error */
function endable(runner: QueryRunner, commit: 'together' | 'in turn'): UnitRunner {
  const query: Ask = runner.query.bind(runner);
  let over = false;
  let before: readonly Statement[] = [];
  const end = async (sql: string): Promise<unknown> => {
    const last = sql === 'COMMIT' ? before : [];
    if (commit === 'together') {
      return Promise.all([...last.map((one) => query(one.sql, [...one.values])), query(sql)]);
    }
    for (const one of last) await query(one.sql, [...one.values]);
    return query(sql);
  };
  const ask: Ask = (...asked) => {
    if (!over) return query(...asked);
    if (ENDS.has(asked[0])) return end(asked[0]);
    return Promise.reject(new Error('a statement after the end of its unit of work'));
  };
  runner.query = ask as Query;
  return {
    runner,
    end: (last = []) => {
      over = true;
      before = last;
    },
  };
}

/** Runs statements in the order in which they were asked, also where preparing one takes a turn longer than another. */
function oneByOne(runner: QueryRunner): Query {
  const query: Ask = runner.query.bind(runner);
  let before: Promise<unknown> = Promise.resolve();
  const ask: Ask = (...asked) => {
    const result = before.then(() => query(...asked));
    before = result.catch(nothing);
    return result;
  };
  return ask as Query;
}

interface Asked {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly settle: (result: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Sends what is asked side by side as one packet: `await Promise.all([…])` of five statements is one round trip instead
 * of five, and each of them wakes a process on either side, which costs more than most statements do. They run one
 * after another in the order in which they were asked; where one fails, the others fail with it, and the unit is over.
 * BEGIN waits for the first of them.
 */
function inPackets(runner: QueryRunner): Query {
  const send: Ask = runner.query.bind(runner);
  let asked: Asked[] = [];
  const flush = (): void => {
    const packet = asked;
    asked = [];
    const [first, ...others] = packet;
    if (!first) return;
    if (others.length === 0) {
      send(first.sql, [...first.values]).then(first.settle, first.fail);
      return;
    }
    const values: unknown[] = [];
    for (const one of packet) for (const value of one.values) values.push(value);
    send(packet.map(({ sql }) => sql).join(';\n'), values).then(
      (results) => {
        packet.forEach(({ settle }, index) => {
          settle((results as unknown[])[index]);
        });
      },
      (error: unknown) => {
        for (const { fail } of packet) fail(error);
      },
    );
  };
  const ask: Ask = (sql, values = [], structured = false) => {
    if (structured) {
      flush();
      return send(sql, values, true);
    }
    if (sql === 'START TRANSACTION') {
      asked.push({ sql, values, settle: nothing, fail: nothing });
      return Promise.resolve();
    }
    return new Promise((settle, fail) => {
      // Promises are gone through before the next tick: whoever asks next in this turn is of the same packet.
      if (asked.every((one) => one.settle === nothing)) process.nextTick(flush);
      asked.push({ sql, values, settle, fail });
    });
  };
  return ask as Query;
}

/** Gives the connection back; the runner, and every `tx` made from it, answers with an error from now on. */
export async function release(runner: QueryRunner): Promise<void> {
  await runner.release();
  (runner as unknown as SqliteRunner).isReleased = true;
}

/**
 * The last resort when a roll-back failed. MariaDB rolls back when the connection goes. SQLite's single connection
 * cannot go: libsql keeps a closed one, and its write lock, for as long as a prepared statement of it is alive. There
 * the roll-back is repeated past TypeORM; SQLite may also have done it by itself (disk full, out of memory). Should
 * even that fail, the next BEGIN is refused, so every unit fails aloud instead of joining a dead transaction.
 */
export async function abandon(runner: QueryRunner, dialect: Dialect): Promise<void> {
  const connection: unknown = await runner.connect();
  if (dialect === 'mysql') (connection as { destroy(): void }).destroy();
  else if ((connection as SqliteConnection).inTransaction) (connection as SqliteConnection).exec('ROLLBACK');
}
