import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { AppConfig } from '../config/config.js';
import { requireFromBackend } from '../paths.js';
import type { Dialect } from './tx.js';

/** The entities and migrations of one installation, listed by hand in `src/schema.ts`. */
export interface SchemaParts {
  readonly entities: NonNullable<DataSourceOptions['entities']>;
  readonly migrations: NonNullable<DataSourceOptions['migrations']>;
}

/**
 * Two ways into one database: `write` for units of work alone, `read` for everything else. The read side refuses to
 * write on both engines, so that nothing slips past the unit of work.
 */
export interface DataSources {
  readonly dialect: Dialect;
  readonly write: DataSource;
  readonly read: DataSource;
}

interface SqliteHandle {
  pragma(statement: string): unknown;
}

const sqliteFile = (config: AppConfig): string => join(config.dataDir, 'talent-card.sqlite');

/**
 * Names stand in it in clear: nobody else on the machine may read it, while a group that the operator let in (backups)
 * stays in. The log beside it takes over its rights.
 */
function makePrivate(file: string): void {
  if (!existsSync(file)) {
    closeSync(openSync(file, 'a', 0o600));
    return;
  }
  // Not opened here: closing it would drop the locks of another connection of this process.
  const { mode } = statSync(file);
  if ((mode & 0o007) !== 0) chmodSync(file, mode & 0o770);
}

function sqliteSource(config: AppConfig, parts: SchemaParts, readonly: boolean): DataSource {
  const file = sqliteFile(config);
  return new DataSource({
    type: 'better-sqlite3',
    driver: requireFromBackend('libsql'),
    database: file,
    prepareDatabase: (db: SqliteHandle) => {
      db.pragma('busy_timeout = 5000');
      if (readonly) {
        // libsql accepts the option `readonly` and ignores it (0.5.29), so the connection itself must refuse.
        db.pragma('query_only = ON');
        return;
      }
      db.pragma('foreign_keys = ON');
      // Erased means erased: what was deleted would otherwise lie in free pages, and in every copy of the file.
      db.pragma('secure_delete = ON');
      db.pragma('journal_mode = WAL');
      // An answered write survives a power cut; tests and demo data need not.
      db.pragma(`synchronous = ${config.APP_ENV === 'test' ? 'NORMAL' : 'FULL'}`);
    },
    ...parts,
    migrationsTransactionMode: 'each',
    synchronize: false,
  });
}

interface PooledConnection {
  query(sql: string): void;
}
interface Pool {
  on(event: 'acquire', listener: (connection: PooledConnection) => void): void;
}

function mysqlSource(config: AppConfig, url: string, parts: SchemaParts, readonly: boolean): DataSource {
  return new DataSource({
    type: 'mariadb',
    url,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    poolSize: config.DATABASE_POOL,
    // Only where units of work run: what they ask side by side travels in one packet, see query-runners.
    multipleStatements: !readonly,
    // Otherwise the driver takes a stack for each statement, in case it fails; the error that TypeORM throws has its own.
    trace: false,
    extra: { enableKeepAlive: true, connectTimeout: 5000, idleTimeout: 60_000 },
    ...parts,
    migrationsTransactionMode: 'each',
    synchronize: false,
    ...(readonly ? { migrations: [] } : {}),
  });
}

/** Sets up each pooled connection the first time it is handed out; mysql2 runs statements in order, so before any other. */
function prepareConnections(source: DataSource, statements: string[]): void {
  const { pool } = source.driver as unknown as { pool: Pool };
  const prepared = new WeakSet<PooledConnection>();
  pool.on('acquire', (connection) => {
    if (prepared.has(connection)) return;
    prepared.add(connection);
    for (const statement of statements) connection.query(statement);
  });
}

/** On Galera a read may meet a node that has not yet applied what another has committed: it waits for that. */
async function galeraSession(source: DataSource): Promise<string[]> {
  const rows: unknown = await source.query("SHOW VARIABLES LIKE 'wsrep_on'");
  const [variable] = rows as { Value?: string }[];
  return variable?.Value === 'ON' ? ['SET SESSION wsrep_sync_wait = 1'] : [];
}

export async function openDataSources(config: AppConfig, parts: SchemaParts): Promise<DataSources> {
  if (config.DATABASE_URL) {
    const write = await mysqlSource(config, config.DATABASE_URL, parts, false).initialize();
    const read = await mysqlSource(config, config.DATABASE_URL, parts, true).initialize();
    const session = [
      'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
      ...(await galeraSession(read)),
    ];
    prepareConnections(write, session);
    prepareConnections(read, [...session, 'SET SESSION TRANSACTION READ ONLY']);
    return { dialect: 'mysql', write, read };
  }
  mkdirSync(config.dataDir, { recursive: true });
  makePrivate(sqliteFile(config));
  const write = await sqliteSource(config, parts, false).initialize();
  const read = await sqliteSource(config, { ...parts, migrations: [] }, true).initialize();
  return { dialect: 'sqlite', write, read };
}

export async function closeDataSources(sources: DataSources): Promise<void> {
  await sources.read.destroy();
  if (sources.dialect === 'sqlite') {
    // Closing a libsql connection leaves the write-ahead log behind; folded in, the one file is the whole database.
    const { databaseConnection } = sources.write.driver as unknown as { databaseConnection: SqliteHandle };
    databaseConnection.pragma('wal_checkpoint(TRUNCATE)');
  }
  await sources.write.destroy();
}
