import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A look knows the phone that it saw, so that one that is stopped before the use is not taken. */
export class KeepPhoneOfLooks20261122030102 implements MigrationInterface {
  name = 'KeepPhoneOfLooks20261122030102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE window_looks ADD COLUMN deviceId varchar(26) NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE window_looks DROP COLUMN deviceId');
  }
}
