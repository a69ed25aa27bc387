import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, moment, text } from './support.js';

const ofStaff = (column: string) => ({
  name: `fk_staff_access_resets_${column.toLowerCase()}`,
  columnNames: [column],
  referencedTableName: 'staff_members',
  referencedColumnNames: ['id'],
});

export class CreateStaffAccessResets20261122002400 implements MigrationInterface {
  name = 'CreateStaffAccessResets20261122002400';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'staff_access_resets',
      columns: [id(), id('staffId'), id('byStaffId'), text('reason', 500), moment('at')],
      indices: [
        { name: 'ix_staff_access_resets_staff', columnNames: ['staffId'] },
        { name: 'ix_staff_access_resets_by', columnNames: ['byStaffId'] },
      ],
      foreignKeys: [ofStaff('staffId'), ofStaff('byStaffId')],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('staff_access_resets');
  }
}
