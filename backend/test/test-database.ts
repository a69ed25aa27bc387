import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { type AppConfig, loadConfig } from '../src/platform/config/config.js';
import { closeDataSources, openDataSources } from '../src/platform/database/data-sources.js';
import { migrate } from '../src/platform/database/migrate.js';
import { schema } from '../src/schema.js';

export interface TestDatabase {
  /** What points the service at it. */
  readonly environment: Record<string, string>;
  drop(): Promise<void>;
}

/** Migrating takes longer than a test: it is done once a run, and each test app gets a copy. */
export function createTestDatabase(engine: 'sqlite' | 'mariadb', dataDir: string): Promise<TestDatabase> {
  return engine === 'mariadb' ? createMariaDb() : createSqlite(dataDir);
}

async function migrated(config: AppConfig): Promise<void> {
  const sources = await openDataSources(config, schema);
  try {
    await migrate(sources);
  } finally {
    await closeDataSources(sources);
  }
}

function runFolder(): string {
  const folder = process.env.TEST_RUN_DIR;
  if (!folder) throw new Error('run tests through jest: its global set-up makes the folder of templates');
  return folder;
}

/** Name of the migrated template; another set of migrations makes another. */
const templateName = (): string =>
  `template_${createHash('sha256')
    .update(schema.migrations.map((migration) => migration.name).join())
    .digest('hex')
    .slice(0, 12)}`;

const SQLITE_FILE = 'talent-card.sqlite';

async function createSqlite(dataDir: string): Promise<TestDatabase> {
  const template = join(runFolder(), `${templateName()}.sqlite`);
  if (!existsSync(template)) {
    const folder = mkdtempSync(join(runFolder(), 'making-'));
    await migrated(loadConfig({ APP_ENV: 'test', DATA_DIR: folder }));
    renameSync(join(folder, SQLITE_FILE), template);
    rmSync(folder, { recursive: true });
  }
  mkdirSync(dataDir, { recursive: true });
  copyFileSync(template, join(dataDir, SQLITE_FILE));
  return { environment: {}, drop: async () => undefined };
}

function serverUrl(): string {
  const url = process.env.TEST_MARIADB_URL;
  if (!url) throw new Error('TEST_DATABASE=mariadb needs the server that the global set-up starts');
  return url;
}

const COLLATION = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

async function createMariaDb(): Promise<TestDatabase> {
  const server = serverUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  const connection = await createConnection({ uri: server, multipleStatements: true });
  try {
    const template = templateName();
    // Two workers may want the first template at once.
    await connection.query('SELECT GET_LOCK(?, 60)', [template]);
    const [there] = await connection.query<RowDataPacket[]>('SHOW DATABASES LIKE ?', [`${template}_done`]);
    if (there.length === 0) {
      await connection.query(`CREATE OR REPLACE DATABASE ${template} ${COLLATION}`);
      await migrated(loadConfig({ APP_ENV: 'test', DATABASE_URL: server + template, DATABASE_POOL: '2' }));
      await connection.query(`CREATE DATABASE ${template}_done`);
    }
    await connection.query('SELECT RELEASE_LOCK(?)', [template]);
    await copyDatabase(connection, template, name);
  } finally {
    await connection.end();
  }
  return {
    environment: { DATABASE_URL: server + name },
    drop: async () => {
      const dropper = await createConnection({ uri: server });
      await dropper.query(`DROP DATABASE ${name}`);
      await dropper.end();
    },
  };
}

type Connection = Awaited<ReturnType<typeof createConnection>>;

async function copyDatabase(connection: Connection, from: string, to: string): Promise<void> {
  const [tables] = await connection.query<RowDataPacket[]>(
    `SELECT TABLE_NAME AS name FROM information_schema.TABLES
      WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE'`,
    [from],
  );
  const statements = [`CREATE DATABASE ${to} ${COLLATION}`, `USE ${to}`, 'SET FOREIGN_KEY_CHECKS = 0'];
  for (const { name } of tables as { name: string }[]) {
    const [[made]] = await connection.query<RowDataPacket[]>(`SHOW CREATE TABLE ${from}.\`${name}\``);
    statements.push(String(made?.['Create Table']));
    const [[row]] = await connection.query<RowDataPacket[]>(`SELECT 1 FROM ${from}.\`${name}\` LIMIT 1`);
    if (row) statements.push(await copyRows(connection, from, name));
  }
  statements.push('SET FOREIGN_KEY_CHECKS = 1');
  await connection.query(statements.join(';\n'));
}

/** A generated column cannot be inserted. */
async function copyRows(connection: Connection, from: string, table: string): Promise<string> {
  const [columns] = await connection.query<RowDataPacket[]>(
    `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND COALESCE(GENERATION_EXPRESSION, '') = ''`,
    [from, table],
  );
  const list = (columns as { name: string }[]).map(({ name }) => `\`${name}\``).join(', ');
  return `INSERT INTO \`${table}\` (${list}) SELECT ${list} FROM ${from}.\`${table}\``;
}
