import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, moment, text } from './support.js';

export class CreateStaffReasons20261122004003 implements MigrationInterface {
  name = 'CreateStaffReasons20261122004003';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'staff_reasons',
      columns: [
        id(),
        id('personId'),
        text('action', 20),
        text('reason', 500),
        id('staffId'),
        moment('createdAt'),
      ],
      indices: [{ name: 'ix_staff_reasons_person', columnNames: ['personId'] }],
      foreignKeys: [
        {
          name: 'fk_staff_reasons_person',
          columnNames: ['personId'],
          referencedTableName: 'persons',
          referencedColumnNames: ['id'],
        },
      ],
      checks: { ck_staff_reasons_action: "action IN ('reveal-identity', 'unbind')" },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('staff_reasons');
  }
}
