import { Injectable } from '@nestjs/common';
import type { Decision } from '@talent-card/shared/casework/schema';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import type { EntityManager } from 'typeorm';
import { WorkingCalendar } from '../../platform/calendar/working-calendar.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { CaseEventRow, CaseRow, CaseStepRow } from './case.entity.js';
import type { CaseActor } from './case-actor.js';
import { CaseContent } from './case-content.js';
import type { ApprovalWords, CaseDefinition, CaseRecord } from './case-definition.js';
import { CaseDefinitions } from './case-definitions.js';
import { CaseDocuments } from './case-documents.js';
import { CaseJournal, ended } from './case-journal.js';
import { CasesRepository } from './cases.repository.js';

/** The office's side: step by step to the end, or back to the applicant. */
@Injectable()
export class CaseDecisions {
  constructor(
    private readonly cases: CasesRepository,
    private readonly definitions: CaseDefinitions,
    private readonly documents: CaseDocuments,
    private readonly content: CaseContent,
    private readonly calendar: WorkingCalendar,
    private readonly journal: CaseJournal,
  ) {}

  /** See `Casework.decide`. */
  async decide(tx: Tx, actor: CaseActor, caseId: string, decision: Decision): Promise<void> {
    const row = await this.locked(tx, await this.visible(tx.manager, actor, caseId));
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

  /** See `Casework.receiveDocument`. */
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
    await this.journal.change(tx, row, {});
    await this.documents.receive(tx, this.definitions.of(row.type), row, documentType, actor.id);
    await this.journal.note(tx, actor.principal, row, { kind: 'document-added', ...eventOf(actor) });
  }

  /** Approves a case whole, with what its approval causes. */
  async finish(
    tx: Tx,
    actor: CaseActor,
    row: CaseRow,
    words: ApprovalWords,
    endStep?: () => Promise<void>,
  ): Promise<CaseRecord> {
    const definition = this.definitions.of(row.type);
    const conditions = await this.conditionsNow(tx.manager, definition, row);
    const after = await this.journal.change(tx, row, {
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
    await this.journal.note(tx, actor.principal, row, event, actor.type !== 'system' && !told);
    return { ...record, resultId };
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
    await this.journal.change(tx, row, {
      ...this.journal.arrivalAt({ key: next.stepKey, workingDays: next.workingDays }, serviceDate(tx.now)),
      decisionNote: null,
    });
    await this.cases.setStep(tx, row.id, position, done);
    await this.cases.setStep(tx, row.id, next.position, { status: 'current' });
    await this.journal.note(tx, actor.principal, row, {
      kind: 'step-approved',
      ...eventOf(actor),
      note: words.note,
    });
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
    const after = await this.journal.change(tx, row, {
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
    await this.journal.note(tx, actor.principal, row, { kind: 'rejected', ...eventOf(actor), note });
  }

  private async sendBack(
    tx: Tx,
    actor: CaseActor,
    row: CaseRow,
    note: string,
    corrections: NonNullable<Decision['corrections']>,
  ): Promise<void> {
    const today = serviceDate(tx.now);
    await this.journal.change(tx, row, {
      status: 'returned',
      decisionNote: note,
      corrections: JSON.stringify(corrections),
      dueOn: null,
      pausedWorkingDays: row.dueOn === null ? null : this.calendar.workingDaysBetween(today, row.dueOn),
    });
    await this.journal.note(tx, actor.principal, row, { kind: 'returned', ...eventOf(actor), note });
  }

  private conditionsNow(
    manager: EntityManager,
    definition: CaseDefinition,
    row: CaseRow,
  ): Promise<Condition[]> | undefined {
    return definition.conditions?.(manager, this.content.recordOf(row));
  }

  private assertTurn(actor: CaseActor, row: CaseRow, steps: readonly CaseStepRow[]): void {
    const step = this.definitions.step(row.type, row.flow, row.stepKey);
    if (!step?.roles.some((role) => actor.roles.includes(role))) throw new DomainError('CASE_STEP_NOT_YOURS');
    if (step.fourEyes && steps.some((earlier) => earlier.decidedBy === actor.id)) {
      throw new DomainError('CASE_FOUR_EYES');
    }
  }

  private async locked(tx: Tx, seen: CaseRow): Promise<CaseRow> {
    const { beforeDeciding } = this.definitions.of(seen.type);
    if (!beforeDeciding) return seen;
    await beforeDeciding(tx, this.content.recordOf(seen));
    return this.journal.existing(tx.manager, seen.id);
  }

  private async visible(manager: EntityManager, actor: CaseActor, caseId: string): Promise<CaseRow> {
    const row = await this.journal.existing(manager, caseId);
    const seen = actor.sees({ caseId: row.id, type: row.type, zoneCode: row.zoneCode });
    if (!seen) throw new DomainError('NOT_FOUND');
    return row;
  }
}

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
