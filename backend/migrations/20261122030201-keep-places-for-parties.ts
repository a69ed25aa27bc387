import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Written out: TypeORM would copy the whole table on SQLite to add a column. */
const COLUMNS = [
  ['capacity_pools', 'shrinkTo', 'int NULL'],
  ['capacity_class_limits', 'shrinkTo', 'int NULL'],
  ['capacity_waiters', 'keepUntil', 'datetime(3) NULL'],
  ['capacity_waiters', 'kept', 'int NOT NULL DEFAULT 0'],
] as const;

export class KeepPlacesForParties20261122030201 implements MigrationInterface {
  name = 'KeepPlacesForParties20261122030201';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column, type] of COLUMNS) {
      if (await runner.hasColumn(table, column)) continue;
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
    }
    // Who has an offer has all their places.
    await runner.query('UPDATE capacity_waiters SET kept = amount WHERE offeredUntil IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of [...COLUMNS].reverse()) {
      await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    }
  }
}
