import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import { OPEN_CASE_STATES } from '@talent-card/shared/casework/case-state';
import type { Decision } from '@talent-card/shared/casework/schema';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import type { EntityManager } from 'typeorm';
import type { CitizenPrincipal, Principal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { WorkingCalendar } from '../../platform/calendar/working-calendar.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { CaseEventRow, CaseRow, CaseStepRow } from './case.entity.js';
import { type CaseActor, systemActor } from './case-actor.js';
import { CaseContent } from './case-content.js';
import {
  type ApprovalWords,
  type CaseDefinition,
  type CaseRecord,
  NO_WORDS,
  type StepDefinition,
} from './case-definition.js';
import { CaseDefinitions } from './case-definitions.js';
import { CaseDocuments, type SubmittedDocument } from './case-documents.js';
import { type CaseChange, CasesRepository } from './cases.repository.js';

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

/** The events that the applicant is told of; of the others they know themselves, or the timeline says it. */
const TOLD: readonly CaseEventRow['kind'][] = ['submitted', 'returned', 'approved', 'rejected'];

/**
 * Applications with steps, each decided by its office. Every change is compare-and-set on version, state and step,
 * and writes its event and audit entry and, where there is somebody to tell, its outbox message (`case.<event>`) in the
 * caller's transaction.
 */
@Injectable()
export class Casework {
  constructor(
    private readonly cases: CasesRepository,
    private readonly definitions: CaseDefinitions,
    private readonly documents: CaseDocuments,
    private readonly content: CaseContent,
    private readonly calendar: WorkingCalendar,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** Makes a kind of case known. Call in `onModuleInit`. */
  define(definition: CaseDefinition): void {
    this.definitions.add(definition);
  }

  /**
   * Opens a case at the first step of its flow.
   * @throws DomainError APPLICATION_ALREADY_OPEN, CASE_DOCUMENT_LIMIT, VALIDATION_FAILED for a document that the case
   *   does not take, NOT_FOUND for a file that is not the applicant's
   */
  async submit(tx: Tx, principal: CitizenPrincipal, submission: Submission): Promise<CaseRecord> {
    return this.content.recordOf(await this.open(tx, principal, submission, true));
  }

  /**
   * Opens a case and approves it whole where a rule leaves nothing to decide; the timeline says that the service did
   * it. Outside, only what the approval made is announced: one tap should not bring three messages.
   * @throws DomainError as `submit`, and whatever the approval causes
   */
  async submitApproved(
    tx: Tx,
    principal: CitizenPrincipal,
    submission: Submission,
    rule: string,
  ): Promise<CaseRecord> {
    const row = await this.open(tx, principal, submission, false);
    return this.finish(tx, systemActor(rule), row, NO_WORDS);
  }

  private async open(
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
      ...this.arrivalAt(steps[0], today),
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
    await this.note(tx, principal, row, { kind: 'submitted', actorType: 'applicant' }, announced);
    return row;
  }

  /**
   * Decides the step that the case waits at: on to the next, back to the applicant, or the end. What a final approval
   * causes runs here, in the same transaction.
   * @throws DomainError NOT_FOUND when the actor does not see the case, STALE_VERSION when somebody was faster,
   *   CASE_STATE_CONFLICT, CASE_STEP_NOT_YOURS, CASE_FOUR_EYES, CASE_INCOMPLETE while paper is awaited
   */
  async decide(tx: Tx, actor: CaseActor, caseId: string, decision: Decision): Promise<void> {
    const row = await this.visible(tx.manager, actor, caseId);
    if (row.version !== decision.version) throw new DomainError('STALE_VERSION', { version: row.version });
    if (row.status !== 'in-review') throw new DomainError('CASE_STATE_CONFLICT', { status: row.status });
    const steps = await this.cases.steps(tx.manager, row.id);
    this.assertTurn(actor, row, steps);
    const note = decision.note ? decision.note : null;
    if (decision.decision === 'return') {
      await this.sendBack(tx, actor, row, note ?? '', decision.corrections ?? []);
    } else if (decision.decision === 'reject') {
      await this.reject(tx, actor, row, steps, note ?? '');
    } else {
      await this.approve(tx, actor, row, steps, { note, extra: decision.extra ?? {} });
    }
  }

  /** As `submitApproved`, for a case that is open already. */
  async approveBySystem(tx: Tx, caseId: string, rule: string): Promise<CaseRecord> {
    const row = await this.existing(tx.manager, caseId);
    return this.finish(tx, systemActor(rule), row, NO_WORDS);
  }

  /**
   * Marks paper as received at the window.
   * @throws DomainError NOT_FOUND, STALE_VERSION, CASE_STATE_CONFLICT, CASE_STEP_NOT_YOURS; VALIDATION_FAILED when the
   *   case awaits no paper of the type
   */
  async receiveDocument(
    tx: Tx,
    actor: CaseActor,
    caseId: string,
    version: number,
    documentType: string,
  ): Promise<void> {
    const row = await this.visible(tx.manager, actor, caseId);
    if (row.version !== version) throw new DomainError('STALE_VERSION', { version: row.version });
    if (row.status !== 'in-review') throw new DomainError('CASE_STATE_CONFLICT', { status: row.status });
    this.assertTurn(actor, row, await this.cases.steps(tx.manager, row.id));
    await this.change(tx, row, {});
    await this.documents.receive(tx, this.definitions.of(row.type), row, documentType, actor.id);
    await this.note(tx, actor.principal, row, { kind: 'document-added', ...eventOf(actor) });
  }

  /**
   * Takes a corrected case back at the step that returned it, with the working days that were left, at least one.
   * @throws DomainError NOT_FOUND, STALE_VERSION, CASE_STATE_CONFLICT, and as `submit` for documents
   */
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
    const after = await this.change(tx, row, {
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
    await this.note(tx, principal, after, { kind: 'resubmitted', actorType: 'applicant' });
    return this.content.recordOf(after);
  }

  /** @throws DomainError NOT_FOUND, STALE_VERSION, CASE_STATE_CONFLICT when it is over already */
  async withdraw(tx: Tx, principal: CitizenPrincipal, caseId: string, version: number): Promise<void> {
    const row = await this.ownedBy(tx.manager, principal, caseId, version);
    if (!isOpen(row)) throw new DomainError('CASE_STATE_CONFLICT', { status: row.status });
    await this.change(tx, row, { ...ended(tx), status: 'withdrawn' });
    await this.cases.skipRest(tx, row.id);
    await this.note(tx, principal, row, { kind: 'withdrawn', actorType: 'applicant' });
  }

  /** Ends an open case whose matter is gone; one that is over already stays as it is. */
  async close(tx: Tx, caseId: string, rule: string): Promise<void> {
    const row = await this.existing(tx.manager, caseId);
    if (!isOpen(row)) return;
    await this.change(tx, row, { ...ended(tx), status: 'withdrawn' });
    await this.cases.skipRest(tx, row.id);
    await this.note(tx, systemActor(rule).principal, row, { kind: 'withdrawn', actorType: 'system' });
  }

  /** Notes once for each due date that it has passed. False when the case moved meanwhile. */
  async markOverdue(tx: Tx, row: CaseRow): Promise<boolean> {
    if (row.dueOn === null || !(await this.cases.markOverdue(tx, row.id, row.dueOn))) return false;
    const { principal } = systemActor('casework.overdue');
    await this.note(tx, principal, row, { kind: 'overdue', actorType: 'system' });
    return true;
  }

  private async approve(
    tx: Tx,
    actor: CaseActor,
    row: CaseRow,
    steps: readonly CaseStepRow[],
    words: ApprovalWords,
  ): Promise<void> {
    await this.documents.assertReceived(tx.manager, this.definitions.of(row.type), row);
    const position = steps.findIndex((step) => step.stepKey === row.stepKey);
    const next = steps[position + 1];
    const done = { status: 'done' as const, decidedAt: tx.now, decidedBy: actor.id };
    if (!next) {
      await this.finish(tx, actor, row, words, () => this.cases.setStep(tx, row.id, position, done));
      return;
    }
    await this.change(tx, row, {
      ...this.arrivalAt({ key: next.stepKey, workingDays: next.workingDays }, serviceDate(tx.now)),
      decisionNote: null,
    });
    await this.cases.setStep(tx, row.id, position, done);
    await this.cases.setStep(tx, row.id, next.position, { status: 'current' });
    await this.note(tx, actor.principal, row, { kind: 'step-approved', ...eventOf(actor), note: words.note });
  }

  private async finish(
    tx: Tx,
    actor: CaseActor,
    row: CaseRow,
    words: ApprovalWords,
    endStep?: () => Promise<void>,
  ): Promise<CaseRecord> {
    const definition = this.definitions.of(row.type);
    const conditions = await this.conditionsNow(tx.manager, definition, row);
    const after = await this.change(tx, row, {
      ...ended(tx),
      status: 'approved',
      decisionNote: null,
      ...(conditions ? { conditions: this.content.closeConditions(conditions) } : {}),
    });
    await endStep?.();
    await this.cases.skipRest(tx, row.id);
    const record = this.content.recordOf(after);
    const { resultId, told = false } = await definition.onApproved(tx, record, { actor, ...words });
    await this.cases.setResult(tx, row.id, resultId);
    const event = { kind: 'approved' as const, ...eventOf(actor), note: words.note };
    await this.note(tx, actor.principal, row, event, actor.type !== 'system' && !told);
    return { ...record, resultId };
  }

  private async reject(
    tx: Tx,
    actor: CaseActor,
    row: CaseRow,
    steps: readonly CaseStepRow[],
    note: string,
  ): Promise<void> {
    const definition = this.definitions.of(row.type);
    const conditions = await this.conditionsNow(tx.manager, definition, row);
    const after = await this.change(tx, row, {
      ...ended(tx),
      status: 'rejected',
      decisionNote: note,
      ...(conditions ? { conditions: this.content.closeConditions(conditions) } : {}),
    });
    const position = steps.findIndex((step) => step.stepKey === row.stepKey);
    await this.cases.setStep(tx, row.id, position, {
      status: 'done',
      decidedAt: tx.now,
      decidedBy: actor.id,
    });
    await this.cases.skipRest(tx, row.id);
    await definition.onRejected?.(tx, this.content.recordOf(after), note);
    await this.note(tx, actor.principal, row, { kind: 'rejected', ...eventOf(actor), note });
  }

  private async sendBack(
    tx: Tx,
    actor: CaseActor,
    row: CaseRow,
    note: string,
    corrections: NonNullable<Decision['corrections']>,
  ): Promise<void> {
    const today = serviceDate(tx.now);
    await this.change(tx, row, {
      status: 'returned',
      decisionNote: note,
      corrections: JSON.stringify(corrections),
      dueOn: null,
      pausedWorkingDays: row.dueOn === null ? null : this.calendar.workingDaysBetween(today, row.dueOn),
    });
    await this.note(tx, actor.principal, row, { kind: 'returned', ...eventOf(actor), note });
  }

  private conditionsNow(
    manager: EntityManager,
    definition: CaseDefinition,
    row: CaseRow,
  ): Promise<Condition[]> | undefined {
    return definition.conditions?.(manager, this.content.recordOf(row));
  }

  /** Applies the change or ends the call: somebody else has changed the case since it was read. */
  private async change(tx: Tx, seen: CaseRow, change: CaseChange): Promise<CaseRow> {
    if (!(await this.cases.change(tx, seen, change))) throw new DomainError('STALE_VERSION');
    return { ...seen, ...change, version: seen.version + 1, updatedAt: tx.now };
  }

  private assertTurn(actor: CaseActor, row: CaseRow, steps: readonly CaseStepRow[]): void {
    const step = this.definitions.step(row.type, row.flow, row.stepKey);
    if (!step?.roles.some((role) => actor.roles.includes(role))) throw new DomainError('CASE_STEP_NOT_YOURS');
    if (step.fourEyes && steps.some((earlier) => earlier.decidedBy === actor.id)) {
      throw new DomainError('CASE_FOUR_EYES');
    }
  }

  private arrivalAt(
    step: Pick<StepDefinition, 'key' | 'workingDays'> | undefined,
    today: string,
  ): Pick<CaseRow, 'stepKey' | 'dueOn' | 'overdueMarkedFor'> {
    if (!step) throw new Error('a flow without steps was let in');
    const dueOn = this.calendar.addWorkingDays(today, step.workingDays);
    return { stepKey: step.key, dueOn, overdueMarkedFor: null };
  }

  private async numberFor(tx: Tx, today: string): Promise<string> {
    const [year, month, day] = today.split('-');
    const next = await this.cases.nextNumber(tx, today);
    return `S${year}-${month}${day}-${String(next).padStart(4, '0')}`;
  }

  private async existing(manager: EntityManager, caseId: string): Promise<CaseRow> {
    const row = await this.cases.find(manager, caseId);
    if (!row) throw new DomainError('NOT_FOUND');
    return row;
  }

  private async visible(manager: EntityManager, actor: CaseActor, caseId: string): Promise<CaseRow> {
    const row = await this.existing(manager, caseId);
    const seen = actor.sees({ caseId: row.id, type: row.type, zoneCode: row.zoneCode });
    if (!seen) throw new DomainError('NOT_FOUND');
    return row;
  }

  private async ownedBy(
    manager: EntityManager,
    principal: CitizenPrincipal,
    caseId: string,
    version: number,
  ): Promise<CaseRow> {
    const row = await this.existing(manager, caseId);
    if (row.applicantPersonId !== principal.personId) throw new DomainError('NOT_FOUND');
    if (row.version !== version) throw new DomainError('STALE_VERSION', { version: row.version });
    return row;
  }

  /** Event, audit entry and outbox message of one change; `row` is the case before it, at the step concerned. */
  private async note(
    tx: Tx,
    principal: Principal,
    row: CaseRow,
    event: Pick<CaseEventRow, 'kind' | 'actorType'> & Partial<CaseEventRow>,
    announced = true,
  ): Promise<void> {
    const step = this.definitions.step(row.type, row.flow, row.stepKey);
    // The service approves a case whole, so no step's name belongs to it.
    const whole =
      event.actorType === 'applicant' || (event.actorType === 'system' && event.kind === 'approved');
    const atStep = whole ? null : step;
    await this.cases.addEvent(tx, {
      id: newId(tx.now),
      caseId: row.id,
      at: tx.now,
      stepNameZh: atStep?.name.zh ?? null,
      stepNameEn: atStep?.name.en ?? null,
      actorId: principal.type === 'citizen' ? principal.accountId : null,
      actorName: null,
      officeZh: null,
      officeEn: null,
      note: null,
      ...event,
    });
    await this.audit.record(tx, principal, {
      action: `cases.${event.kind}`,
      objectType: 'case',
      objectId: row.id,
    });
    if (!announced || !TOLD.includes(event.kind)) return;
    await this.outbox.publish(tx, `case.${event.kind}`, {
      caseId: row.id,
      caseType: row.type,
      category: row.category,
      personId: row.applicantPersonId,
    });
  }
}

const isOpen = (row: CaseRow): boolean => (OPEN_CASE_STATES as readonly string[]).includes(row.status);

const ended = (tx: Tx) => ({
  stepKey: null,
  dueOn: null,
  pausedWorkingDays: null,
  corrections: null,
  decidedAt: tx.now,
});

function eventOf(
  actor: CaseActor,
): Pick<CaseEventRow, 'actorType' | 'actorId' | 'actorName' | 'officeZh' | 'officeEn'> {
  return {
    actorType: actor.type,
    actorId: actor.id,
    actorName: actor.name,
    officeZh: actor.office?.zh ?? null,
    officeEn: actor.office?.en ?? null,
  };
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
