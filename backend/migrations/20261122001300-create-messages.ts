import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, longText, moment, nullable, text } from './support.js';

export class CreateMessages20261122001300 implements MigrationInterface {
  name = 'CreateMessages20261122001300';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'messages',
      columns: [
        id(),
        id('personId', nullable),
        id('accountId', nullable),
        text('kind', 40),
        longText('params'),
        text('linkType', 20, nullable),
        id('linkId', nullable),
        id('sourceId', nullable),
        moment('createdAt'),
        moment('readAt', nullable),
      ],
      // What was told twice is written once.
      uniques: [{ name: 'uq_messages_source', columnNames: ['sourceId'] }],
      indices: [
        { name: 'ix_messages_person', columnNames: ['personId', 'createdAt', 'id'] },
        { name: 'ix_messages_account', columnNames: ['accountId', 'createdAt', 'id'] },
      ],
      checks: {
        ck_messages_recipient: '(personId IS NULL) <> (accountId IS NULL)',
        ck_messages_link: '(linkType IS NULL) = (linkId IS NULL)',
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('messages');
  }
}
