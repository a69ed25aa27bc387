import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { mayUse } from '@talent-card/shared/accounts/permissions';
import type { Logger } from 'pino';
import { In, LessThan, LessThanOrEqual } from 'typeorm';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { StaffPrincipals } from '../../platform/accounts/staff/staff-principals.js';
import { Clock } from '../../platform/clock/clock.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SealedStore } from '../../platform/files/sealed-store.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { type Lease, LeaseLostError } from '../../platform/jobs/lease.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { streamSheet } from '../../platform/workbook/workbook-library.js';
import { ExportRow } from './export.entity.js';
import type { ExportCell, ExportSource } from './export-source.js';
import { EXPORT_JOB, EXPORT_KEY_PURPOSE, Exports } from './exports.service.js';

const DAY_MS = 86_400_000;
/** How long a finished workbook can be fetched; then its file is deleted. docs/operations.md says so too. */
const KEPT_MS = 7 * DAY_MS;
/** How long it can be seen that somebody asked for one. The audit trail says it for longer. */
const LISTED_MS = 30 * DAY_MS;
/**
 * One that ended the process so many times, by its size, is not begun again. Who stops the service in good order ends no
 * try: it is given back.
 */
const MOST_TRIES = 3;
/** Progress is written every so many rows, which also keeps the lease. */
const PROGRESS_ROWS = 500;
const UNIT = 100;

/** Makes the workbooks that were asked for, one after the other, and forgets the old ones. */
@Injectable()
export class MakeExports implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly exports: Exports,
    private readonly staff: StaffPrincipals,
    private readonly store: SealedStore,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: EXPORT_JOB, everySeconds: 30, run: (lease) => this.run(lease) });
  }

  private async run(lease: Lease): Promise<void> {
    await this.forgetOld(lease);
    while (!lease.signal.aborted) {
      // One that was running when its node died is begun again: the lease says that nobody else is at it.
      const row = await this.database.manager.findOne(ExportRow, {
        where: { state: In(['waiting', 'running']) },
        order: { id: 'ASC' },
      });
      if (!row) return;
      await this.make(lease, row);
    }
  }

  private async make(lease: Lease, row: ExportRow): Promise<void> {
    if (row.tries >= MOST_TRIES) {
      this.logger.error({ exportId: row.id, tries: row.tries }, 'export given up');
      await this.end(lease, row, { state: 'failed' });
      return;
    }
    try {
      await this.note(lease, row.id, { state: 'running', tries: row.tries + 1, rowsDone: 0 });
      const source = this.exports.sourceOf(row.kind);
      const staff = await this.staff.find(this.database.manager, row.staffId, EXPORT_JOB);
      if (!staff || !mayUse(source.permission, staff.role)) {
        await this.end(lease, row, { state: 'failed' });
        return;
      }
      const contentKey = this.store.newKey(EXPORT_KEY_PURPOSE);
      const rows = this.rows(lease, row, source, staff);
      const bytes = await streamSheet(source.title, source.columns, rows);
      await this.store.put(EXPORT_KEY_PURPOSE, { id: row.id, contentKey }, bytes);
      const expiresAt = new Date(this.clock.now().getTime() + KEPT_MS);
      await this.end(lease, row, { state: 'done', contentKey, expiresAt });
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      if (lease.signal.aborted) {
        await this.note(lease, row.id, { state: 'waiting', tries: row.tries, rowsDone: 0 });
        return;
      }
      this.logger.error({ err: error, exportId: row.id }, 'export failed');
      await this.end(lease, row, { state: 'failed' });
    }
  }

  /** Every row of the list, page by page, noting how far it is. Ends early where the service shuts down. */
  private async *rows(
    lease: Lease,
    row: ExportRow,
    source: ExportSource,
    staff: StaffPrincipal,
  ): AsyncGenerator<ExportCell[]> {
    const filter = this.exports.filterOf(row);
    let cursor: string | null = null;
    let done = 0;
    let noted = -PROGRESS_ROWS;
    do {
      lease.signal.throwIfAborted();
      const page = await source.page(this.database.manager, staff, filter, cursor);
      if (done - noted >= PROGRESS_ROWS) {
        await this.note(lease, row.id, { rowsDone: done, rowsTotal: page.total });
        noted = done;
      }
      yield* page.rows;
      done += page.rows.length;
      cursor = page.nextCursor;
    } while (cursor !== null);
    await this.note(lease, row.id, { rowsDone: done, rowsTotal: done });
  }

  private note(lease: Lease, id: string, change: Partial<ExportRow>): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      await tx.manager.update(ExportRow, { id }, change);
    });
  }

  private end(lease: Lease, row: ExportRow, change: Partial<ExportRow>): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      await tx.manager.update(ExportRow, { id: row.id }, { ...change, finishedAt: tx.now });
    });
  }

  /** Wipes the files that are too old, and later the rows that told of them. */
  private async forgetOld(lease: Lease): Promise<void> {
    const { manager } = this.database;
    for (;;) {
      const expired = { state: 'done' as const, expiresAt: LessThanOrEqual(this.clock.now()) };
      const old = await manager.find(ExportRow, { where: expired, take: UNIT });
      if (old.length === 0 || lease.signal.aborted) break;
      for (const { id } of old) {
        await this.store.delete(id);
        await this.unitOfWork.run((tx) => this.expire(tx, lease, id));
      }
    }
    for (;;) {
      const requestedAt = LessThan(new Date(this.clock.now().getTime() - LISTED_MS));
      const old = await manager.find(ExportRow, {
        where: { requestedAt, state: In(['expired', 'failed']) },
        take: UNIT,
      });
      if (old.length === 0 || lease.signal.aborted) return;
      // One that failed at its end may have left a file that nobody can open.
      for (const { id } of old) await this.store.delete(id);
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        await tx.manager.delete(ExportRow, { id: In(old.map(({ id }) => id)) });
      });
    }
  }

  private async expire(tx: Tx, lease: Lease, id: string): Promise<void> {
    await lease.assertHeld(tx);
    await tx.manager.update(ExportRow, { id, state: 'done' }, { state: 'expired', contentKey: null });
  }
}
