import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CITY_ZONE } from '@talent-card/shared/accounts/districts';
import type { Page } from '@talent-card/shared/common/schema';
import type { ImportState } from '@talent-card/shared/people/import-state';
import type { ImportBatch, RowProblem } from '@talent-card/shared/people/schema';
import type { StaffPrincipal } from '../../../../platform/accounts/principal.js';
import { AuditTrail } from '../../../../platform/audit/audit-trail.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { serviceDate } from '../../../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../../../platform/database/database.module.js';
import { IdempotencyStore } from '../../../../platform/database/idempotency-store.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import { DomainError } from '../../../../platform/errors/domain-error.js';
import { extensionOf, sanitiseFileName } from '../../../../platform/files/file-name.js';
import { newId } from '../../../../platform/ids.js';
import { Jobs } from '../../../../platform/jobs/jobs.js';
import { type ArchiveProblem, archiveProblem } from '../../../../platform/workbook/archive-check.js';
import { BatchVault } from './batch-vault.js';
import { SheetRefusal } from './parse-sheet.js';
import type { RosterBatch } from './roster-batch.entity.js';
import { RosterBatchesRepository } from './roster-batches.repository.js';
import { Workbooks } from './workbook-host.js';

export const IMPORT_JOB = 'roster.import';
export const MAX_WORKBOOK_BYTES = 10 * 1024 * 1024;

interface UploadedWorkbook {
  readonly fileName: string;
  readonly bytes: Buffer;
}

function present(batch: RosterBatch): ImportBatch {
  return {
    batchId: batch.id,
    fileName: batch.fileName,
    status: batch.status,
    createdBy: batch.createdByName,
    createdAt: batch.createdAt.toISOString(),
    finishedAt: batch.finishedAt?.toISOString() ?? null,
    rowsTotal: batch.rowsTotal,
    rowsChecked: batch.rowsChecked,
    rowsFailed: batch.rowsFailed,
    rowsWarned: batch.rowsWarned,
    rowsNew: batch.rowsNew,
    rowsChanged: batch.rowsChanged,
    rowsUnchanged: batch.rowsUnchanged,
    rowsApplied: batch.rowsApplied,
    cardsCaused: batch.cardsCaused,
    failureCode: batch.failureCode,
    version: batch.version,
  };
}

function refuse(problem: ArchiveProblem): never {
  if (problem === 'not-a-workbook' || problem === 'macros') {
    throw new DomainError('FILE_CONTENT_MISMATCH', { expected: 'xlsx', reason: problem });
  }
  throw new DomainError('IMPORT_FILE_UNREADABLE', { reason: problem });
}

/**
 * Imports of the talent roster as staff drive them. They concern the whole city, so that staff of a district see the
 * entries of their district but no imports.
 */
