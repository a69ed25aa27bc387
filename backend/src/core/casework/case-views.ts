import { Injectable } from '@nestjs/common';
import type {
  CaseDetail,
  CaseEvent,
  CaseStep,
  CaseSummary,
  DocumentSlot,
} from '@talent-card/shared/casework/schema';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import type { EntityManager } from 'typeorm';
import { WorkingCalendar } from '../../platform/calendar/working-calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { CaseEventRow, CaseRow, CaseStepRow } from './case.entity.js';
import { CaseContent, type Correction } from './case-content.js';
import type { CaseRecord } from './case-definition.js';
import { CaseDefinitions } from './case-definitions.js';
import { CaseDocuments } from './case-documents.js';
import { CasesRepository } from './cases.repository.js';

/** A case as its applicant reads it: offices, never clerks. */
export interface ApplicantView {
  readonly record: CaseRecord;
  readonly summary: CaseSummary;
  readonly steps: CaseStep[];
  readonly timeline: CaseEvent[];
  readonly documents: DocumentSlot[];
  readonly conditions: Condition[];
  readonly corrections: Correction[];
  readonly decisionNote: string | null;
}

const localized = (zh: string | null, en: string | null): LocalizedText | null =>
  zh === null || en === null ? null : { zh, en };

/** Reads cases and words them for applicants and for staff. */
@Injectable()
export class CaseViews {
  constructor(
    private readonly cases: CasesRepository,
    private readonly definitions: CaseDefinitions,
    private readonly documents: CaseDocuments,
    private readonly content: CaseContent,
    private readonly calendar: WorkingCalendar,
    private readonly clock: Clock,
  ) {}

  /** A person's cases of a type, newest first. */
  async listFor(
    manager: EntityManager,
    personId: string,
    type: string,
  ): Promise<{ record: CaseRecord; summary: CaseSummary }[]> {
    const rows = await this.cases.ofApplicant(manager, personId, type);
    const summaries = await this.summaries(manager, rows);
    return rows.flatMap((row, i) => {
      const summary = summaries[i];
      return summary ? [{ record: this.content.recordOf(row), summary }] : [];
    });
  }

  /** Null when there is no such case of this person. */
  async forApplicant(
    manager: EntityManager,
    personId: string,
    caseId: string,
  ): Promise<ApplicantView | null> {
    const row = await this.cases.find(manager, caseId);
    if (!row || row.applicantPersonId !== personId) return null;
    const steps = await this.cases.steps(manager, row.id);
    const events = await this.cases.events(manager, row.id);
    return {
      record: this.content.recordOf(row),
      summary: this.summaryOf(row, steps),
      steps: this.stepsOf(row, steps),
      timeline: events.map((event) => eventOf(event)),
      documents: await this.documents.slots(manager, this.definitions.of(row.type), row),
      conditions: await this.conditions(manager, row),
      corrections: this.content.correctionsOf(row),
      decisionNote: row.decisionNote,
    };
  }

  async summaries(manager: EntityManager, rows: readonly CaseRow[]): Promise<CaseSummary[]> {
    const steps = await this.cases.stepsOfMany(
      manager,
      rows.map((row) => row.id),
    );
    const byCase = groupByCase(steps);
    return rows.map((row) => this.summaryOf(row, byCase.get(row.id) ?? []));
  }

  summaryOf(row: CaseRow, steps: readonly CaseStepRow[]): CaseSummary {
    const today = serviceDate(this.clock.now());
    const current = row.stepKey === null ? undefined : steps.find((step) => step.stepKey === row.stepKey);
    return {
      caseId: row.id,
      caseNumber: row.caseNumber,
      type: row.type,
      status: row.status,
      submittedAt: row.submittedAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      currentStep: current ? { zh: current.nameZh, en: current.nameEn } : null,
      dueOn: row.dueOn,
      workingDaysLeft: row.dueOn === null ? null : this.calendar.workingDaysBetween(today, row.dueOn),
      overdue: row.dueOn !== null && row.dueOn < today,
      version: row.version,
    };
  }

  stepsOf(row: CaseRow, steps: readonly CaseStepRow[]): CaseStep[] {
    return steps.map((step) => ({
      key: step.stepKey,
      name: { zh: step.nameZh, en: step.nameEn },
      status: step.status,
      workingDays: step.workingDays,
      dueOn: step.status === 'current' ? row.dueOn : null,
      decidedAt: step.decidedAt?.toISOString() ?? null,
    }));
  }

  async staffTimeline(manager: EntityManager, caseId: string): Promise<CaseDetail['timeline']> {
    const events = await this.cases.events(manager, caseId);
    return events.map((event) => ({ ...eventOf(event), actorName: event.actorName }));
  }

  /** As they stand now while the case is open, as they stood at its end afterwards. */
  async conditions(manager: EntityManager, row: CaseRow): Promise<Condition[]> {
    const definition = this.definitions.of(row.type);
    const open = row.status === 'in-review' || row.status === 'returned';
    if (!open || !definition.conditions) return this.content.conditionsOf(row);
    return definition.conditions(manager, this.content.recordOf(row));
  }
}

function groupByCase(steps: readonly CaseStepRow[]): Map<string, CaseStepRow[]> {
  const groups = new Map<string, CaseStepRow[]>();
  for (const step of steps) groups.set(step.caseId, [...(groups.get(step.caseId) ?? []), step]);
  return groups;
}

function eventOf(event: CaseEventRow): CaseEvent {
  return {
    eventId: event.id,
    kind: event.kind,
    at: event.at.toISOString(),
    stepName: localized(event.stepNameZh, event.stepNameEn),
    by: event.actorType,
    office: localized(event.officeZh, event.officeEn),
    note: event.note,
  };
}
