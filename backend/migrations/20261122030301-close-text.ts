import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { createTable, isSqlite, longText, moment, text } from './support.js';

/** They held 500 characters in clear; closed they are longer. */
const WIDENED = ['staff_reasons', 'staff_access_resets'] as const;

/** The words themselves are closed by the job `crypto.close-text`: a migration has no keys. */
export class CloseText20261122030301 implements MigrationInterface {
  name = 'CloseText20261122030301';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'closed_columns',
      columns: [text('name', 120, { isPrimary: true }), moment('closedAt')],
    });
    for (const table of WIDENED) await widen(runner, table);
  }

  /** The columns stay wide: what they hold may not fit any more. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('closed_columns');
  }
}

async function widen(runner: QueryRunner, table: string): Promise<void> {
  if (isSqlite(runner)) {
    await runner.changeColumn(table, 'reason', new TableColumn(longText('reason')));
    return;
  }
  // TypeORM would drop the column and add it anew, without its values.
  await runner.query(`ALTER TABLE \`${table}\` MODIFY \`reason\` text NOT NULL`);
}
