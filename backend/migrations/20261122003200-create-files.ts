import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, integer, longText, moment, nullable, text } from './support.js';

export class CreateFiles20261122003200 implements MigrationInterface {
  name = 'CreateFiles20261122003200';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'files',
      columns: [
        id(),
        id('ownerPersonId'),
        longText('fileName'),
        text('contentType', 20),
        integer('sizeBytes'),
        longText('contentKey'),
        text('status', 10),
        text('attachedType', 40, nullable),
        id('attachedId', nullable),
        moment('uploadedAt'),
      ],
      indices: [
        { name: 'ix_files_owner', columnNames: ['ownerPersonId'] },
        { name: 'ix_files_attached', columnNames: ['attachedType', 'attachedId'] },
        { name: 'ix_files_status', columnNames: ['status', 'uploadedAt'] },
      ],
      checks: {
        ck_files_status: "status IN ('pending', 'stored', 'removed')",
        ck_files_attached: '(attachedType IS NULL) = (attachedId IS NULL)',
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('files');
  }
}
