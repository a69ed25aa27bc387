import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, integer, moment, nullable, text } from './support.js';

export class CreateDeliveries20261122014001 implements MigrationInterface {
  name = 'CreateDeliveries20261122014001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'message_deliveries',
      columns: [
        id(),
        id('messageId'),
        text('channel', 10),
        text('kind', 40),
        id('personId', nullable),
        id('accountId', nullable),
        text('state', 10),
        integer('attempts'),
        integer('attemptLimit'),
        moment('createdAt'),
        moment('availableAt'),
        moment('usefulUntil', nullable),
        integer('epoch', nullable),
        id('spentAccountId', nullable),
        text('spentTemplateId', 64, nullable),
        text('errorCode', 40, nullable),
        text('reason', 300, nullable),
        moment('finishedAt', nullable),
      ],
      // A message goes one way once; the row outlives an erased message, so there is no foreign key.
      uniques: [{ name: 'uq_message_deliveries_way', columnNames: ['messageId', 'channel'] }],
      indices: [
        { name: 'ix_message_deliveries_due', columnNames: ['state', 'availableAt', 'id'] },
        { name: 'ix_message_deliveries_state', columnNames: ['state', 'createdAt', 'id'] },
        { name: 'ix_message_deliveries_log', columnNames: ['createdAt', 'id'] },
        { name: 'ix_message_deliveries_person', columnNames: ['personId'] },
        { name: 'ix_message_deliveries_account', columnNames: ['accountId'] },
      ],
      checks: {
        ck_message_deliveries_channel: "channel IN ('in-app', 'wechat', 'sms')",
        ck_message_deliveries_state:
          "state IN ('pending', 'sending', 'sent', 'failed', 'unknown', 'skipped')",
        ck_message_deliveries_finished: "(state IN ('pending', 'sending')) = (finishedAt IS NULL)",
        ck_message_deliveries_attempts: 'attempts BETWEEN 0 AND attemptLimit',
        ck_message_deliveries_spent: '(spentAccountId IS NULL) = (spentTemplateId IS NULL)',
      },
    });
    await createTable(runner, {
      name: 'subscription_permissions',
      columns: [
        id('accountId', { isPrimary: true }),
        text('templateId', 64, { isPrimary: true }),
        integer('oneTime'),
        { name: 'longTerm', type: 'boolean' },
        { name: 'blocked', type: 'boolean' },
        moment('updatedAt'),
      ],
      checks: { ck_subscription_permissions_one_time: 'oneTime BETWEEN 0 AND 50' },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('subscription_permissions');
    await runner.dropTable('message_deliveries');
  }
}
