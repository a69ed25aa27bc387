import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, moment, text } from './support.js';

export class CreateJobLeases20261122001000 implements MigrationInterface {
  name = 'CreateJobLeases20261122001000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'job_leases',
      columns: [
        text('name', 60, { isPrimary: true }),
        text('holder', 26),
        integer('epoch'),
        moment('expiresAt'),
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('job_leases');
  }
}
