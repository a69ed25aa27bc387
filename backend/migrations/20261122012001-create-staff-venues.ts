import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id } from './support.js';

export class CreateStaffVenues20261122012001 implements MigrationInterface {
  name = 'CreateStaffVenues20261122012001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'staff_venues',
      columns: [id('staffId', { isPrimary: true }), id('venueId', { isPrimary: true })],
      indices: [{ name: 'ix_staff_venues_venue', columnNames: ['venueId'] }],
      foreignKeys: [
        {
          name: 'fk_staff_venues_staff',
          columnNames: ['staffId'],
          referencedTableName: 'staff_members',
          referencedColumnNames: ['id'],
        },
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('staff_venues');
  }
}
