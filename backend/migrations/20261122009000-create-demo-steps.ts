import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, moment, text } from './support.js';

export class CreateDemoSteps20261122009000 implements MigrationInterface {
  name = 'CreateDemoSteps20261122009000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'demo_steps',
      columns: [text('name', 40, { isPrimary: true }), moment('doneAt')],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('demo_steps');
  }
}
