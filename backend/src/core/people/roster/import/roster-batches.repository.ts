import { Injectable } from '@nestjs/common';
import { statesBefore } from '@talent-card/shared/common/state-table';
import { type ImportState, importStates } from '@talent-card/shared/people/import-state';
import { type EntityManager, In, LessThan, Not } from 'typeorm';
import { BY_ID, type PageKey, pageByKey } from '../../../../platform/database/key-cursor.js';
import { insertRows } from '../../../../platform/database/many-rows.js';
import type { PageQuery, RowPage } from '../../../../platform/database/page.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { RosterBatch } from './roster-batch.entity.js';
import { RosterProblem, RosterRow } from './roster-row.entity.js';

/** Counters that a unit of a running step adds to. */
export type BatchCounters = Partial<
  Pick<
    RosterBatch,
    'rowsChecked' | 'rowsFailed' | 'rowsWarned' | 'rowsNew' | 'rowsChanged' | 'rowsUnchanged' | 'rowsApplied'
  >
>;

const RUNNING: readonly ImportState[] = ['checking', 'applying', 'undoing'];

const ROW_COLUMNS = [
  'batchId',
  'rowNumber',
  'outcome',
  'content',
  'identityIndex',
  'category',
  'contentDigest',
] as const satisfies readonly (keyof RosterRow)[];
const PROBLEM_COLUMNS = [
  'batchId',
  'ordinal',
  'rowNumber',
  'columnNumber',
  'columnTitle',
  'code',
  'severity',
  'hint',
] as const satisfies readonly (keyof RosterProblem)[];

const BY_ORDINAL: PageKey<RosterProblem> = { column: 'ordinal', order: 'ASC', form: /^\d{1,9}$/ };

/** The only SQL of `roster_batches`, `roster_rows` and `roster_problems`. */
@Injectable()
export class RosterBatchesRepository {
  find(manager: EntityManager, batchId: string): Promise<RosterBatch | null> {
    return manager.findOneBy(RosterBatch, { id: batchId });
  }

  /** The newest first. */
  page(manager: EntityManager, query: PageQuery): Promise<RowPage<RosterBatch>> {
    return pageByKey<RosterBatch>(manager.createQueryBuilder(RosterBatch, 'batch'), BY_ID, query);
  }

  /** The batch whose running step is next in line: the one uploaded first. */
  nextRunning(manager: EntityManager): Promise<RosterBatch | null> {
    return manager.findOne(RosterBatch, { where: { status: In([...RUNNING]) }, order: { id: 'ASC' } });
  }

  async add(
    tx: Tx,
    batch: Pick<
      RosterBatch,
      'id' | 'fileName' | 'contentHash' | 'contentKey' | 'createdByStaffId' | 'createdByName'
    >,
  ): Promise<RosterBatch> {
    const row: RosterBatch = {
      ...batch,
      status: 'checking',
      createdAt: tx.now,
      finishedAt: null,
      rowsTotal: 0,
      rowsChecked: 0,
      rowsFailed: 0,
      rowsWarned: 0,
      rowsNew: 0,
      rowsChanged: 0,
      rowsUnchanged: 0,
      rowsApplied: 0,
      cardsCaused: 0,
      progressRow: 0,
      failureCode: null,
      version: 1,
    };
    await tx.manager.insert(RosterBatch, row);
    return row;
  }

  /**
   * Compare-and-set of the state. `version` given: only if the caller saw the newest. Undoing also needs that no card
   * was caused, checked in the same statement that a card's issue writes to.
   */
  async become(
    tx: Tx,
    batchId: string,
    to: ImportState,
    more: { version?: number; failureCode?: string; finished?: boolean; progressRow?: number } = {},
  ): Promise<boolean> {
    const changed = await tx.manager
      .createQueryBuilder()
      .update(RosterBatch)
      .set({
        status: to,
        version: () => 'version + 1',
        ...(more.failureCode ? { failureCode: more.failureCode } : {}),
        ...(more.finished ? { finishedAt: tx.now } : {}),
        ...(more.progressRow === undefined ? {} : { progressRow: more.progressRow }),
      })
      .where({
        id: batchId,
        status: In(statesBefore(importStates, to)),
        ...(more.version === undefined ? {} : { version: more.version }),
        ...(to === 'undoing' ? { cardsCaused: 0 } : {}),
      })
      .execute();
    return changed.affected === 1;
  }

