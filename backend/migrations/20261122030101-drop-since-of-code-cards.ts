import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Since when a card has its state is read from the history of the card, which knows every change and not the last
 * alone.
 */
export class DropSinceOfCodeCards20261122030101 implements MigrationInterface {
  name = 'DropSinceOfCodeCards20261122030101';

  async up(runner: QueryRunner): Promise<void> {
    // Written out: TypeORM would make the whole table anew on SQLite, and devices refer to it.
    await runner.query('ALTER TABLE code_cards DROP COLUMN statusAt');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      "ALTER TABLE code_cards ADD COLUMN statusAt datetime(3) NOT NULL DEFAULT '1970-01-01 00:00:00.000'",
    );
  }
}
