import { Injectable } from '@nestjs/common';
import { OPEN_CASE_STATES } from '@talent-card/shared/casework/case-state';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { WorkingCalendar } from '../../platform/calendar/working-calendar.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { CaseEventRow, CaseRow } from './case.entity.js';
import type { StepDefinition } from './case-definition.js';
import { CaseDefinitions } from './case-definitions.js';
import { type CaseChange, CasesRepository } from './cases.repository.js';

/** The events that the applicant is told of; of the others they know themselves, or the timeline says it. */
const TOLD: readonly CaseEventRow['kind'][] = ['submitted', 'returned', 'approved', 'rejected'];

/**
 * How a case changes, whoever changes it: compare-and-set on version, state and step, with an event, an audit entry and,
 * where there is somebody to tell, an outbox message (`case.<event>`) in the caller's transaction.
 */
@Injectable()
export class CaseJournal {
  constructor(
    private readonly cases: CasesRepository,
    private readonly definitions: CaseDefinitions,
    private readonly calendar: WorkingCalendar,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** Applies the change or ends the call: somebody else has changed the case since it was read. */
  async change(tx: Tx, seen: CaseRow, change: CaseChange): Promise<CaseRow> {
    if (!(await this.cases.change(tx, seen, change))) throw new DomainError('STALE_VERSION');
    return { ...seen, ...change, version: seen.version + 1, updatedAt: tx.now };
  }

  /** Event, audit entry and outbox message of one change; `row` is the case before it, at the step concerned. */
  async note(
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

  /** @throws DomainError NOT_FOUND */
  async existing(manager: EntityManager, caseId: string): Promise<CaseRow> {
    const row = await this.cases.find(manager, caseId);
    if (!row) throw new DomainError('NOT_FOUND');
    return row;
  }

  /** How a case stands on the day on which it comes to a step. */
  arrivalAt(
    step: Pick<StepDefinition, 'key' | 'workingDays'> | undefined,
    today: string,
  ): Pick<CaseRow, 'stepKey' | 'dueOn' | 'overdueMarkedFor'> {
    if (!step) throw new Error('a flow without steps was let in');
    const dueOn = this.calendar.addWorkingDays(today, step.workingDays);
    return { stepKey: step.key, dueOn, overdueMarkedFor: null };
  }
}

export const isOpen = (row: CaseRow): boolean => (OPEN_CASE_STATES as readonly string[]).includes(row.status);

/** What is so of every case that is over. */
export const ended = (tx: Tx) => ({
  stepKey: null,
  dueOn: null,
  pausedWorkingDays: null,
  corrections: null,
  decidedAt: tx.now,
});
