import { Injectable } from '@nestjs/common';
import type { DocumentSlot } from '@talent-card/shared/casework/schema';
import type { EntityManager } from 'typeorm';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { Files } from '../../platform/files/files.js';
import { newId } from '../../platform/ids.js';
import type { CaseRow } from './case.entity.js';
import { CaseContent } from './case-content.js';
import type { CaseDefinition, CaseRecord, DocumentRequirement } from './case-definition.js';
import { CasesRepository } from './cases.repository.js';

export interface SubmittedDocument {
  readonly documentType: string;
  readonly fileId: string;
}

/** What `FileAccess` calls the thing that our files hang on. */
export const CASE_ATTACHMENT = 'case';
const MAX_FILES_PER_TYPE = 10;

/** The documents of a case: files of the applicant, and paper that a window receives because it is classified. */
@Injectable()
export class CaseDocuments {
  constructor(
    private readonly cases: CasesRepository,
    private readonly content: CaseContent,
    private readonly files: Files,
  ) {}

  /**
   * Refuses files that the case does not take: of an unknown type, of a type handed in on paper, or too many.
   * @throws DomainError VALIDATION_FAILED at `documents.<n>.documentType`, CASE_DOCUMENT_LIMIT
   */
  check(
    definition: CaseDefinition,
    content: Pick<CaseRecord, 'flow' | 'category' | 'form' | 'offlineMaterial'>,
    documents: readonly SubmittedDocument[],
  ): void {
    const slots = definition.documents(content);
    const wrong = documents.flatMap(({ documentType }, i) => {
      const slot = slots.find((one) => one.documentType === documentType);
      return slot && !slot.offline ? [] : [{ path: `documents.${i}.documentType`, code: 'NOT_ALLOWED' }];
    });
    if (wrong.length > 0) throw fieldError(...wrong);
    for (const { documentType } of slots) {
      const count = documents.filter((one) => one.documentType === documentType).length;
      if (count > MAX_FILES_PER_TYPE) {
        throw new DomainError('CASE_DOCUMENT_LIMIT', { documentType, max: MAX_FILES_PER_TYPE });
      }
    }
  }

  /** Makes these the case's files: new ones are attached, those left out are let go, received paper stays. */
  async replace(tx: Tx, row: CaseRow, documents: readonly SubmittedDocument[]): Promise<void> {
    const before = (await this.cases.documents(tx.manager, row.id)).filter((one) => one.fileId !== null);
    const key = (one: { documentType: string; fileId: string | null }) => `${one.documentType}/${one.fileId}`;
    const wanted = new Map(documents.map((one) => [key(one), one]));
    const known = new Set(before.map(key));
    const dropped = before.filter((one) => !wanted.has(key(one)));
    const stillUsed = new Set(documents.map((one) => one.fileId));
    const added = [...wanted.values()].filter((one) => !known.has(key(one)));
    const attachment = { type: CASE_ATTACHMENT, id: row.id };
    await this.cases.removeDocuments(
      tx,
      dropped.map((one) => one.id),
    );
    const freed = dropped.flatMap((one) => (one.fileId && !stillUsed.has(one.fileId) ? [one.fileId] : []));
    await this.files.detach(tx, freed, attachment);
    await this.files.attach(
      tx,
      added.map((one) => one.fileId),
      row.applicantPersonId,
      attachment,
    );
    await this.cases.addDocuments(
      tx,
      added.map((one) => ({ ...one, id: newId(tx.now), caseId: row.id, addedAt: tx.now, receivedBy: null })),
    );
  }

  /** Notes paper as received; twice is once. @throws DomainError VALIDATION_FAILED when none of the type is awaited */
  async receive(
    tx: Tx,
    definition: CaseDefinition,
    row: CaseRow,
    documentType: string,
    receivedBy: string,
  ): Promise<void> {
    const slot = this.slotsOf(definition, row).find((one) => one.documentType === documentType);
    if (!slot?.offline) throw fieldError({ path: 'documentType', code: 'NOT_ALLOWED' });
    const before = await this.cases.documents(tx.manager, row.id);
    if (before.some((one) => one.documentType === documentType && one.receivedBy !== null)) return;
    const paper = { documentType, fileId: null, addedAt: tx.now, receivedBy };
    await this.cases.addDocuments(tx, [{ id: newId(tx.now), caseId: row.id, ...paper }]);
  }

  /** @throws DomainError CASE_INCOMPLETE while required paper has not been received */
  async assertReceived(manager: EntityManager, definition: CaseDefinition, row: CaseRow): Promise<void> {
    const awaited = this.slotsOf(definition, row).filter((slot) => slot.required && slot.offline);
    if (awaited.length === 0) return;
    const documents = await this.cases.documents(manager, row.id);
    const received = new Set(
      documents.filter((one) => one.receivedBy !== null).map((one) => one.documentType),
    );
    const missing = awaited
      .filter((slot) => !received.has(slot.documentType))
      .map((slot) => ({ kind: 'document', name: slot.documentType }));
    if (missing.length > 0) throw new DomainError('CASE_INCOMPLETE', { missing });
  }

  /** The slots of a case with what lies in them. */
  async slots(manager: EntityManager, definition: CaseDefinition, row: CaseRow): Promise<DocumentSlot[]> {
    const documents = await this.cases.documents(manager, row.id);
    const fileIds = documents.flatMap((one) => (one.fileId === null ? [] : [one.fileId]));
    const files = new Map((await this.files.describe(manager, fileIds)).map((file) => [file.fileId, file]));
    return this.slotsOf(definition, row).map((slot) => {
      const inSlot = documents.filter((one) => one.documentType === slot.documentType);
      const paper = inSlot.find((one) => one.receivedBy !== null);
      return {
        ...slot,
        receivedAt: paper?.addedAt.toISOString() ?? null,
        files: inSlot.flatMap((one) => {
          const file = one.fileId === null ? undefined : files.get(one.fileId);
          return file ? [file] : [];
        }),
      };
    });
  }

  private slotsOf(definition: CaseDefinition, row: CaseRow): DocumentRequirement[] {
    return definition.documents(this.content.recordOf(row));
  }
}
