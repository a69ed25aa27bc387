import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, integer, longText, moment, nullable, text } from './support.js';

export class CreateCodes20261122013001 implements MigrationInterface {
  name = 'CreateCodes20261122013001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'issuer_keys',
      columns: [
        id(),
        integer('version'),
        text('kid', 11),
        text('publicKey', 43),
        longText('privateKeySealed', nullable),
        moment('createdAt'),
        moment('notAfter', nullable),
      ],
      uniques: [
        // Of two nodes that make the next key at once, one is refused.
        { name: 'uq_issuer_keys_version', columnNames: ['version'] },
        { name: 'uq_issuer_keys_kid', columnNames: ['kid'] },
      ],
      checks: { ck_issuer_keys_end: 'privateKeySealed IS NOT NULL OR notAfter IS NOT NULL' },
    });
    await createTable(runner, {
      name: 'code_cards',
      columns: [
        id('cardId', { isPrimary: true }),
        text('cardRef', 16),
        text('status', 10),
        moment('statusAt'),
      ],
      uniques: [{ name: 'uq_code_cards_ref', columnNames: ['cardRef'] }],
      checks: { ck_code_cards_status: "status IN ('active', 'suspended', 'lost', 'revoked', 'expired')" },
    });
    await createTable(runner, {
      name: 'code_devices',
      columns: [
        id(),
        id('cardId'),
        id('personId', nullable),
        id('accountId', nullable),
        id('sessionId', nullable),
        text('publicKey', 43),
        text('platform', 10),
        text('label', 40),
        integer('statusIndex'),
        text('status', 10),
        moment('enrolledAt'),
        moment('lastRenewedAt'),
        moment('revokedAt', nullable),
        text('revokedBy', 10, nullable),
        longText('revokeReason', nullable),
        id('activeCardId', {
          isNullable: true,
          generatedType: 'STORED',
          asExpression: "CASE WHEN status = 'active' THEN cardId END",
        }),
      ],
      uniques: [
        // One phone shows a card.
        { name: 'uq_code_devices_active', columnNames: ['activeCardId'] },
        { name: 'uq_code_devices_index', columnNames: ['statusIndex'] },
      ],
      indices: [
        { name: 'ix_code_devices_card', columnNames: ['cardId', 'id'] },
        { name: 'ix_code_devices_person', columnNames: ['personId', 'id'] },
      ],
      foreignKeys: [
        {
          name: 'fk_code_devices_card',
          columnNames: ['cardId'],
          referencedTableName: 'code_cards',
          referencedColumnNames: ['cardId'],
        },
      ],
      checks: {
        ck_code_devices_platform: "platform IN ('weapp', 'h5')",
        ck_code_devices_status: "status IN ('active', 'revoked')",
        ck_code_devices_revoked:
          "(status = 'revoked') = (revokedAt IS NOT NULL) AND (revokedAt IS NULL) = (revokedBy IS NULL)",
      },
    });
    await createTable(runner, {
      name: 'code_status_list',
      columns: [
        text('id', 10, { isPrimary: true }),
        integer('version'),
        integer('nextIndex'),
        moment('changedAt'),
      ],
      checks: { ck_code_status_list: 'version >= 1 AND nextIndex >= 0' },
    });
    await createTable(runner, {
      name: 'clerk_devices',
      columns: [
        id(),
        id('staffId'),
        text('staffName', 60),
        id('accountId', nullable),
        id('sessionId', nullable),
        text('label', 40),
        text('publicKey', 43, nullable),
        text('status', 10),
        text('enrolmentIndex', 43, nullable),
        moment('enrolmentUntil', nullable),
        id('invitedByStaffId'),
        moment('invitedAt'),
        moment('enrolledAt', nullable),
        moment('lastSignedAt', nullable),
        moment('lastSeenAt', nullable),
        moment('revokedAt', nullable),
        longText('revokeReason', nullable),
      ],
      uniques: [{ name: 'uq_clerk_devices_enrolment', columnNames: ['enrolmentIndex'] }],
      indices: [{ name: 'ix_clerk_devices_staff', columnNames: ['staffId', 'id'] }],
      checks: {
        ck_clerk_devices_status: "status IN ('invited', 'active', 'revoked')",
        ck_clerk_devices_invited:
          "(status = 'invited') = (enrolmentIndex IS NOT NULL) AND (enrolmentIndex IS NULL) = (enrolmentUntil IS NULL)",
        ck_clerk_devices_active: "status <> 'active' OR (publicKey IS NOT NULL AND accountId IS NOT NULL)",
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['clerk_devices', 'code_status_list', 'code_devices', 'code_cards', 'issuer_keys']) {
      await runner.dropTable(table);
    }
  }
}
