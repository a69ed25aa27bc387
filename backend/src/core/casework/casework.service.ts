import { Injectable } from '@nestjs/common';
import type { Decision } from '@talent-card/shared/casework/schema';
import type { CitizenPrincipal } from '../../platform/accounts/principal.js';
import type { Tx } from '../../platform/database/tx.js';
import type { CaseRow } from './case.entity.js';
import { type CaseActor, systemActor } from './case-actor.js';
import { CaseContent } from './case-content.js';
import { CaseDecisions } from './case-decisions.js';
import { type CaseDefinition, type CaseRecord, NO_WORDS } from './case-definition.js';
import { CaseDefinitions } from './case-definitions.js';
import { CaseIntake, type Resubmission, type Submission } from './case-intake.js';
import { CaseJournal, ended, isOpen } from './case-journal.js';
import { CasesRepository } from './cases.repository.js';

export type { Resubmission, Submission } from './case-intake.js';

/**
 * Applications with steps, each decided by its office: what features may ask of the kernel. How a case is handed in is
 * told by `CaseIntake`, how it is decided by `CaseDecisions`, and what each change writes by `CaseJournal`.
 */
@Injectable()
export class Casework {
  constructor(
    private readonly cases: CasesRepository,
    private readonly definitions: CaseDefinitions,
    private readonly content: CaseContent,
    private readonly intake: CaseIntake,
    private readonly decisions: CaseDecisions,
    private readonly journal: CaseJournal,
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
    return this.content.recordOf(await this.intake.open(tx, principal, submission, true));
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
    const row = await this.intake.open(tx, principal, submission, false);
    return this.decisions.finish(tx, systemActor(rule), row, NO_WORDS);
  }

  /**
   * Decides the step that the case waits at: on to the next, back to the applicant, or the end. What a final approval
   * causes runs here, in the same transaction.
   * @throws DomainError NOT_FOUND when the actor does not see the case, STALE_VERSION when somebody was faster,
   *   CASE_STATE_CONFLICT, CASE_STEP_NOT_YOURS, CASE_FOUR_EYES, CASE_INCOMPLETE while paper is awaited
   */
  decide(tx: Tx, actor: CaseActor, caseId: string, decision: Decision): Promise<void> {
    return this.decisions.decide(tx, actor, caseId, decision);
  }

  /** As `submitApproved`, for a case that is open already. */
  async approveBySystem(tx: Tx, caseId: string, rule: string): Promise<CaseRecord> {
    const row = await this.journal.existing(tx.manager, caseId);
    return this.decisions.finish(tx, systemActor(rule), row, NO_WORDS);
  }

  /**
   * Marks paper as received at the window.
   * @throws DomainError NOT_FOUND, STALE_VERSION, CASE_STATE_CONFLICT, CASE_STEP_NOT_YOURS; VALIDATION_FAILED when the
   *   case awaits no paper of the type
   */
  receiveDocument(
    tx: Tx,
    actor: CaseActor,
    caseId: string,
    version: number,
    documentType: string,
  ): Promise<void> {
    return this.decisions.receiveDocument(tx, actor, caseId, version, documentType);
  }

  /**
   * Takes a corrected case back at the step that returned it, with the working days that were left, at least one.
   * @throws DomainError NOT_FOUND, STALE_VERSION, CASE_STATE_CONFLICT, and as `submit` for documents
   */
  resubmit(
    tx: Tx,
    principal: CitizenPrincipal,
    caseId: string,
    corrected: Resubmission,
  ): Promise<CaseRecord> {
    return this.intake.resubmit(tx, principal, caseId, corrected);
  }

  /** @throws DomainError NOT_FOUND, STALE_VERSION, CASE_STATE_CONFLICT when it is over already */
  withdraw(tx: Tx, principal: CitizenPrincipal, caseId: string, version: number): Promise<void> {
    return this.intake.withdraw(tx, principal, caseId, version);
  }

  /** Ends an open case whose matter is gone; one that is over already stays as it is. */
  async close(tx: Tx, caseId: string, rule: string): Promise<void> {
    const row = await this.journal.existing(tx.manager, caseId);
    if (!isOpen(row)) return;
    await this.journal.change(tx, row, { ...ended(tx), status: 'withdrawn' });
    await this.cases.skipRest(tx, row.id);
    await this.journal.note(tx, systemActor(rule).principal, row, { kind: 'withdrawn', actorType: 'system' });
  }

  /** Notes once for each due date that it has passed. False when the case moved meanwhile. */
  async markOverdue(tx: Tx, row: CaseRow): Promise<boolean> {
    if (row.dueOn === null || !(await this.cases.markOverdue(tx, row.id, row.dueOn))) return false;
    const { principal } = systemActor('casework.overdue');
    await this.journal.note(tx, principal, row, { kind: 'overdue', actorType: 'system' });
    return true;
  }
}
