import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, id, integer, longText, moment, nullable, text } from './support.js';

const ofCase = (table: string) => ({
  name: `fk_${table}_case`,
  columnNames: ['caseId'],
  referencedTableName: 'cases',
  referencedColumnNames: ['id'],
});

export class CreateCases20261122005001 implements MigrationInterface {
  name = 'CreateCases20261122005001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'case_numbers',
      columns: [day('day', { isPrimary: true }), integer('last')],
    });
    await createTable(runner, {
      name: 'cases',
      columns: [
        id(),
        text('caseNumber', 20),
        text('type', 40),
        text('flow', 40),
        text('category', 26),
        id('applicantPersonId'),
        id('accountId', nullable),
        text('zoneCode', 20),
        text('status', 10),
        text('stepKey', 40, nullable),
        integer('version'),
        longText('form', nullable),
        longText('conditions', nullable),
        longText('corrections', nullable),
        longText('decisionNote', nullable),
        { name: 'offlineMaterial', type: 'boolean' },
        day('dueOn', nullable),
        integer('pausedWorkingDays', nullable),
        day('overdueMarkedFor', nullable),
        id('resultId', nullable),
        moment('submittedAt'),
        moment('updatedAt'),
        moment('decidedAt', nullable),
        id('openPersonId', {
          isNullable: true,
          generatedType: 'STORED',
          asExpression: "CASE WHEN status IN ('in-review', 'returned') THEN applicantPersonId END",
        }),
        text('openKey', 40),
      ],
      uniques: [
        { name: 'uq_cases_number', columnNames: ['caseNumber'] },
        { name: 'uq_cases_open', columnNames: ['type', 'openPersonId', 'openKey'] },
      ],
      indices: [
        { name: 'ix_cases_status_due', columnNames: ['status', 'dueOn', 'id'] },
        { name: 'ix_cases_zone_status_due', columnNames: ['zoneCode', 'status', 'dueOn', 'id'] },
        { name: 'ix_cases_zone', columnNames: ['zoneCode', 'id'] },
        { name: 'ix_cases_applicant', columnNames: ['applicantPersonId', 'id'] },
      ],
      checks: {
        ck_cases_status: "status IN ('in-review', 'returned', 'approved', 'rejected', 'withdrawn')",
        ck_cases_due: "(dueOn IS NOT NULL) = (status = 'in-review')",
        ck_cases_step: "(stepKey IS NOT NULL) = (status IN ('in-review', 'returned'))",
      },
    });
    await createTable(runner, {
      name: 'case_steps',
      columns: [
        id('caseId', { isPrimary: true }),
        integer('position', { isPrimary: true }),
        text('stepKey', 40),
        text('nameZh', 60),
        text('nameEn', 100),
        integer('workingDays'),
        text('status', 10),
        moment('decidedAt', nullable),
        text('decidedBy', 40, nullable),
      ],
      foreignKeys: [ofCase('case_steps')],
      checks: { ck_case_steps_status: "status IN ('done', 'current', 'ahead', 'skipped')" },
    });
    await createTable(runner, {
      name: 'case_documents',
      columns: [
        id(),
        id('caseId'),
        text('documentType', 40),
        id('fileId', nullable),
        moment('addedAt'),
        text('receivedBy', 40, nullable),
      ],
      uniques: [{ name: 'uq_case_documents_file', columnNames: ['caseId', 'documentType', 'fileId'] }],
      foreignKeys: [ofCase('case_documents')],
    });
    await createTable(runner, {
      name: 'case_events',
      columns: [
        id(),
        id('caseId'),
        text('kind', 20),
        moment('at'),
        text('stepNameZh', 60, nullable),
        text('stepNameEn', 100, nullable),
        text('actorType', 10),
        text('actorId', 40, nullable),
        text('actorName', 60, nullable),
        text('officeZh', 60, nullable),
        text('officeEn', 100, nullable),
        longText('note', nullable),
      ],
      indices: [{ name: 'ix_case_events_case', columnNames: ['caseId', 'id'] }],
      foreignKeys: [ofCase('case_events')],
      checks: { ck_case_events_actor: "actorType IN ('applicant', 'office', 'system')" },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['case_events', 'case_documents', 'case_steps', 'cases', 'case_numbers']) {
      await runner.dropTable(table);
    }
  }
}