  async setTotal(tx: Tx, batchId: string, rowsTotal: number): Promise<void> {
    await tx.manager.update(RosterBatch, { id: batchId, status: 'checking' }, { rowsTotal });
  }

  /**
   * Moves a running step forward, only from where the caller believed it to be. False when another runner was there
   * before, or the step was stopped; the caller's unit must then roll back.
   */
  async advance(
    tx: Tx,
    batch: Pick<RosterBatch, 'id' | 'status'>,
    from: number,
    to: number,
    counters: BatchCounters,
  ): Promise<boolean> {
    const added = Object.entries(counters).map(([name, by]) => [name, () => `${name} + ${Number(by)}`]);
    const moved = await tx.manager
      .createQueryBuilder()
      .update(RosterBatch)
      .set({ progressRow: to, ...Object.fromEntries(added) })
      .where({ id: batch.id, status: batch.status, progressRow: from })
      .execute();
    return moved.affected === 1;
  }

  async addRows(tx: Tx, rows: readonly RosterRow[], problems: readonly RosterProblem[]): Promise<void> {
    await insertRows(tx, 'roster_rows', ROW_COLUMNS, rows);
    await insertRows(tx, 'roster_problems', PROBLEM_COLUMNS, problems);
  }

  /** The next rows that may be applied, in the order of the file. */
  async rowsAfter(manager: EntityManager, batchId: string, row: number, limit: number): Promise<RosterRow[]> {
    const found: unknown = await manager.query(
      `SELECT ${ROW_COLUMNS.join(', ')} FROM roster_rows WHERE batchId = ? AND rowNumber > ? AND outcome <> 'failed' ORDER BY rowNumber LIMIT ?`,
      [batchId, row, limit],
    );
    return found as RosterRow[];
  }

  /** In the order of the file. */
  problems(
    manager: EntityManager,
    batchId: string,
    { severity, ...query }: PageQuery & { readonly severity?: 'error' | 'warning' | undefined },
  ): Promise<RowPage<RosterProblem>> {
    const found = manager
      .createQueryBuilder(RosterProblem, 'problem')
      .where('problem.batchId = :batchId', { batchId });
    if (severity) found.andWhere('problem.severity = :severity', { severity });
    return pageByKey(found, BY_ORDINAL, query);
  }

  allProblems(manager: EntityManager, batchId: string): Promise<RosterProblem[]> {
    return manager.find(RosterProblem, { where: { batchId }, order: { ordinal: 'ASC' } });
  }

  /** Deletes checked rows of a batch, a unit's worth; false when none is left. */
  async deleteRows(tx: Tx, batchId: string, limit: number): Promise<boolean> {
    const [first] = await tx.manager.find(RosterRow, {
      select: { rowNumber: true },
      where: { batchId },
      order: { rowNumber: 'ASC' },
      skip: limit,
      take: 1,
    });
    await tx.manager.delete(RosterRow, {
      batchId,
      ...(first ? { rowNumber: LessThan(first.rowNumber) } : {}),
    });
    return first !== undefined;
  }

  /** Batches that are over and still hold a key, finished before the moment. */
  overWithKey(manager: EntityManager, before: Date): Promise<RosterBatch[]> {
    return manager.find(RosterBatch, {
      where: {
        status: In(['applied', 'undone', 'discarded', 'failed']),
        contentKey: Not(''),
        finishedAt: LessThan(before),
      },
      take: 20,
    });
  }

  async wipeKey(tx: Tx, batchId: string): Promise<void> {
    await tx.manager.update(RosterBatch, { id: batchId }, { contentKey: null });
  }
}
