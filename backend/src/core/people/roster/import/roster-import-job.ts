import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../../../platform/clock/clock.js';
import { serviceDate } from '../../../../platform/clock/shanghai.js';
import { FieldCipher } from '../../../../platform/crypto/field-cipher.js';
import { ReadDatabase } from '../../../../platform/database/database.module.js';
import { isUniqueViolation } from '../../../../platform/database/database-errors.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import { newId } from '../../../../platform/ids.js';
import type { Lease } from '../../../../platform/jobs/lease.js';
import { LOGGER } from '../../../../platform/observability/logger.js';
import { IdentityIndex } from '../../identity-index.js';
import type { RosterContent } from '../roster.types.js';
import { RosterEntriesRepository } from '../roster-entries.repository.js';
import { BatchVault } from './batch-vault.js';
import type { ParsedRow } from './parse-row.js';
import { SheetRefusal } from './parse-sheet.js';
import type { RosterBatch } from './roster-batch.entity.js';
import { type BatchCounters, RosterBatchesRepository } from './roster-batches.repository.js';
import type { RosterProblem, RosterRow } from './roster-row.entity.js';
import { UnitPace } from './unit-pace.js';
import { type OpenWorkbook, Workbooks } from './workbook-host.js';

/** How long the uploaded file stays for the marked-up copy after a batch is over. */
const KEEP_FILE_MS = 30 * 24 * 3_600_000;
const UNIQUE_TRIES = 5;

/** Somebody else moved the batch on or stopped it, or the service ends: this runner lets go at a whole unit. */
class Overtaken extends Error {}

type Keyed = Pick<RosterContent, 'category'> & { identityIndex: string };
const keyOf = ({ identityIndex, category }: Keyed): string => `${identityIndex}/${category}`;

function countOutcomes(rows: readonly RosterRow[], warned: number): BatchCounters {
  const count = (outcome: RosterRow['outcome']): number =>
    rows.filter((row) => row.outcome === outcome).length;
  return {
    rowsChecked: rows.length,
    rowsFailed: count('failed'),
    rowsWarned: warned,
    rowsNew: count('new'),
    rowsChanged: count('changed'),
    rowsUnchanged: count('unchanged'),
  };
}

/**
 * Runs the steps of roster imports: checking, applying, undoing. Each step goes in units, and a unit commits only
 * together with the batch's own progress, so that a crash or another node taking over loses and repeats nothing.
 */
