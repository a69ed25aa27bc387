import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, moment, nullable, text } from './support.js';

export class CreateCalendarOverrides20261122003100 implements MigrationInterface {
  name = 'CreateCalendarOverrides20261122003100';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'calendar_overrides',
      columns: [
        day('date', { isPrimary: true }),
        text('kind', 20),
        text('name', 50, nullable),
        id('overriddenBy'),
        moment('overriddenAt'),
      ],
      checks: { ck_calendar_overrides_kind: "kind IN ('holiday', 'workday', 'make-up-workday')" },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('calendar_overrides');
  }
}
