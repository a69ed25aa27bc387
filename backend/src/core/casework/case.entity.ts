import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { CaseState } from '@talent-card/shared/casework/case-state';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One application. At most one open of a type for a person, held by the database. */
@Entity('cases')
export class CaseRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  /** For talking about it: `S2026-1124-0071`. Numbers of a day may have gaps. */
  @Column('varchar', { length: 20 })
  caseNumber: string;

  /** Which definition it follows, such as `card-application`. */
  @Column('varchar', { length: 40 })
  type: string;

  /** Which steps of the definition. */
  @Column('varchar', { length: 40 })
  flow: string;

  @Column('varchar', { length: 26 })
  category: string;

  @Column('varchar', { length: 26 })
  applicantPersonId: string;

  /** Who submitted it; null once erased. */
  @Column('varchar', { length: 26, nullable: true })
  accountId: string | null;

  @Column('varchar', { length: 20 })
  zoneCode: ZoneCode;

  @Column('varchar', { length: 10 })
  status: CaseState;

  /** The step it waits at, also while returned; null when it is over. */
  @Column('varchar', { length: 40, nullable: true })
  stepKey: string | null;

  @Column('int')
  version: number;

  /** Encrypted JSON, purpose `cases.form`; null once erased. */
  @Column('text', { nullable: true })
  form: string | null;

  /** The conditions as they stood at the last submission or at the final decision: encrypted JSON, `cases.conditions`. */
  @Column('text', { nullable: true })
  conditions: string | null;

  /** JSON; what a returned case asks for, kept until it comes back. */
  @Column('text', { nullable: true })
  corrections: string | null;

  /** The reason of a return or rejection. */
  @Column('text', { nullable: true })
  decisionNote: string | null;

  @Column('boolean')
  offlineMaterial: boolean;

  /** Last day of the step; null while nobody in an office is waited for. */
  @Column('varchar', { length: 10, nullable: true })
  dueOn: string | null;

  /** Working days that the step had left when the case was returned. */
  @Column('int', { nullable: true })
  pausedWorkingDays: number | null;

  /** The due date whose passing was noted already. */
  @Column('varchar', { length: 10, nullable: true })
  overdueMarkedFor: string | null;

  /** What the approval made, such as a card. */
  @Column('varchar', { length: 26, nullable: true })
  resultId: string | null;

  @Column('datetime', { precision: 3 })
  submittedAt: Date;

  @Column('datetime', { precision: 3 })
  updatedAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  decidedAt: Date | null;

  /** Parts a person's cases of a type that may be open side by side; empty where there is only one. */
  @Column('varchar', { length: 40 })
  openKey: string;

  /** Made by the database: the applicant while the case is open. Unique with the type and `openKey`. */
  @Column({
    type: 'varchar',
    length: 26,
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: "CASE WHEN status IN ('in-review', 'returned') THEN applicantPersonId END",
  })
  openPersonId: string | null;
}

/** A step as it was defined on the day of submission: later changes of the definition do not rewrite it. */
@Entity('case_steps')
export class CaseStepRow {
  @PrimaryColumn('varchar', { length: 26 })
  caseId: string;

  @PrimaryColumn('int')
  position: number;

  @Column('varchar', { length: 40 })
  stepKey: string;

  @Column('varchar', { length: 60 })
  nameZh: string;

  @Column('varchar', { length: 100 })
  nameEn: string;

  @Column('int')
  workingDays: number;

  @Column('varchar', { length: 10 })
  status: 'done' | 'current' | 'ahead' | 'skipped';

  @Column('datetime', { precision: 3, nullable: true })
  decidedAt: Date | null;

  /** Actor id; four eyes are counted by it. */
  @Column('varchar', { length: 40, nullable: true })
  decidedBy: string | null;
}

/** A document of a case: an uploaded file, or paper that a window has received (`fileId` null). */
@Entity('case_documents')
export class CaseDocumentRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  caseId: string;

  @Column('varchar', { length: 40 })
  documentType: string;

  @Column('varchar', { length: 26, nullable: true })
  fileId: string | null;

  @Column('datetime', { precision: 3 })
  addedAt: Date;

  /** Actor id of the window that received the paper. */
  @Column('varchar', { length: 40, nullable: true })
  receivedBy: string | null;
}

/** What happened to a case. The applicant reads offices; only staff read names. */
@Entity('case_events')
export class CaseEventRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  caseId: string;

  @Column('varchar', { length: 20 })
  kind:
    | 'submitted'
    | 'resubmitted'
    | 'document-added'
    | 'returned'
    | 'step-approved'
    | 'approved'
    | 'rejected'
    | 'withdrawn'
    | 'overdue';

  @Column('datetime', { precision: 3 })
  at: Date;

  @Column('varchar', { length: 60, nullable: true })
  stepNameZh: string | null;

  @Column('varchar', { length: 100, nullable: true })
  stepNameEn: string | null;

  @Column('varchar', { length: 10 })
  actorType: 'applicant' | 'office' | 'system';

  @Column('varchar', { length: 40, nullable: true })
  actorId: string | null;

  @Column('varchar', { length: 60, nullable: true })
  actorName: string | null;

  @Column('varchar', { length: 60, nullable: true })
  officeZh: string | null;

  @Column('varchar', { length: 100, nullable: true })
  officeEn: string | null;

  @Column('text', { nullable: true })
  note: string | null;
}

/** The last case number given out on a day. */
@Entity('case_numbers')
export class CaseNumberRow {
  @PrimaryColumn('varchar', { length: 10 })
  day: string;

  @Column('int')
  last: number;
}
