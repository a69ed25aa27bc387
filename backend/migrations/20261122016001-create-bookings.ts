import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, integer, longText, moment, nullable, text } from './support.js';

const ofSlot = (table: string) => ({
  name: `fk_${table}_slot`,
  columnNames: ['slotId'],
  referencedTableName: 'slots',
  referencedColumnNames: ['id'],
});

export class CreateBookings20261122016001 implements MigrationInterface {
  name = 'CreateBookings20261122016001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'booking_people',
      columns: [id('personId', { isPrimary: true }), integer('turns'), day('pausedUntil', nullable)],
    });
    await createTable(runner, {
      name: 'bookings',
      columns: [
        id(),
        text('number', 8),
        id('personId'),
        id('cardId'),
        text('cardClass', 10, nullable),
        id('channelId'),
        id('venueId'),
        id('slotId'),
        id('poolId'),
        day('serviceDate'),
        moment('startsAt'),
        moment('endsAt'),
        integer('companions'),
        longText('note', nullable),
        text('status', 10),
        moment('heldUntil', nullable),
        moment('cancelUntil'),
        moment('rescheduleUntil'),
        moment('arriveUntil'),
        text('cancelledBy', 10, nullable),
        longText('reason', nullable),
        id('caseId', nullable),
        moment('arrivedAt', nullable),
        integer('arrivedCompanions', nullable),
        day('pointsUntil', nullable),
        text('appealStatus', 10, nullable),
        longText('appealReason', nullable),
        longText('appealAnswer', nullable),
        moment('createdAt'),
        integer('version'),
        {
          name: 'activePersonId',
          type: 'varchar',
          length: '26',
          isNullable: true,
          generatedType: 'STORED',
          asExpression: "CASE WHEN status IN ('held', 'booked', 'arrived') THEN personId END",
        },
      ],
      uniques: [
        { name: 'uq_bookings_number', columnNames: ['number'] },
        // One person books one slot once; having cancelled, they may again.
        { name: 'uq_bookings_active', columnNames: ['slotId', 'activePersonId'] },
      ],
      indices: [
        { name: 'ix_bookings_active_person', columnNames: ['activePersonId', 'endsAt'] },
        { name: 'ix_bookings_person', columnNames: ['personId', 'startsAt', 'id'] },
        { name: 'ix_bookings_venue', columnNames: ['venueId', 'serviceDate', 'status'] },
        { name: 'ix_bookings_arrive', columnNames: ['status', 'arriveUntil'] },
      ],
      foreignKeys: [ofSlot('bookings')],
      checks: {
        ck_bookings_status:
          "status IN ('held', 'booked', 'arrived', 'cancelled', 'no-show', 'excused', 'lapsed')",
        ck_bookings_companions: 'companions >= 0',
        ck_bookings_times: 'startsAt < endsAt',
        ck_bookings_cancelled: "cancelledBy IN ('holder', 'venue', 'system')",
        ck_bookings_appeal: "appealStatus IN ('open', 'granted', 'refused')",
      },
    });
    await createTable(runner, {
      name: 'waiting',
      columns: [
        id(),
        id('personId'),
        id('channelId'),
        id('venueId'),
        id('slotId'),
        moment('startsAt'),
        moment('endsAt'),
        integer('companions'),
        text('status', 10),
        moment('offeredUntil', nullable),
        id('bookingId', nullable),
        moment('createdAt'),
        {
          name: 'livePersonId',
          type: 'varchar',
          length: '26',
          isNullable: true,
          generatedType: 'STORED',
          asExpression: "CASE WHEN status IN ('waiting', 'offered') THEN personId END",
        },
      ],
      uniques: [{ name: 'uq_waiting_live', columnNames: ['slotId', 'livePersonId'] }],
      indices: [{ name: 'ix_waiting_person', columnNames: ['personId', 'id'] }],
      foreignKeys: [ofSlot('waiting')],
      checks: {
        ck_waiting_status: "status IN ('waiting', 'offered', 'accepted', 'declined', 'lapsed', 'left')",
        ck_waiting_companions: 'companions >= 0',
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['waiting', 'bookings', 'booking_people']) await runner.dropTable(table);
  }
}
