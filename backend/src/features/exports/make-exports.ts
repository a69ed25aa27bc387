import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { mayUse } from '@talent-card/shared/accounts/permissions';
import { writeXlsxStream } from 'hucre/xlsx';
import type { Logger } from 'pino';
import { In, LessThan } from 'typeorm';
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
import { ExportRow } from './export.entity.js';
import type { ExportCell, ExportSource } from './export-source.js';
import { EXPORT_JOB, EXPORT_KEY_PURPOSE, Exports } from './exports.service.js';

/** How long a finished workbook can be fetched. */
const KEPT_MS = 7 * 86_400_000;
/** Progress is written every so many rows, which also keeps the lease. */
const PROGRESS_ROWS = 500;

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
    try {
      const source = this.exports.sourceOf(row.kind);
      const staff = await this.staff.find(this.database.manager, row.staffId, EXPORT_JOB);
      if (!staff || !mayUse(source.permission, staff.role)) {
        await this.end(lease, row, { state: 'failed' });
        return;
      }
      const contentKey = this.store.newKey(EXPORT_KEY_PURPOSE);
      const rows = this.rows(lease, row, source, staff);
      const bytes = await workbookOf(source, rows);
      await this.store.put(EXPORT_KEY_PURPOSE, { id: row.id, contentKey }, bytes);
      const expiresAt = new Date(this.clock.now().getTime() + KEPT_MS);
      await this.end(lease, row, { state: 'done', contentKey, expiresAt });
    } catch (error) {
      if (error instanceof LeaseLostError || lease.signal.aborted) throw error;
      this.logger.error({ err: error, exportId: row.id }, 'export failed');
      await this.end(lease, row, { state: 'failed' });
    }
  }

  /** Every row of the list, page by page, noting how far it is. */
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
      const page = await source.page(this.database.manager, staff, filter, cursor);
      if (done - noted >= PROGRESS_ROWS) {
        await this.note(lease, row.id, { state: 'running', rowsDone: done, rowsTotal: page.total });
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

  private async forgetOld(lease: Lease): Promise<void> {
    const old = await this.database.manager.find(ExportRow, {
      where: { state: 'done', expiresAt: LessThan(this.clock.now()) },
      take: 100,
    });
    for (const { id } of old) {
      await this.store.delete(id);
      await this.unitOfWork.run((tx) => this.expire(tx, lease, id));
    }
  }

  private async expire(tx: Tx, lease: Lease, id: string): Promise<void> {
    await lease.assertHeld(tx);
    await tx.manager.update(ExportRow, { id, state: 'done' }, { state: 'expired', contentKey: null });
  }
}

/** A workbook of one sheet, its heading kept in sight. Rows are taken as the writer wants them. */
async function workbookOf(source: ExportSource, rows: AsyncIterable<ExportCell[]>): Promise<Buffer> {
  async function* withHeading(): AsyncGenerator<ExportCell[]> {
    yield source.columns.map(({ title }) => title);
    yield* rows;
  }
  const stream = writeXlsxStream(withHeading(), {
    name: source.title,
    columns: source.columns.map(({ width }) => ({ width })),
    freezePane: { rows: 1 },
  });
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
