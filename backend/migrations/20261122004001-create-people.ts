import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, integer, longText, moment, nullable, text } from './support.js';

export class CreatePeople20261122004001 implements MigrationInterface {
  name = 'CreatePeople20261122004001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'persons',
      columns: [
        id(),
        text('name', 60),
        text('identityType', 20),
        text('identityNumber', 255, nullable),
        text('identityIndex', 43, nullable),
        day('birthDate', nullable),
        text('sex', 6, nullable),
        text('nationality', 3, nullable),
        text('phone', 255, nullable),
        text('zoneCode', 20, nullable),
        moment('verifiedAt', nullable),
        moment('erasedAt', nullable),
        moment('createdAt'),
        moment('updatedAt'),
      ],
      uniques: [{ name: 'uq_persons_identity', columnNames: ['identityType', 'identityIndex'] }],
      indices: [
        { name: 'ix_persons_name', columnNames: ['name'] },
        { name: 'ix_persons_identity_index', columnNames: ['identityIndex'] },
      ],
      checks: {
        ck_persons_identity_type: "identityType IN ('resident-id', 'passport', 'permanent-residence')",
        ck_persons_sex: "sex IN ('male', 'female')",
        ck_persons_erased:
          'erasedAt IS NOT NULL OR (identityNumber IS NOT NULL AND identityIndex IS NOT NULL)',
      },
    });
    await createTable(runner, {
      name: 'person_facts',
      columns: [
        id(),
        id('personId'),
        text('kind', 20),
        longText('value'),
        text('source', 20),
        moment('observedAt'),
        id('proofFileId', nullable),
        text('factKey', 43),
        moment('supersededAt', nullable),
        moment('createdAt'),
        text('currentKey', 43, {
          isNullable: true,
          generatedType: 'STORED',
          asExpression: 'CASE WHEN supersededAt IS NULL THEN factKey END',
        }),
      ],
      uniques: [{ name: 'uq_person_facts_current', columnNames: ['personId', 'currentKey'] }],
      foreignKeys: [
        {
          name: 'fk_person_facts_person',
          columnNames: ['personId'],
          referencedTableName: 'persons',
          referencedColumnNames: ['id'],
        },
      ],
    });
    await createTable(runner, {
      name: 'real_name_tries',
      columns: [text('subject', 60, { isPrimary: true }), day('day', { isPrimary: true }), integer('tries')],
      indices: [{ name: 'ix_real_name_tries_day', columnNames: ['day'] }],
      checks: { ck_real_name_tries: 'tries BETWEEN 0 AND 5' },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('real_name_tries');
    await runner.dropTable('person_facts');
    await runner.dropTable('persons');
  }
}
