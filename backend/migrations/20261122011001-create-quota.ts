import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, integer, moment, nullable, text } from './support.js';

export class CreateQuota20261122011001 implements MigrationInterface {
  name = 'CreateQuota20261122011001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'quota_counters',
      columns: [
        id(),
        id('personId'),
        text('quotaKey', 60),
        text('countedIn', 10),
        day('startsOn'),
        integer('used'),
        integer('cap'),
        integer('excess'),
        { name: 'counted', type: 'boolean' },
        text('fundedBy', 60, nullable),
      ],
      indices: [
        { name: 'ix_quota_counters_person', columnNames: ['personId'] },
        { name: 'ix_quota_counters_window', columnNames: ['countedIn', 'startsOn'] },
      ],
      checks: {
        ck_quota_counters_window: "countedIn IN ('day', 'week', 'month', 'year', 'lifetime', 'funding')",
        // The promise of the house: never below zero, never beyond the limit.
        ck_quota_counters_used: 'used >= 0 AND used <= cap',
        ck_quota_counters_excess: 'excess >= 0',
        ck_quota_counters_funded: "fundedBy IS NULL OR (countedIn = 'funding' AND used > 0)",
      },
    });
    await createTable(runner, {
      name: 'quota_entries',
      columns: [
        id(),
        id('personId'),
        text('quotaKey', 60),
        day('onDay'),
        integer('party'),
        text('state', 10),
        text('causeType', 10),
        id('causeId'),
        text('fundingGroup', 40, nullable),
        moment('createdAt'),
        moment('returnedAt', nullable),
        id('countingCauseId', {
          isNullable: true,
          generatedType: 'STORED',
          asExpression: "CASE WHEN state <> 'returned' THEN causeId END",
        }),
      ],
      uniques: [{ name: 'uq_quota_entries_cause', columnNames: ['causeType', 'countingCauseId'] }],
      indices: [
        { name: 'ix_quota_entries_person', columnNames: ['personId', 'quotaKey', 'onDay'] },
        { name: 'ix_quota_entries_returned', columnNames: ['returnedAt'] },
      ],
      checks: {
        ck_quota_entries_state: "state IN ('spent', 'excess', 'returned')",
        ck_quota_entries_cause: "causeType IN ('booking', 'use', 'request')",
        ck_quota_entries_party: 'party > 0',
        ck_quota_entries_returned: "(state = 'returned') = (returnedAt IS NOT NULL)",
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['quota_entries', 'quota_counters']) await runner.dropTable(table);
  }
}
