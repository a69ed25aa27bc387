import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, integer, longText, moment, nullable, text } from './support.js';

export class CreateOutbox20261122001100 implements MigrationInterface {
  name = 'CreateOutbox20261122001100';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'outbox_messages',
      columns: [
        id(),
        text('topic', 80),
        longText('payload'),
        text('state', 10),
        integer('attempts'),
        moment('createdAt'),
        moment('availableAt'),
        integer('epoch', nullable),
        moment('finishedAt', nullable),
        text('lastError', 200, nullable),
      ],
      indices: [
        { name: 'ix_outbox_messages_due', columnNames: ['state', 'availableAt'] },
        { name: 'ix_outbox_messages_finished_at', columnNames: ['finishedAt'] },
      ],
      checks: {
        ck_outbox_messages_state: "state IN ('pending', 'sending', 'sent', 'failed', 'unknown')",
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('outbox_messages');
  }
}
