import type { QueryRunner } from 'typeorm';
import type { DataSources } from './data-sources.js';
import type { Dialect } from './tx.js';

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

/**
 * A source of query runners, one for each unit of work.
 *
 * TypeORM has a single runner for a SQLite DataSource that is never released, so a `tx` kept beyond its unit would go
 * on writing, into the transaction of whoever runs next. Here each unit gets a runner of its own on the one
 * connection, with the prepared statements of those before it, and `release` ends it as on other engines.
 */
export function freshRunners({ dialect, write }: DataSources): () => QueryRunner {
  const create = write.createQueryRunner.bind(write);
  if (dialect !== 'sqlite') return () => create();
  const driver = write.driver as unknown as SqliteDriver;
  let prepared: { connection: object; statements: Map<string, unknown> } | undefined;
  return () => {
    delete driver.queryRunner;
    const runner = create();
    const cached = runner as unknown as SqliteRunner;
    if (prepared?.connection === driver.databaseConnection) cached.stmtCache = prepared.statements;
    else prepared = { connection: driver.databaseConnection, statements: cached.stmtCache };
    return runner;
  };
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
