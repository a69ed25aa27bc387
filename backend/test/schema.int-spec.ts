import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryRunner, Table, TableColumn } from 'typeorm';
import { loadConfig } from '../src/platform/config/config.js';
import {
  closeDataSources,
  type DataSources,
  openDataSources,
} from '../src/platform/database/data-sources.js';
import { migrate, NewerDatabaseError } from '../src/platform/database/migrate.js';
import { BACKEND_ROOT } from '../src/platform/paths.js';
import { schema } from '../src/schema.js';
import { TEST_DATABASE } from './harness.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** TypeORM's own tables. */
const BOOKKEEPING = ['migrations', 'typeorm_metadata', 'sqlite_sequence'];

describe('the schema', () => {
  let dataDir: string;
  let database: TestDatabase;
  let sources: DataSources;
  let runner: QueryRunner;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'talent-card-schema-'));
    database = await createTestDatabase(TEST_DATABASE, dataDir);
    sources = await openDataSources(
      loadConfig({ APP_ENV: 'test', DATA_DIR: dataDir, ...database.environment }),
      schema,
    );
    runner = sources.write.createQueryRunner();
  });
  afterAll(async () => {
    await runner.release();
    await closeDataSources(sources);
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const nameOf = (table: Table): string => table.name.split('.').at(-1) ?? table.name;
  const tables = async (): Promise<Table[]> => {
    if (TEST_DATABASE === 'sqlite') return runner.getTables();
    // By name: without, TypeORM lists every database of the server, where other tests drop theirs meanwhile.
    const own: { name: string }[] = await runner.query(
      'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
    );
    return own.length === 0 ? [] : runner.getTables(own.map(({ name }) => name));
  };

  it('has a table for each entity and an entity for each table', async () => {
    const there = (await tables()).map(nameOf).filter((name) => !BOOKKEEPING.includes(name));
    const wanted = sources.write.entityMetadatas.map((entity) => entity.tableName);
    expect(there.sort()).toEqual(wanted.sort());
  });

  it('keeps every unique key, CHECK, foreign key and index that a migration names', async () => {
    const folder = join(BACKEND_ROOT, 'migrations');
    const written = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const named = [...new Set(written.match(/\b(?:uq|ck|fk|ix)_[a-z_]+\b(?!\$)/g))];
    const rows: { name: string }[] = await runner.query(
      TEST_DATABASE === 'sqlite'
        ? 'SELECT sql AS name FROM sqlite_master WHERE sql IS NOT NULL'
        : `SELECT CONSTRAINT_NAME AS name FROM information_schema.TABLE_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()
           UNION SELECT INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()`,
    );
    const there = new Set(rows.flatMap(({ name }) => name.match(/\b(?:uq|ck|fk|ix)_[a-z_]+\b/g) ?? []));
    expect(named.length).toBeGreaterThan(90);
    expect(named.filter((name) => !there.has(name))).toEqual([]);
  });

  /**
   * The columns are compared one by one, rather than by asking TypeORM's schema builder for its log: that would also
   * list every index, foreign key, CHECK and default, which are the migrations' business alone, and every generated
   * column, whose expression each engine words anew.
   */
  it('has the columns that the entities say', async () => {
    const { driver } = sources.write;
    const differences: string[] = [];
    const all = await tables();
    for (const entity of sources.write.entityMetadatas) {
      const columns = new Map(
        all
          .find((table) => nameOf(table) === entity.tableName)
          ?.columns.map((column) => [column.name, column]),
      );
      for (const wanted of entity.columns) {
        const where = `${entity.tableName}.${wanted.databaseName}`;
        const column = columns.get(wanted.databaseName);
        columns.delete(wanted.databaseName);
        if (!column) {
          differences.push(`${where} is missing`);
          continue;
        }
        const expected = {
          type: driver.normalizeType(wanted),
          length: driver.getColumnLength(wanted),
          precision: wanted.precision ?? null,
          isNullable: wanted.generatedType === undefined && wanted.isNullable,
          isPrimary: wanted.isPrimary,
          isGenerated: wanted.generatedType !== undefined,
        };
        const actual = described(column, expected);
        if (JSON.stringify(actual) !== JSON.stringify(expected))
          differences.push(
            `${where} is ${JSON.stringify(actual)}, the entity says ${JSON.stringify(expected)}`,
          );
      }
      for (const name of columns.keys()) differences.push(`${entity.tableName}.${name} is in no entity`);
    }
    expect(differences).toEqual([]);
  });

  /** What the database says of a column; SQLite keeps neither lengths nor precisions apart from the type. */
  const described = (column: TableColumn, expected: { length: string; precision: number | null }) => ({
    type: sources.write.driver.normalizeType({ type: column.type }),
    length: column.length || expected.length,
    // MariaDB says of a double how many digits it shows.
    precision: column.type === 'double' ? expected.precision : (column.precision ?? expected.precision),
    // MariaDB lets a generated column be neither NULL nor NOT NULL; its expression decides.
    isNullable: column.generatedType === undefined && column.isNullable,
    isPrimary: column.isPrimary,
    isGenerated: column.generatedType !== undefined,
  });

  it('goes all the way down, and up again to the same', async () => {
    const shape = async () =>
      (await tables())
        .filter((table) => !BOOKKEEPING.includes(nameOf(table)))
        .map((table) => ({
          table: nameOf(table),
          columns: table.columns.map(({ name, type, isNullable }) => [name, type, isNullable]).sort(),
          indices: [...table.indices, ...table.uniques].map(({ name }) => name).sort(),
          foreignKeys: table.foreignKeys.map(({ name }) => name).sort(),
        }))
        .sort((a, b) => (a.table < b.table ? -1 : 1));
    const before = await shape();
    for (let left = schema.migrations.length; left > 0; left -= 1) await sources.write.undoLastMigration();
    expect(await shape()).toEqual([]);
    await migrate(sources);
    expect(await shape()).toEqual(before);
  });

  it('takes the turns of accounts back while accounts stand', async () => {
    const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
    const at = '2026-11-24 01:12:00.000';
    const names = schema.migrations.map(({ name }) => name);
    const down = names.length - names.indexOf('TakeTurnsOfAccounts20261123040101');
    const rows = () => runner.query('SELECT id, turns FROM accounts');
    await runner.query(
      `INSERT INTO accounts (id, status, openidIndex, locale, turns, createdAt) VALUES ('${id}', 'active', 'x', 'zh-CN', 3, '${at}')`,
    );
    await runner.query(
      `INSERT INTO consents (id, accountId, purpose, version, grantedAt) VALUES ('${id}', '${id}', 'real-name', '1', '${at}')`,
    );
    for (let left = down; left > 0; left -= 1) await sources.write.undoLastMigration();
    await expect(rows()).rejects.toThrow(/turns/);
    await migrate(sources);
    expect(await rows()).toEqual([{ id, turns: 0 }]);
    expect(await runner.query('SELECT accountId FROM consents')).toEqual([{ accountId: id }]);
    await runner.query('DELETE FROM consents');
    await runner.query('DELETE FROM accounts');
  });

  it('refuses a database that a newer version has migrated', async () => {
    await runner.query(`INSERT INTO migrations (timestamp, name) VALUES (1, 'FromTheFuture20990101000000')`);
    await expect(migrate(sources)).rejects.toThrow(NewerDatabaseError);
    await runner.query(`DELETE FROM migrations WHERE name = 'FromTheFuture20990101000000'`);
  });
});
