import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDEX = new TableIndex({
  name: 'ix_bookings_venue_starts',
  columnNames: ['venueId', 'startsAt', 'id'],
});

/** The list of a venue's bookings is read the latest first, a page at a time, from all its years. */
export class IndexBookingsOfVenues20261122017001 implements MigrationInterface {
  name = 'IndexBookingsOfVenues20261122017001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('bookings', INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('bookings', INDEX);
  }
}
