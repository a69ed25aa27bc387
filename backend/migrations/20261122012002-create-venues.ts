import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, integer, longText, moment, nullable, text } from './support.js';

const ofVenue = (name: string) => ({
  name,
  columnNames: ['venueId'],
  referencedTableName: 'venues',
  referencedColumnNames: ['id'],
});

export class CreateVenues20261122012002 implements MigrationInterface {
  name = 'CreateVenues20261122012002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'venues',
      columns: [
        id(),
        text('nameZh', 60),
        text('nameEn', 120),
        text('zoneCode', 20),
        text('addressZh', 120),
        text('addressEn', 200),
        { name: 'latitude', type: 'double', ...nullable },
        { name: 'longitude', type: 'double', ...nullable },
        text('phone', 30),
        longText('openingHours'),
        { name: 'closedOnHolidays', type: 'boolean' },
        longText('noticeZh', nullable),
        longText('noticeEn', nullable),
        text('status', 10),
        { name: 'demo', type: 'boolean' },
        moment('createdAt'),
        integer('version'),
        integer('shapings'),
      ],
      indices: [{ name: 'ix_venues_zone', columnNames: ['zoneCode'] }],
      checks: { ck_venues_status: "status IN ('open', 'closed')" },
    });
    await createTable(runner, {
      name: 'venue_schedules',
      columns: [
        id(),
        id('venueId'),
        id('channelId'),
        integer('weekday'),
        text('fromTime', 5),
        text('toTime', 5),
        integer('slotMinutes'),
        integer('capacity'),
        longText('classCapacities'),
        day('effectiveFrom'),
        day('effectiveTo', nullable),
        integer('version'),
      ],
      indices: [{ name: 'ix_venue_schedules_venue', columnNames: ['venueId', 'channelId'] }],
      foreignKeys: [ofVenue('fk_venue_schedules_venue')],
      checks: {
        ck_venue_schedules_weekday: 'weekday BETWEEN 1 AND 7',
        ck_venue_schedules_times: 'fromTime < toTime AND slotMinutes > 0 AND capacity > 0',
        ck_venue_schedules_days: 'effectiveTo IS NULL OR effectiveFrom <= effectiveTo',
      },
    });
    await createTable(runner, {
      name: 'venue_exceptions',
      columns: [id(), id('venueId'), day('date'), longText('open'), text('noteZh', 100), text('noteEn', 200)],
      uniques: [{ name: 'uq_venue_exceptions_day', columnNames: ['venueId', 'date'] }],
      foreignKeys: [ofVenue('fk_venue_exceptions_venue')],
    });
    await createTable(runner, {
      name: 'slots',
      columns: [
        id(),
        id('channelId'),
        id('venueId'),
        day('serviceDate'),
        moment('startsAt'),
        moment('endsAt'),
        id('poolId'),
        id('scheduleId', nullable),
        integer('capacity'),
        longText('classCapacities'),
        text('status', 10),
        text('closedBy', 10, nullable),
        longText('closedReason', nullable),
        { name: 'byHand', type: 'boolean' },
        moment('createdAt'),
      ],
      uniques: [
        { name: 'uq_slots_start', columnNames: ['channelId', 'venueId', 'startsAt'] },
        { name: 'uq_slots_pool', columnNames: ['poolId'] },
      ],
      indices: [{ name: 'ix_slots_venue_day', columnNames: ['venueId', 'serviceDate', 'channelId'] }],
      foreignKeys: [ofVenue('fk_slots_venue')],
      checks: {
        ck_slots_status: "status IN ('open', 'closed') AND (status = 'open') = (closedBy IS NULL)",
        ck_slots_times: 'startsAt < endsAt AND capacity >= 0',
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['slots', 'venue_exceptions', 'venue_schedules', 'venues'])
      await runner.dropTable(table);
  }
}