@Injectable()
export class RosterImports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly kept: IdempotencyStore,
    private readonly batches: RosterBatchesRepository,
    private readonly vault: BatchVault,
    private readonly workbooks: Workbooks,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a workbook in and starts its dry run.
   *
   * @throws DomainError FILE_TYPE_NOT_ALLOWED, FILE_CONTENT_MISMATCH, FILE_TOO_LARGE, IMPORT_FILE_UNREADABLE
   */
  async upload(
    staff: StaffPrincipal,
    workbook: UploadedWorkbook,
    idempotency: IdempotencyContext,
  ): Promise<ImportBatch> {
    const before = await this.kept.find<ImportBatch>(this.database.manager, idempotency);
    if (before) return before.answer();
    this.assertCity(staff);
    if (extensionOf(workbook.fileName) !== 'xlsx') {
      throw new DomainError('FILE_TYPE_NOT_ALLOWED', { allowed: ['xlsx'] });
    }
    if (workbook.bytes.length > MAX_WORKBOOK_BYTES) {
      throw new DomainError('FILE_TOO_LARGE', { maxBytes: MAX_WORKBOOK_BYTES });
    }
    const problem = archiveProblem(workbook.bytes);
    if (problem) refuse(problem);
    const batch = { id: newId(this.clock.now()), contentKey: this.vault.newKey() };
    // The file first: a row whose file never came would fail its dry run, a file whose key was never kept is noise.
    await this.vault.putFile(batch, workbook.bytes);
    const answer = await this.unitOfWork.run(
      async (tx) => {
        const added = await this.batches.add(tx, {
          ...batch,
          fileName: sanitiseFileName(workbook.fileName, 'xlsx'),
          contentHash: createHash('sha256').update(workbook.bytes).digest('hex'),
          createdByStaffId: staff.staffId,
          createdByName: staff.displayName,
        });
        await this.note(tx, staff, 'roster.upload', added.id);
        return present(added);
      },
      { idempotency },
    );
    this.jobs.nudge(IMPORT_JOB);
    return answer;
  }

  /** Newest first. */
  async list(staff: StaffPrincipal, cursor: string | undefined, limit: number): Promise<Page<ImportBatch>> {
    if (staff.zoneCode !== CITY_ZONE) return { items: [], nextCursor: null };
    const page = await this.batches.page(this.database.manager, { cursor, limit });
    return { items: page.items.map(present), nextCursor: page.nextCursor };
  }

  /** @throws DomainError NOT_FOUND */
  async get(staff: StaffPrincipal, batchId: string): Promise<ImportBatch> {
    return present(await this.found(staff, batchId));
  }

  /** What is wrong with the file, in its order. @throws DomainError NOT_FOUND */
  async problems(
    staff: StaffPrincipal,
    batchId: string,
    query: { cursor?: string | undefined; limit: number; severity?: 'error' | 'warning' | undefined },
  ): Promise<{ items: RowProblem[]; nextCursor: string | null }> {
    await this.found(staff, batchId);
    const page = await this.batches.problems(this.database.manager, batchId, query);
    return {
      items: page.items.map((row) => ({
        row: row.rowNumber,
        column: row.columnTitle,
        code: row.code,
        severity: row.severity,
        hint: row.hint,
      })),
      nextCursor: page.nextCursor,
    };
  }

  /**
   * The uploaded sheet with its wrong cells marked. Opening it is an audit entry: it holds numbers in clear.
   *
   * @throws DomainError NOT_FOUND, also once the file was deleted; IMPORT_STATE_CONFLICT while it is being checked
   */
  async errorFile(staff: StaffPrincipal, batchId: string): Promise<{ fileName: string; bytes: Buffer }> {
    const batch = await this.found(staff, batchId);
    if (batch.status === 'checking') throw new DomainError('IMPORT_STATE_CONFLICT', { status: batch.status });
    const file = await this.vault.getFile(batch);
    if (!file) throw new DomainError('NOT_FOUND');
    const problems = await this.batches.allProblems(this.database.manager, batchId);
    const marks = problems.map((problem) => ({
      rowNumber: problem.rowNumber,
      column: problem.columnTitle,
      columnNumber: problem.columnNumber,
      code: problem.code,
      severity: problem.severity,
      hint: problem.hint,
    }));
    const bytes = await this.marked(file, serviceDate(batch.createdAt), marks);
    await this.unitOfWork.run((tx) => this.note(tx, staff, 'roster.open-error-file', batchId));
    return { fileName: batch.fileName.replace(/\.xlsx$/, '-问题标注.xlsx'), bytes };
  }

  template(): Promise<Buffer> {
    return this.workbooks.template();
  }

  /** Starts to apply a checked import. @throws DomainError STALE_VERSION, IMPORT_STATE_CONFLICT, NOT_FOUND */
  apply(
    staff: StaffPrincipal,
    batchId: string,
    version: number,
    key: IdempotencyContext,
  ): Promise<ImportBatch> {
    return this.move(staff, batchId, version, 'applying', 'roster.apply', key);
  }

  /** Gives an import up before it changed anything. @throws DomainError as `apply` */
  async discard(
    staff: StaffPrincipal,
    batchId: string,
    version: number,
    key: IdempotencyContext,
  ): Promise<ImportBatch> {
    return this.move(staff, batchId, version, 'discarded', 'roster.discard', key);
  }

  /** Starts to take an applied import back. @throws DomainError as `apply`, IMPORT_ALREADY_USED */
  undo(
    staff: StaffPrincipal,
    batchId: string,
    version: number,
    key: IdempotencyContext,
  ): Promise<ImportBatch> {
    return this.move(staff, batchId, version, 'undoing', 'roster.undo', key);
  }

  private async move(
    staff: StaffPrincipal,
    batchId: string,
    version: number,
    to: ImportState,
    action: string,
    idempotency: IdempotencyContext,
  ): Promise<ImportBatch> {
    const answer = await this.unitOfWork.run(
      async (tx) => {
        this.assertCity(staff);
        const finished = to === 'discarded';
        if (!(await this.batches.become(tx, batchId, to, { version, finished, progressRow: 0 }))) {
          throw await this.whyNot(tx, batchId, version, to);
        }
        await this.note(tx, staff, action, batchId);
        const batch = await this.batches.find(tx.manager, batchId);
        if (!batch) throw new DomainError('NOT_FOUND');
        return present(batch);
      },
      { idempotency },
    );
    this.jobs.nudge(IMPORT_JOB);
    return answer;
  }

  private async whyNot(tx: Tx, batchId: string, version: number, to: ImportState): Promise<DomainError> {
    const batch = await this.batches.find(tx.manager, batchId);
    if (!batch) return new DomainError('NOT_FOUND');
    if (to === 'undoing' && batch.status === 'applied' && batch.cardsCaused > 0) {
      return new DomainError('IMPORT_ALREADY_USED', { cards: batch.cardsCaused });
    }
    if (batch.version !== version) return new DomainError('STALE_VERSION', { version: batch.version });
    return new DomainError('IMPORT_STATE_CONFLICT', { status: batch.status });
  }

  private async marked(...task: Parameters<Workbooks['markErrors']>): Promise<Buffer> {
    try {
      return await this.workbooks.markErrors(...task);
    } catch (error) {
      if (error instanceof SheetRefusal) throw new DomainError('IMPORT_FILE_UNREADABLE');
      throw error;
    }
  }

  private note(tx: Tx, staff: StaffPrincipal, action: string, batchId: string): Promise<void> {
    return this.audit.record(tx, staff, { action, objectType: 'roster-batch', objectId: batchId });
  }

  private async found(staff: StaffPrincipal, batchId: string): Promise<RosterBatch> {
    this.assertCity(staff);
    const batch = await this.batches.find(this.database.manager, batchId);
    if (!batch) throw new DomainError('NOT_FOUND');
    return batch;
  }

  private assertCity(staff: StaffPrincipal): void {
    if (staff.zoneCode !== CITY_ZONE) throw new DomainError('NOT_FOUND');
  }
}
