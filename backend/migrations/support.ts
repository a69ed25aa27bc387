import {
  type QueryRunner,
  Table,
  TableCheck,
  type TableColumnOptions,
  type TableForeignKeyOptions,
  type TableIndexOptions,
  type TableUniqueOptions,
} from 'typeorm';

export interface TablePlan {
  readonly name: string;
  readonly columns: TableColumnOptions[];
  readonly uniques?: TableUniqueOptions[];
  readonly indices?: TableIndexOptions[];
  readonly foreignKeys?: TableForeignKeyOptions[];
  /** Name and SQL expression of each CHECK; the database keeps these promises whatever the code does. */
  readonly checks?: Record<string, string>;
}

export const isSqlite = (runner: QueryRunner): boolean => runner.connection.options.type === 'better-sqlite3';

/**
 * One table on both engines. TypeORM refuses CHECK on MySQL's family, so there it is added by hand; SQLite can only
 * have it inside CREATE TABLE.
 */
export async function createTable(runner: QueryRunner, plan: TablePlan): Promise<void> {
  const { checks = {}, ...table } = plan;
  const named = Object.entries(checks).map(([name, expression]) => new TableCheck({ name, expression }));
  await runner.createTable(new Table({ ...table, checks: isSqlite(runner) ? named : [] }));
  if (isSqlite(runner)) return;
  for (const { name, expression } of named) {
    await runner.query(`ALTER TABLE \`${plan.name}\` ADD CONSTRAINT \`${name}\` CHECK (${expression})`);
  }
}

export const id = (name = 'id', more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: '26',
  isPrimary: name === 'id',
  ...more,
});
export const text = (
  name: string,
  length: number,
  more: Partial<TableColumnOptions> = {},
): TableColumnOptions => ({ name, type: 'varchar', length: String(length), ...more });
/** A moment, UTC, milliseconds. */
export const moment = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'datetime',
  precision: 3,
  ...more,
});
/** A service day. As text, so that no driver moves it between time zones. */
export const day = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions =>
  text(name, 10, more);
export const integer = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'int',
  ...more,
});
export const longText = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'text',
  ...more,
});
export const nullable = { isNullable: true } as const;
