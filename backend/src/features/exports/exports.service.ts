import { Injectable } from '@nestjs/common';
import { mayUse } from '@talent-card/shared/accounts/permissions';
import type { Export, RequestExport } from '@talent-card/shared/statistics/schema';
import { type EntityManager, In } from 'typeorm';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { FieldCipher } from '../../platform/crypto/field-cipher.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { SealedStore } from '../../platform/files/sealed-store.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { ExportRow } from './export.entity.js';
import type { ExportFilter, ExportKind, ExportSource } from './export-source.js';

export const EXPORT_JOB = 'exports.make';
export const EXPORT_KEY_PURPOSE = 'exports.content-key';
export const EXPORT_FILTER_PURPOSE = 'exports.filter';
const LISTED = 30;
/** Under way at a time for one member of staff; the others of the office wait behind them. */
const MOST_UNDER_WAY = 3;

/** Workbooks of lists, asked for here and made in the background. Everybody sees their own only. */
@Injectable()
export class Exports {
  private readonly sources = new Map<ExportKind, ExportSource>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly store: SealedStore,
    private readonly audit: AuditTrail,
    private readonly jobs: Jobs,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** Makes a list available as a workbook. Call in `onModuleInit`. */
  register(source: ExportSource): void {
    if (this.sources.has(source.kind)) throw new Error(`export ${source.kind} is registered twice`);
    this.sources.set(source.kind, source);
  }

  sourceOf(kind: ExportKind): ExportSource {
    const source = this.sources.get(kind);
    if (!source) throw new Error(`no feature has registered export ${kind}`);
    return source;
  }

  /**
   * @throws DomainError FORBIDDEN without the right to read the list, VALIDATION_FAILED for a filter it does not take,
   *   EXPORTS_TOO_MANY while three of theirs are under way
   */
  async request(
    staff: StaffPrincipal,
    { kind, filter = {} }: RequestExport,
    idempotency: IdempotencyContext,
  ): Promise<Export> {
    const source = this.sources.get(kind);
    if (!source) throw fieldError({ path: 'kind', code: 'NOT_ALLOWED' });
    if (!mayUse(source.permission, staff.role)) throw new DomainError('FORBIDDEN');
    source.check(filter);
    const made = await this.unitOfWork.run(
      async (tx) => {
        const underWay = await tx.manager.countBy(ExportRow, {
          staffId: staff.staffId,
          state: In(['waiting', 'running']),
        });
        // Two calls at once may bring one too many: it bounds the queue, nothing depends on the number.
        if (underWay >= MOST_UNDER_WAY) throw new DomainError('EXPORTS_TOO_MANY', { most: MOST_UNDER_WAY });
        const row: ExportRow = {
          id: newId(tx.now),
          staffId: staff.staffId,
          kind,
          filter: this.cipher.encrypt(EXPORT_FILTER_PURPOSE, JSON.stringify(filter)),
          state: 'waiting',
          rowsDone: 0,
          rowsTotal: null,
          tries: 0,
          contentKey: null,
          requestedAt: tx.now,
          finishedAt: null,
          expiresAt: null,
        };
        await tx.manager.insert(ExportRow, row);
        await this.audit.record(tx, staff, {
          action: 'exports.request',
          objectType: 'export',
          objectId: row.id,
          fields: [kind, ...Object.keys(filter)],
        });
        return this.viewOf(row);
      },
      { idempotency },
    );
    this.jobs.nudge(EXPORT_JOB);
    return made;
  }

  /** The latest thirty. */
  async mine(manager: EntityManager, staff: StaffPrincipal): Promise<Export[]> {
    const rows = await manager.find(ExportRow, {
      where: { staffId: staff.staffId },
      order: { id: 'DESC' },
      take: LISTED,
    });
    return rows.map((row) => this.viewOf(row));
  }

  /** @throws DomainError NOT_FOUND also for somebody else's */
  async one(manager: EntityManager, staff: StaffPrincipal, exportId: string): Promise<Export> {
    return this.viewOf(await this.own(manager, staff, exportId));
  }

  /**
   * The workbook.
   * @throws DomainError NOT_FOUND, FORBIDDEN for who may not read the list any more, EXPORT_NOT_READY, FILE_LINK_EXPIRED
   *   after its seven days
   */
  async file(staff: StaffPrincipal, exportId: string): Promise<{ fileName: string; bytes: Buffer }> {
    const row = await this.own(this.database.manager, staff, exportId);
    if (!mayUse(this.sourceOf(row.kind).permission, staff.role)) throw new DomainError('FORBIDDEN');
    if (this.hasExpired(row)) throw new DomainError('FILE_LINK_EXPIRED');
    if (row.state !== 'done' || row.contentKey === null) {
      throw new DomainError('EXPORT_NOT_READY', { state: row.state });
    }
    const { id, contentKey } = row;
    const bytes = await this.store.get(EXPORT_KEY_PURPOSE, { id, contentKey });
    if (!bytes) throw new DomainError('FILE_LINK_EXPIRED');
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, staff, { action: 'exports.download', objectType: 'export', objectId: id }),
    );
    const day = row.requestedAt.toISOString().slice(0, 10);
    return { fileName: `${this.sourceOf(row.kind).title} ${day}.xlsx`, bytes };
  }

  private async own(manager: EntityManager, staff: StaffPrincipal, exportId: string): Promise<ExportRow> {
    const row = await manager.findOneBy(ExportRow, { id: exportId, staffId: staff.staffId });
    if (!row) throw new DomainError('NOT_FOUND');
    return row;
  }

  /** By the clock: the job that wipes the file comes a while later. */
  private hasExpired({ state, expiresAt }: ExportRow): boolean {
    return state === 'expired' || (state === 'done' && expiresAt !== null && expiresAt <= this.clock.now());
  }

  /** The filters as they were asked for; they may name a person, so they are kept closed. */
  filterOf({ filter }: Pick<ExportRow, 'filter'>): ExportFilter {
    return JSON.parse(this.cipher.decrypt(EXPORT_FILTER_PURPOSE, filter)) as ExportFilter;
  }

  private viewOf(row: ExportRow): Export {
    return {
      exportId: row.id,
      kind: row.kind,
      filter: { ...this.filterOf(row) },
      state: this.hasExpired(row) ? 'expired' : row.state,
      rowsDone: row.rowsDone,
      rowsTotal: row.rowsTotal,
      requestedAt: row.requestedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      expiresAt: row.expiresAt?.toISOString() ?? null,
    };
  }
}
