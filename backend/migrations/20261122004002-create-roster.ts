import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, integer, longText, moment, nullable, text } from './support.js';

export class CreateRoster20261122004002 implements MigrationInterface {
  name = 'CreateRoster20261122004002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'roster_batches',
      columns: [
        id(),
        text('fileName', 200),
        text('contentHash', 64),
        // Opens the file in the store and the rows below; gone once neither is needed any more.
        text('contentKey', 255, nullable),
        text('status', 12),
        id('createdByStaffId'),
        text('createdByName', 60),
        moment('createdAt'),
        moment('finishedAt', nullable),
        integer('rowsTotal', { default: 0 }),
        integer('rowsChecked', { default: 0 }),
        integer('rowsFailed', { default: 0 }),
        integer('rowsWarned', { default: 0 }),
        integer('rowsNew', { default: 0 }),
        integer('rowsChanged', { default: 0 }),
        integer('rowsUnchanged', { default: 0 }),
        integer('rowsApplied', { default: 0 }),
        integer('cardsCaused', { default: 0 }),
        // Row of the file up to which the running step (checking, applying, undoing) has come.
        integer('progressRow', { default: 0 }),
        text('failureCode', 40, nullable),
        integer('version', { default: 1 }),
      ],
      indices: [{ name: 'ix_roster_batches_status', columnNames: ['status'] }],
      checks: {
        ck_roster_batches_status:
          "status IN ('checking', 'checked', 'applying', 'applied', 'undoing', 'undone', 'discarded', 'failed')",
        ck_roster_batches_undo: "status NOT IN ('undoing', 'undone') OR cardsCaused = 0",
      },
    });
    await createTable(runner, {
      name: 'roster_rows',
      columns: [
        id('batchId', { isPrimary: true }),
        integer('rowNumber', { isPrimary: true }),
        text('outcome', 10),
        // The row as the roster would have it: encrypted JSON. Null where the row failed.
        longText('content', nullable),
        text('identityIndex', 43, nullable),
        text('category', 1, nullable),
        text('contentDigest', 43, nullable),
      ],
      indices: [{ name: 'ix_roster_rows_identity', columnNames: ['batchId', 'identityIndex', 'category'] }],
      checks: { ck_roster_rows_outcome: "outcome IN ('new', 'changed', 'unchanged', 'failed')" },
    });
    await createTable(runner, {
      name: 'roster_problems',
      columns: [
        id('batchId', { isPrimary: true }),
        integer('ordinal', { isPrimary: true }),
        integer('rowNumber'),
        integer('columnNumber'),
        text('columnTitle', 100),
        text('code', 40),
        text('severity', 10),
        text('hint', 120, nullable),
      ],
      checks: { ck_roster_problems_severity: "severity IN ('error', 'warning')" },
    });
    await createTable(runner, {
      name: 'roster_entries',
      columns: [
        id(),
        text('name', 60),
        text('identityType', 20),
        text('identityNumber', 255),
        text('identityIndex', 43),
        text('category', 1),
        text('programme', 100, nullable),
        text('documentNumber', 60, nullable),
        text('provincialCardNumber', 40, nullable),
        text('employer', 100, nullable),
        text('creditCode', 18, nullable),
        text('zoneCode', 20),
        text('cardClass', 10, nullable),
        text('mobile', 255, nullable),
        day('validUntil', nullable),
        text('contentDigest', 43),
        id('batchId'),
        integer('rowNumber'),
        text('status', 10),
        id('previousId', nullable),
        moment('usedAt', nullable),
        moment('createdAt'),
        moment('endedAt', nullable),
        text('activeIndex', 43, {
          isNullable: true,
          generatedType: 'STORED',
          asExpression: "CASE WHEN status = 'active' THEN identityIndex END",
        }),
      ],
      uniques: [
        { name: 'uq_roster_entries_active', columnNames: ['activeIndex', 'category'] },
        { name: 'uq_roster_entries_row', columnNames: ['batchId', 'rowNumber'] },
      ],
      indices: [
        { name: 'ix_roster_entries_identity', columnNames: ['identityIndex'] },
        { name: 'ix_roster_entries_zone', columnNames: ['zoneCode', 'status', 'id'] },
        { name: 'ix_roster_entries_status', columnNames: ['status', 'id'] },
        { name: 'ix_roster_entries_name', columnNames: ['name'] },
        { name: 'ix_roster_entries_employer', columnNames: ['employer'] },
        { name: 'ix_roster_entries_programme', columnNames: ['programme'] },
        { name: 'ix_roster_entries_previous', columnNames: ['previousId'] },
      ],
      foreignKeys: [
        {
          name: 'fk_roster_entries_batch',
          columnNames: ['batchId'],
          referencedTableName: 'roster_batches',
          referencedColumnNames: ['id'],
        },
      ],
      checks: {
        ck_roster_entries_status: "status IN ('active', 'superseded', 'withdrawn')",
        ck_roster_entries_category: "category IN ('1', '2', '3', '4')",
        ck_roster_entries_used: "usedAt IS NULL OR status <> 'withdrawn'",
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['roster_entries', 'roster_problems', 'roster_rows', 'roster_batches']) {
      await runner.dropTable(table);
    }
  }
}