@Injectable()
export class RosterImportJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly batches: RosterBatchesRepository,
    private readonly entries: RosterEntriesRepository,
    private readonly vault: BatchVault,
    private readonly workbooks: Workbooks,
    private readonly identityIndex: IdentityIndex,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Works until no batch waits for anything. */
  async run(lease: Lease): Promise<void> {
    while (!lease.signal.aborted) {
      const batch = await this.batches.nextRunning(this.database.manager);
      if (!batch) return;
      try {
        if (batch.status === 'checking') await this.check(batch, lease);
        else if (batch.status === 'applying') await this.apply(batch, lease);
        else await this.undo(batch, lease);
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
      }
    }
  }

  /** Deletes files, checked rows and keys of batches that have been over for thirty days. */
  async cleanUp(lease: Lease): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP_FILE_MS);
    for (const batch of await this.batches.overWithKey(this.database.manager, before)) {
      await this.deleteRows(batch.id, lease);
      // The key goes last, and only once nothing is left that it opens.
      if (lease.signal.aborted) return;
      await this.vault.deleteFile(batch.id);
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        await this.batches.wipeKey(tx, batch.id);
      });
    }
  }

  private async check(batch: RosterBatch, lease: Lease): Promise<void> {
    // The day of the upload, so that a dry run resumed past midnight judges every row alike.
    const today = serviceDate(batch.createdAt);
    const file = await this.vault.getFile(batch);
    let workbook: OpenWorkbook;
    try {
      if (!file) throw new SheetRefusal('IMPORT_FILE_UNREADABLE');
      workbook = await this.workbooks.open(file, today);
    } catch (error) {
      if (!(error instanceof SheetRefusal)) throw error;
      await this.fail(batch, lease, error);
      return;
    }
    try {
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        await this.batches.setTotal(tx, batch.id, workbook.total);
      });
      let progress = batch.progressRow;
      const pace = new UnitPace();
      for await (const portion of workbook.portions(() => pace.size)) {
        // After a crash the file is read again from its start; what was kept is passed over.
        const rows = portion.filter(({ rowNumber }) => rowNumber > progress);
        const last = rows.at(-1);
        if (!last) continue;
        if (lease.signal.aborted) throw new Overtaken();
        await pace.unit(() => this.checkUnit(batch, progress, rows, lease));
        progress = last.rowNumber;
      }
    } finally {
      await workbook.close();
    }
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      if (!(await this.batches.become(tx, batch.id, 'checked', { progressRow: 0 }))) throw new Overtaken();
    });
  }

  private async checkUnit(
    batch: RosterBatch,
    from: number,
    parsed: readonly ParsedRow[],
    lease: Lease,
  ): Promise<void> {
    const { rows, problems, warned } = await this.judge(batch, parsed);
    const to = parsed.at(-1)?.rowNumber ?? from;
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      const moved = await this.batches.advance(tx, batch, from, to, countOutcomes(rows, warned));
      if (!moved) throw new Overtaken();
      await this.batches.addRows(tx, rows, problems);
    });
  }

  /** What each row would do to the roster as it is now. */
  private async judge(
    batch: RosterBatch,
    parsed: readonly ParsedRow[],
  ): Promise<{ rows: RosterRow[]; problems: RosterProblem[]; warned: number }> {
    const indexed = parsed.map((row) => ({
      ...row,
      identityIndex:
        row.content && this.identityIndex.of(row.content.identityType, row.content.identityNumber),
    }));
    const active = await this.entries.activeDigests(
      this.database.manager,
      indexed.flatMap(({ identityIndex }) => identityIndex ?? []),
    );
    const vault = this.vault.rows(batch);
    const rows: RosterRow[] = [];
    const problems: RosterProblem[] = [];
    let warned = 0;
    for (const { content, identityIndex, rowNumber, problems: found } of indexed) {
      const all = [...found];
      if (!content || !identityIndex) {
        rows.push(failedRow(batch.id, rowNumber));
      } else {
        const contentDigest = this.digestOf(content);
        const known = active.get(keyOf({ identityIndex, category: content.category }));
        const outcome = !known ? 'new' : known.contentDigest === contentDigest ? 'unchanged' : 'changed';
        if (outcome === 'unchanged') {
          all.push({
            column: '',
            columnNumber: 0,
            code: 'ROW_UNCHANGED_WARNING',
            severity: 'warning',
            hint: null,
          });
        }
        if (all.length > 0) warned += 1;
        rows.push({
          batchId: batch.id,
          rowNumber,
          outcome,
          content: vault.seal(rowNumber, content),
          identityIndex,
          category: content.category,
          contentDigest,
        });
      }
      problems.push(
        ...all.map((problem, i) => ({
          batchId: batch.id,
          ordinal: rowNumber * 100 + i,
          rowNumber,
          columnNumber: problem.columnNumber,
          columnTitle: problem.column.slice(0, 100),
          code: problem.code,
          severity: problem.severity,
          hint: problem.hint?.slice(0, 120) ?? null,
        })),
      );
    }
    return { rows, problems, warned };
  }

  private async fail(batch: RosterBatch, lease: Lease, refusal: SheetRefusal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      const failed = await this.batches.become(tx, batch.id, 'failed', {
        failureCode: refusal.code,
        finished: true,
      });
      if (!failed) throw new Overtaken();
      const problems = refusal.missing.map((title, i) => ({
        batchId: batch.id,
        ordinal: i + 1,
        rowNumber: 1,
        columnNumber: 0,
        columnTitle: title,
        code: 'ROW_REQUIRED' as const,
        severity: 'error' as const,
        hint: null,
      }));
      await this.batches.addRows(tx, [], problems);
    });
  }

  private async apply(batch: RosterBatch, lease: Lease): Promise<void> {
    let progress = batch.progressRow;
    const pace = new UnitPace();
    for (;;) {
      if (lease.signal.aborted) throw new Overtaken();
      const next = await pace.unit(() => this.applyUnit(batch, progress, pace.size, lease));
      if (next === null) break;
      progress = next;
    }
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      const done = await this.batches.become(tx, batch.id, 'applied', { finished: true });
      if (!done) throw new Overtaken();
    });
    await this.deleteRows(batch.id, lease);
    this.logger.info({ batchId: batch.id }, 'roster import applied');
  }

  /**
   * Applies up to `limit` rows after `from` and says up to which it came; null when none was left.
   *
   * @throws Overtaken when another runner was there first
   */
  async applyUnit(batch: RosterBatch, from: number, limit: number, lease: Lease): Promise<number | null> {
    const rows = await this.batches.rowsAfter(this.database.manager, batch.id, from, limit);
    const last = rows.at(-1);
    if (!last) return null;
    const vault = this.vault.rows(batch);
    // Opened and closed again before the transaction, to keep it short.
    const ready = rows.flatMap((row) => {
      if (row.content === null || row.identityIndex === null || row.contentDigest === null) return [];
      const content = vault.open(row.rowNumber, row.content);
      return [
        {
          rowNumber: row.rowNumber,
          identityIndex: row.identityIndex,
          contentDigest: row.contentDigest,
          ...content,
          ...this.entries.encrypt(content),
        },
      ];
    });
    await this.despiteOtherImports(async (tx) => {
      await lease.assertHeld(tx);
      const active = await this.entries.activeDigests(
        tx.manager,
        ready.map(({ identityIndex }) => identityIndex),
      );
      // Judged anew: since the dry run another import may have changed the roster.
      const news = ready.flatMap((row) => {
        const known = active.get(keyOf(row));
        return known?.contentDigest === row.contentDigest ? [] : [{ row, previousId: known?.id ?? null }];
      });
      const counters = { rowsApplied: news.length };
      if (!(await this.batches.advance(tx, batch, from, last.rowNumber, counters))) throw new Overtaken();
      await this.entries.supersede(
        tx,
        news.flatMap(({ previousId }) => previousId ?? []),
      );
      await this.entries.addAll(
        tx,
        news.map(({ row, previousId }) => ({
          ...row,
          id: newId(tx.now),
          batchId: batch.id,
          status: 'active' as const,
          previousId,
          usedAt: null,
          createdAt: tx.now,
          endedAt: null,
        })),
      );
    });
    return last.rowNumber;
  }

  /** Repeats a unit that met another writer at the unique key: the next look finds what it wrote. */
  private async despiteOtherImports(work: (tx: Tx) => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.unitOfWork.run(work);
        return;
      } catch (error) {
        if (!isUniqueViolation(error) || attempt >= UNIQUE_TRIES) throw error;
      }
    }
  }

  private async undo(batch: RosterBatch, lease: Lease): Promise<void> {
    let progress = batch.progressRow;
    const pace = new UnitPace();
    for (;;) {
      if (lease.signal.aborted) throw new Overtaken();
      const next = await pace.unit(() => this.undoUnit(batch, progress, pace.size, lease));
      if (next === null) break;
      progress = next;
    }
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      const done = await this.batches.become(tx, batch.id, 'undone', { finished: true });
      if (!done) throw new Overtaken();
    });
    this.logger.info({ batchId: batch.id }, 'roster import undone');
  }

  private async undoUnit(
    batch: RosterBatch,
    from: number,
    limit: number,
    lease: Lease,
  ): Promise<number | null> {
    const rows = await this.entries.ofBatchAfter(this.database.manager, batch.id, from, limit);
    const last = rows.at(-1);
    if (!last) return null;
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      if (!(await this.batches.advance(tx, batch, from, last.rowNumber, {}))) throw new Overtaken();
      await this.entries.takeBack(
        tx,
        rows.map(({ id }) => id),
      );
    });
    return last.rowNumber;
  }

  private async deleteRows(batchId: string, lease: Lease): Promise<void> {
    const pace = new UnitPace();
    let left = true;
    while (left && !lease.signal.aborted) {
      left = await pace.unit(() =>
        this.unitOfWork.run(async (tx) => {
          await lease.assertHeld(tx);
          return this.batches.deleteRows(tx, batchId, pace.size);
        }),
      );
    }
  }

  private digestOf(content: RosterContent): string {
    const parts = Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1));
    return this.cipher.blindIndex('roster.content', JSON.stringify(parts));
  }
}

function failedRow(batchId: string, rowNumber: number): RosterRow {
  return {
    batchId,
    rowNumber,
    outcome: 'failed',
    content: null,
    identityIndex: null,
    category: null,
    contentDigest: null,
  };
}
