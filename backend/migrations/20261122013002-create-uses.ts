import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, integer, longText, moment, nullable, text } from './support.js';

export class CreateUses20261122013002 implements MigrationInterface {
  name = 'CreateUses20261122013002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'window_looks',
      columns: [
        id(),
        text('codeId', 40),
        id('cardId'),
        id('personId'),
        id('venueId'),
        id('staffId'),
        moment('createdAt'),
        moment('expiresAt'),
      ],
      indices: [
        { name: 'ix_window_looks_expires', columnNames: ['expiresAt'] },
        { name: 'ix_window_looks_person', columnNames: ['personId'] },
      ],
    });
    await createTable(runner, {
      name: 'uses',
      columns: [
        id(),
        id('personId'),
        id('cardId'),
        text('cardClass', 10, nullable),
        id('channelId'),
        id('venueId'),
        day('serviceDate'),
        moment('at'),
        integer('companions'),
        text('status', 10),
        { name: 'offline', type: 'boolean' },
        id('bookingId', nullable),
        integer('leftAfter', nullable),
        id('staffId'),
        text('staffName', 60),
        id('clerkDeviceId', nullable),
        id('clientUseId', nullable),
        text('codeId', 40),
        text('codeKey', 40, nullable),
        text('syncVerdict', 20, nullable),
        text('settleReason', 20, nullable),
        longText('settledNote', nullable),
        id('settledByStaffId', nullable),
        moment('settledAt', nullable),
        longText('refundReason', nullable),
        longText('disputeReason', nullable),
        moment('disputeOpenedAt', nullable),
        longText('disputeAnswer', nullable),
        moment('recordedAt'),
        integer('version'),
      ],
      uniques: [
        // A code is taken once, whoever shows it to whom.
        { name: 'uq_uses_code', columnNames: ['codeKey'] },
        // A batch that is sent again changes nothing.
        { name: 'uq_uses_client', columnNames: ['clientUseId'] },
      ],
      indices: [
        { name: 'ix_uses_person', columnNames: ['personId', 'at', 'id'] },
        { name: 'ix_uses_venue', columnNames: ['venueId', 'at', 'id'] },
        { name: 'ix_uses_status', columnNames: ['status', 'at', 'id'] },
        { name: 'ix_uses_at', columnNames: ['at', 'id'] },
        { name: 'ix_uses_day', columnNames: ['serviceDate', 'channelId'] },
      ],
      checks: {
        ck_uses_status: "status IN ('used', 'to-settle', 'disputed', 'refunded', 'refused')",
        ck_uses_companions: 'companions >= 0',
        ck_uses_settle: "status <> 'to-settle' OR settleReason IS NOT NULL",
        ck_uses_dispute: "status <> 'disputed' OR disputeOpenedAt IS NOT NULL",
        ck_uses_offline: 'clientUseId IS NULL OR offline = 1',
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('uses');
    await runner.dropTable('window_looks');
  }
}
