import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, integer, longText, moment, nullable, text } from './support.js';

export class CreateExports20261122015001 implements MigrationInterface {
  name = 'CreateExports20261122015001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'exports',
      columns: [
        id(),
        id('staffId'),
        text('kind', 20),
        longText('filter'),
        text('state', 10),
        integer('rowsDone'),
        integer('rowsTotal', nullable),
        longText('contentKey', nullable),
        moment('requestedAt'),
        moment('finishedAt', nullable),
        moment('expiresAt', nullable),
      ],
      indices: [
        { name: 'ix_exports_staff', columnNames: ['staffId', 'id'] },
        { name: 'ix_exports_state', columnNames: ['state', 'id'] },
      ],
      checks: {
        ck_exports_state: "state IN ('waiting', 'running', 'done', 'failed', 'expired')",
        ck_exports_done: "state <> 'done' OR (contentKey IS NOT NULL AND expiresAt IS NOT NULL)",
        ck_exports_over: "state NOT IN ('failed', 'expired') OR contentKey IS NULL",
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('exports');
  }
}
