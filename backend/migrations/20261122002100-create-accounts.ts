import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, longText, moment, nullable, text } from './support.js';

export class CreateAccounts20261122002100 implements MigrationInterface {
  name = 'CreateAccounts20261122002100';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'accounts',
      columns: [
        id(),
        text('status', 10),
        longText('openidSealed', nullable),
        text('openidIndex', 64, nullable),
        id('personId', nullable),
        text('nickname', 40, nullable),
        longText('phoneSealed', nullable),
        text('phoneIndex', 64, nullable),
        text('locale', 10),
        moment('createdAt'),
        moment('erasedAt', nullable),
      ],
      uniques: [
        { name: 'uq_accounts_openid', columnNames: ['openidIndex'] },
        { name: 'uq_accounts_person', columnNames: ['personId'] },
      ],
      indices: [{ name: 'ix_accounts_phone', columnNames: ['phoneIndex'] }],
      checks: {
        ck_accounts_status: "status IN ('active', 'erased')",
        // An erased account holds nothing that leads back to somebody.
        ck_accounts_erased:
          "(status = 'active' AND openidIndex IS NOT NULL) OR (status = 'erased' AND openidIndex IS NULL AND openidSealed IS NULL AND personId IS NULL AND nickname IS NULL AND phoneSealed IS NULL AND phoneIndex IS NULL)",
      },
    });
    await createTable(runner, {
      name: 'sessions',
      columns: [
        id(),
        text('kind', 10),
        id('ownerId'),
        text('deviceLabel', 40),
        moment('startedAt'),
        moment('lastUsedAt'),
        moment('idleUntil'),
        moment('endsAt'),
        moment('endedAt', nullable),
        text('endReason', 30, nullable),
      ],
      indices: [
        { name: 'ix_sessions_owner', columnNames: ['ownerId', 'endedAt'] },
        { name: 'ix_sessions_ends_at', columnNames: ['endsAt'] },
      ],
      checks: {
        ck_sessions_kind: "kind IN ('citizen', 'staff')",
        ck_sessions_end: '(endedAt IS NULL) = (endReason IS NULL)',
      },
    });
    await createTable(runner, {
      name: 'refresh_tokens',
      columns: [
        id(),
        id('sessionId'),
        text('tokenHash', 64),
        moment('createdAt'),
        moment('usedAt', nullable),
        id('successorId', nullable),
        longText('successorSealed', nullable),
      ],
      uniques: [{ name: 'uq_refresh_tokens_hash', columnNames: ['tokenHash'] }],
      indices: [{ name: 'ix_refresh_tokens_session', columnNames: ['sessionId'] }],
      foreignKeys: [
        {
          name: 'fk_refresh_tokens_session',
          columnNames: ['sessionId'],
          referencedTableName: 'sessions',
          referencedColumnNames: ['id'],
          onDelete: 'CASCADE',
        },
      ],
    });
    await createTable(runner, {
      name: 'consents',
      columns: [
        id(),
        id('accountId'),
        text('purpose', 30),
        text('version', 20),
        moment('grantedAt'),
        moment('endedAt', nullable),
        text('endReason', 10, nullable),
        text('activeKey', 30, {
          ...nullable,
          generatedType: 'STORED',
          asExpression: 'CASE WHEN endedAt IS NULL THEN purpose END',
        }),
      ],
      uniques: [{ name: 'uq_consents_active', columnNames: ['accountId', 'activeKey'] }],
      foreignKeys: [
        {
          name: 'fk_consents_account',
          columnNames: ['accountId'],
          referencedTableName: 'accounts',
          referencedColumnNames: ['id'],
        },
      ],
      checks: { ck_consents_end: '(endedAt IS NULL) = (endReason IS NULL)' },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['consents', 'refresh_tokens', 'sessions', 'accounts']) await runner.dropTable(table);
  }
}
