import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDEX = new TableIndex({ name: 'ix_uses_code', columnNames: ['codeId'] });

/** What a phone has said of a code before is looked for whenever the code is taken. */
export class IndexUsesByCode20261123040001 implements MigrationInterface {
  name = 'IndexUsesByCode20261123040001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('uses', INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('uses', INDEX);
  }
}
