import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, longText, moment, text } from './support.js';

export class CreateOperations20261122000100 implements MigrationInterface {
  name = 'CreateOperations20261122000100';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'operations',
      columns: [id(), moment('committedAt')],
      indices: [{ name: 'ix_operations_committed_at', columnNames: ['committedAt'] }],
    });
    await createTable(runner, {
      name: 'idempotency_records',
      columns: [
        text('owner', 40, { isPrimary: true }),
        text('key', 64, { isPrimary: true }),
        text('route', 120),
        text('requestHash', 64),
        text('outcome', 10),
        longText('answer'),
        moment('createdAt'),
      ],
      indices: [{ name: 'ix_idempotency_records_created_at', columnNames: ['createdAt'] }],
      checks: { ck_idempotency_records_outcome: "outcome IN ('done', 'refused')" },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotency_records');
    await runner.dropTable('operations');
  }
}
