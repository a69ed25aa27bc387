import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { integer } from './support.js';

/** What a citizen writes and the erasure of their account wait for each other at this row. */
export class TakeTurnsOfAccounts20261123040101 implements MigrationInterface {
  name = 'TakeTurnsOfAccounts20261123040101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('accounts', new TableColumn(integer('turns', { default: 0 })));
  }

  async down(runner: QueryRunner): Promise<void> {
    // In plain SQL: TypeORM makes the table anew on SQLite, which the consents that point at it forbid.
    await runner.query('ALTER TABLE accounts DROP COLUMN turns');
  }
}
