import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, integer, moment, nullable, text } from './support.js';

const ofPool = (table: string) => ({
  name: `fk_${table}_pool`,
  columnNames: ['poolId'],
  referencedTableName: 'capacity_pools',
  referencedColumnNames: ['id'],
});

export class CreateCapacity20261122010001 implements MigrationInterface {
  name = 'CreateCapacity20261122010001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'capacity_pools',
      columns: [
        id(),
        integer('capacity'),
        integer('taken'),
        integer('waiting'),
        { name: 'closed', type: 'boolean' },
        { name: 'hasClasses', type: 'boolean' },
      ],
      checks: {
        // The promise of the house: never oversold.
        ck_capacity_pools_taken: 'taken >= 0 AND taken <= capacity',
        ck_capacity_pools_waiting: 'waiting >= 0',
      },
    });
    await createTable(runner, {
      name: 'capacity_class_limits',
      columns: [
        id('poolId', { isPrimary: true }),
        text('cardClass', 10, { isPrimary: true }),
        integer('capacity'),
        integer('taken'),
      ],
      foreignKeys: [ofPool('capacity_class_limits')],
      checks: { ck_capacity_class_limits_taken: 'taken >= 0 AND taken <= capacity' },
    });
    await createTable(runner, {
      name: 'capacity_claims',
      columns: [
        text('causeType', 20, { isPrimary: true }),
        id('causeId', { isPrimary: true }),
        id('poolId', { isPrimary: true }),
        integer('amount'),
        text('cardClass', 10, nullable),
        moment('heldUntil', nullable),
      ],
      indices: [
        { name: 'ix_capacity_claims_pool', columnNames: ['poolId'] },
        { name: 'ix_capacity_claims_held', columnNames: ['heldUntil'] },
      ],
      foreignKeys: [ofPool('capacity_claims')],
      checks: { ck_capacity_claims_amount: 'amount >= 1' },
    });
    await createTable(runner, {
      name: 'capacity_waiters',
      columns: [
        id(),
        id('poolId'),
        text('ownerType', 20),
        integer('amount'),
        text('cardClass', 10, nullable),
        integer('offerMinutes'),
        moment('waitUntil'),
        moment('offeredUntil', nullable),
      ],
      indices: [
        { name: 'ix_capacity_waiters_pool', columnNames: ['poolId', 'id'] },
        { name: 'ix_capacity_waiters_until', columnNames: ['waitUntil'] },
      ],
      foreignKeys: [ofPool('capacity_waiters')],
      checks: { ck_capacity_waiters_amount: 'amount >= 1' },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['capacity_waiters', 'capacity_claims', 'capacity_class_limits', 'capacity_pools']) {
      await runner.dropTable(table);
    }
  }
}
