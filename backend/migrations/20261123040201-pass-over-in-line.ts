import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Written out: TypeORM would copy the whole table on SQLite to add a column. */
const COLUMNS = [
  ['capacity_waiters', 'passedOver', 'boolean NOT NULL DEFAULT FALSE'],
  ['waiting', 'reason', 'varchar(10) NULL'],
] as const;

export class PassOverInLine20261123040201 implements MigrationInterface {
  name = 'PassOverInLine20261123040201';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column, type] of COLUMNS) {
      if (await runner.hasColumn(table, column)) continue;
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of [...COLUMNS].reverse()) {
      await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    }
  }
}
