import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import type { EntityManager } from 'typeorm';
import type { CitizenPrincipal } from '../../platform/accounts/principal.js';
import { WorkingCalendar } from '../../platform/calendar/working-calendar.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import type { CaseRow, CaseStepRow } from './case.entity.js';
import { CaseContent } from './case-content.js';
import type { CaseRecord, StepDefinition } from './case-definition.js';
import { CaseDefinitions } from './case-definitions.js';
import { CaseDocuments, type SubmittedDocument } from './case-documents.js';
import { CaseJournal, ended, isOpen } from './case-journal.js';
import { CasesRepository } from './cases.repository.js';

/** What an applicant hands in. The feature has checked it; the kernel keeps it. */
export interface Submission {
  readonly type: string;
  readonly flow: string;
  readonly category: string;
  readonly applicantPersonId: string;
  readonly zoneCode: ZoneCode;
  /** A person has one open case of a type and key; all cases of a type share the key unless their feature parts them. */
  readonly openKey?: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly documents: readonly SubmittedDocument[];
  readonly offlineMaterial: boolean;
  readonly conditions: readonly Condition[];
}

export type Resubmission = Pick<
  Submission,
  'category' | 'zoneCode' | 'form' | 'documents' | 'offlineMaterial' | 'conditions'
> & { readonly version: number };

/** The applicant's side: handing in, correcting, withdrawing. */
@Injectable()
export class CaseIntake {
  constructor(
    private readonly cases: CasesRepository,
    private readonly definitions: CaseDefinitions,
    private readonly documents: CaseDocuments,
    private readonly content: CaseContent,
    private readonly calendar: WorkingCalendar,
    private readonly journal: CaseJournal,
  ) {}

  /** Opens a case at the first step of its flow; see `Casework.submit`. `announced`: the applicant is told of it. */
  async open(
    tx: Tx,
    principal: CitizenPrincipal,
    submission: Submission,
    announced: boolean,
  ): Promise<CaseRow> {
    const { type, flow, category, applicantPersonId, zoneCode, offlineMaterial } = submission;
    const steps = this.definitions.flow(type, flow);
    this.documents.check(this.definitions.of(type), submission, submission.documents);
    const today = serviceDate(tx.now);
    const row: CaseRow = {
      id: newId(tx.now),
      caseNumber: await this.numberFor(tx, today),
      type,
      flow,
      category,
      applicantPersonId,
      accountId: principal.accountId,
      zoneCode,
      openKey: submission.openKey ?? '',
      status: 'in-review',
      ...this.journal.arrivalAt(steps[0], today),
      version: 1,
      form: this.content.closeForm(submission.form),
      conditions: this.content.closeConditions(submission.conditions),
      corrections: null,
      decisionNote: null,
      offlineMaterial,
      pausedWorkingDays: null,
      resultId: null,
      submittedAt: tx.now,
      updatedAt: tx.now,
      decidedAt: null,
      openPersonId: null,
    };
    const { openPersonId: _, ...inserted } = row;
    if (!(await this.cases.insert(tx, inserted))) {
      const open = await this.cases.findOpen(tx.manager, row);
      throw new DomainError('APPLICATION_ALREADY_OPEN', open ? { caseId: open.id } : {});
    }
    await this.cases.addSteps(
      tx,
      steps.map((step, position) => stepRow(row.id, step, position)),
    );
    await this.documents.replace(tx, row, submission.documents);
    await this.journal.note(tx, principal, row, { kind: 'submitted', actorType: 'applicant' }, announced);
    return row;
  }

  /** See `Casework.resubmit`. */
  async resubmit(
    tx: Tx,
    principal: CitizenPrincipal,
    caseId: string,
    corrected: Resubmission,
  ): Promise<CaseRecord> {
    const row = await this.ownedBy(tx.manager, principal, caseId, corrected.version);
    if (row.status !== 'returned') throw new DomainError('CASE_STATE_CONFLICT', { status: row.status });
    const { category, zoneCode, offlineMaterial } = corrected;
    this.documents.check(
      this.definitions.of(row.type),
      { ...corrected, flow: row.flow },
      corrected.documents,
    );
    const days = Math.max(1, row.pausedWorkingDays ?? 1);
    const after = await this.journal.change(tx, row, {
      status: 'in-review',
      category,
      zoneCode,
      offlineMaterial,
      form: this.content.closeForm(corrected.form),
      conditions: this.content.closeConditions(corrected.conditions),
      corrections: null,
      decisionNote: null,
      dueOn: this.calendar.addWorkingDays(serviceDate(tx.now), days),
      pausedWorkingDays: null,
      overdueMarkedFor: null,
    });
    await this.documents.replace(tx, after, corrected.documents);
    await this.journal.note(tx, principal, after, { kind: 'resubmitted', actorType: 'applicant' });
    return this.content.recordOf(after);
  }

  /** See `Casework.withdraw`. */
  async withdraw(tx: Tx, principal: CitizenPrincipal, caseId: string, version: number): Promise<void> {
    const row = await this.ownedBy(tx.manager, principal, caseId, version);
    if (!isOpen(row)) throw new DomainError('CASE_STATE_CONFLICT', { status: row.status });
    await this.journal.change(tx, row, { ...ended(tx), status: 'withdrawn' });
    await this.cases.skipRest(tx, row.id);
    await this.journal.note(tx, principal, row, { kind: 'withdrawn', actorType: 'applicant' });
  }

  private async numberFor(tx: Tx, today: string): Promise<string> {
    const [year, month, day] = today.split('-');
    const next = await this.cases.nextNumber(tx, today);
    return `S${year}-${month}${day}-${String(next).padStart(4, '0')}`;
  }

  private async ownedBy(
    manager: EntityManager,
    principal: CitizenPrincipal,
    caseId: string,
    version: number,
  ): Promise<CaseRow> {
    const row = await this.journal.existing(manager, caseId);
    if (row.applicantPersonId !== principal.personId) throw new DomainError('NOT_FOUND');
    if (row.version !== version) throw new DomainError('STALE_VERSION', { version: row.version });
    return row;
  }
}

function stepRow(caseId: string, step: StepDefinition, position: number): CaseStepRow {
  return {
    caseId,
    position,
    stepKey: step.key,
    nameZh: step.name.zh,
    nameEn: step.name.en,
    workingDays: step.workingDays,
    status: position === 0 ? 'current' : 'ahead',
    decidedAt: null,
    decidedBy: null,
  };
}
