import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { ClosedText } from '../../platform/crypto/closed-text.js';
import { EncryptedColumns } from '../../platform/crypto/encrypted-columns.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { FileAccess } from '../../platform/files/file-access.js';
import { CaseEventRow, CaseRow } from './case.entity.js';
import { CaseContent, CONDITIONS_PURPOSE, FORM_PURPOSE } from './case-content.js';
import { CaseDecisions } from './case-decisions.js';
import { CaseDefinitions } from './case-definitions.js';
import { CASE_ATTACHMENT, CaseDocuments } from './case-documents.js';
import { CaseIntake } from './case-intake.js';
import { CaseJournal } from './case-journal.js';
import { CaseQueue } from './case-queue.js';
import { CaseViews } from './case-views.js';
import { CasesAdminController } from './cases.admin.controller.js';
import { CasesRepository } from './cases.repository.js';
import { Casework } from './casework.service.js';
import { OverdueCases } from './overdue-cases.js';

/** Who decides? Applications with steps, due dates and a timeline; features define theirs. */
@Global()
@Module({
  controllers: [CasesAdminController],
  providers: [
    CasesRepository,
    CaseDefinitions,
    CaseContent,
    CaseDocuments,
    CaseViews,
    CaseQueue,
    CaseJournal,
    CaseIntake,
    CaseDecisions,
    Casework,
    OverdueCases,
  ],
  exports: [Casework, CaseViews, CaseQueue],
})
export class CaseworkModule implements OnModuleInit {
  constructor(
    private readonly cases: CasesRepository,
    private readonly content: CaseContent,
    private readonly queue: CaseQueue,
    private readonly database: ReadDatabase,
    private readonly personalData: PersonalData,
    private readonly files: FileAccess,
    private readonly columns: EncryptedColumns,
    private readonly closedText: ClosedText,
  ) {}

  onModuleInit(): void {
    this.files.register(CASE_ATTACHMENT, (manager, staff, caseId) =>
      this.queue.maySee(manager, staff, caseId),
    );
    this.columns.register('cases', 'id', 'form', FORM_PURPOSE);
    this.columns.register('cases', 'id', 'conditions', CONDITIONS_PURPOSE);
    this.closedText.register(CaseRow, 'corrections', 'decisionNote');
    this.closedText.register(CaseEventRow, 'note');
    this.personalData.register({
      section: 'applications',
      layer: 'core',
      export: (personId) => this.exportOf(personId),
      erase: async (tx, personId) => {
        if (personId !== null) await this.cases.erase(tx, personId);
      },
      keeps: [{ records: 'case-decisions', because: '档案法 art. 13' }],
    });
  }

  private async exportOf(personId: string | null): Promise<Record<string, unknown>[]> {
    if (personId === null) return [];
    const { manager } = this.database;
    const rows = await this.cases.ofApplicant(manager, personId);
    return Promise.all(
      rows.map(async (row) => {
        const events = await this.cases.events(manager, row.id);
        return {
          caseNumber: row.caseNumber,
          type: row.type,
          category: row.category,
          status: row.status,
          submittedAt: row.submittedAt.toISOString(),
          decidedAt: row.decidedAt?.toISOString() ?? null,
          form: this.content.recordOf(row).form,
          conditions: this.content.conditionsOf(row),
          decisionNote: row.decisionNote,
          timeline: events.map((event) => ({
            kind: event.kind,
            at: event.at.toISOString(),
            office: event.officeZh,
            note: event.note,
          })),
        };
      }),
    );
  }
}
