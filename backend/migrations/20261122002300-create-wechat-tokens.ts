import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, longText, moment, nullable, text } from './support.js';

export class CreateWechatTokens20261122002300 implements MigrationInterface {
  name = 'CreateWechatTokens20261122002300';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'wechat_tokens',
      columns: [
        text('appId', 40, { isPrimary: true }),
        longText('tokenSealed'),
        moment('goodUntil'),
        moment('forcedAt', nullable),
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('wechat_tokens');
  }
}
