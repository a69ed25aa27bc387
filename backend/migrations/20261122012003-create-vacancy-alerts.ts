import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, moment, nullable } from './support.js';

export class CreateVacancyAlerts20261122012003 implements MigrationInterface {
  name = 'CreateVacancyAlerts20261122012003';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'vacancy_alerts',
      columns: [
        id(),
        id('personId'),
        id('channelId'),
        id('venueId'),
        day('fromDay'),
        day('toDay'),
        moment('toldAt', nullable),
        moment('createdAt'),
      ],
      uniques: [{ name: 'uq_vacancy_alerts_person', columnNames: ['personId', 'channelId', 'venueId'] }],
      indices: [{ name: 'ix_vacancy_alerts_open', columnNames: ['toldAt', 'channelId', 'venueId'] }],
      checks: { ck_vacancy_alerts_days: 'fromDay <= toDay' },
    });
    await createTable(runner, {
      name: 'booking_reminders',
      columns: [id('bookingId', { isPrimary: true }), day('serviceDate', { isPrimary: true })],
      indices: [{ name: 'ix_booking_reminders_day', columnNames: ['serviceDate'] }],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('booking_reminders');
    await runner.dropTable('vacancy_alerts');
  }
}
