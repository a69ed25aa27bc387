import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { CaseState } from '@talent-card/shared/casework/case-state';
import type { CaseDetail, Decision } from '@talent-card/shared/casework/schema';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import type { EntityManager } from 'typeorm';
import type { Tx } from '../../platform/database/tx.js';
import type { CaseActor } from './case-actor.js';

/** One step of a flow. */
export interface StepDefinition {
  /** Unique in its flow. Where two flows of a type share a key, they share its roles. */
  readonly key: string;
  readonly name: LocalizedText;
  /** Who may decide it: roles of staff, or roles that a feature gives to other actors (an employer's specialist). */
  readonly roles: readonly string[];
  /** Working days until it is overdue, the day of arrival not counted. */
  readonly workingDays: number;
  /** Nobody who has decided an earlier step of the case may decide this one. */
  readonly fourEyes?: boolean;
}

/** A case as features see it: opened, and without the columns that only the kernel needs. */
export interface CaseRecord {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly type: string;
  readonly flow: string;
  readonly category: string;
  readonly applicantPersonId: string;
  readonly accountId: string | null;
  readonly zoneCode: ZoneCode;
  readonly status: CaseState;
  readonly version: number;
  readonly form: Readonly<Record<string, unknown>>;
  readonly offlineMaterial: boolean;
  readonly resultId: string | null;
  readonly openKey: string;
}

export interface DocumentRequirement {
  readonly documentType: string;
  readonly name: LocalizedText;
  readonly required: boolean;
  /** Handed in on paper because it is classified: nothing may be uploaded, a window marks it as received. */
  readonly offline: boolean;
}

/** What the one who approves may say beside yes. */
export interface Approval {
  readonly actor: CaseActor;
  readonly note: string | null;
  /** What the type of case asks for with an approval; its feature checks it. */
  readonly extra: NonNullable<Decision['extra']>;
}

/** What somebody may say who approves; a rule that approves says nothing. */
export type ApprovalWords = Omit<Approval, 'actor'>;
export const NO_WORDS: ApprovalWords = { note: null, extra: {} };

export interface ApprovalResult {
  readonly resultId: string | null;
  /** The result tells the applicant itself; a second message, of the approval, would only repeat it. */
  readonly told?: boolean;
}

/** How cases of one type are decided. Registered by the feature whose cases they are. */
export interface CaseDefinition {
  readonly type: string;
  readonly flows: Readonly<Record<string, readonly StepDefinition[]>>;
  /** Documents that a case with this content may or must carry. */
  documents(
    content: Pick<CaseRecord, 'flow' | 'category' | 'form' | 'offlineMaterial'>,
  ): DocumentRequirement[];
  /** The conditions as they stand now, asked while the case is open and kept when it ends. */
  conditions?(manager: EntityManager, record: CaseRecord): Promise<Condition[]>;
  /** What those who decide see beside the form. */
  extra?(manager: EntityManager, record: CaseRecord): Promise<CaseDetail['extra']>;
  /** What cases of these categories are about, by category. */
  titles?(manager: EntityManager, categories: readonly string[]): Promise<ReadonlyMap<string, LocalizedText>>;
  /**
   * Locks what deciding will change besides the case, before the case itself is written; the case is read again after.
   * For types whose matter is also changed from its own side, so that both sides lock in one order.
   */
  beforeDeciding?(tx: Tx, record: CaseRecord): Promise<void>;
  /** What an approval causes, in its transaction. Throwing undoes the approval. */
  onApproved(tx: Tx, record: CaseRecord, approval: Approval): Promise<ApprovalResult>;
  onRejected?(tx: Tx, record: CaseRecord, note: string): Promise<void>;
}
