import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, longText, moment, nullable, text } from './support.js';

export class CreateDeliveryDecisions20261122030302 implements MigrationInterface {
  name = 'CreateDeliveryDecisions20261122030302';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'delivery_decisions',
      columns: [
        id(),
        id('deliveryId'),
        text('decision', 10),
        longText('note', nullable),
        id('staffId'),
        text('staffName', 60),
        text('state', 10),
        text('errorCode', 40, nullable),
        moment('decidedAt'),
      ],
      indices: [{ name: 'ix_delivery_decisions_delivery', columnNames: ['deliveryId', 'id'] }],
      foreignKeys: [
        {
          name: 'fk_delivery_decisions_delivery',
          columnNames: ['deliveryId'],
          referencedTableName: 'message_deliveries',
          referencedColumnNames: ['id'],
          onDelete: 'CASCADE',
        },
      ],
      checks: {
        ck_delivery_decisions_decision: "decision IN ('resend', 'drop')",
        ck_delivery_decisions_state: "state IN ('failed', 'unknown')",
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('delivery_decisions');
  }
}
