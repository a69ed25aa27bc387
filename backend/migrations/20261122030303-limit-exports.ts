import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { integer } from './support.js';

const INDEX = new TableIndex({ name: 'ix_exports_requested', columnNames: ['requestedAt'] });

/** How often a workbook was begun: one that ends the process is not begun for ever. */
export class LimitExports20261122030303 implements MigrationInterface {
  name = 'LimitExports20261122030303';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('exports', new TableColumn(integer('tries', { default: 0 })));
    await runner.createIndex('exports', INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('exports', INDEX);
    await runner.dropColumn('exports', 'tries');
  }
}
