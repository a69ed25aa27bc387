import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import { ReadDatabase } from '../database/database.module.js';
import { momentOf } from '../database/many-rows.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids.js';
import { Jobs } from '../jobs/jobs.js';
import type { Lease } from '../jobs/lease.js';
import { LOGGER } from '../observability/logger.js';
import { AuditEntry } from './audit-entry.entity.js';
import { AuditKeys } from './audit-keys.js';
import { AuditSeal } from './audit-seal.entity.js';
import { leafOf, NO_ROOT, rootOf, type SealedContent } from './merkle.js';
import { type ExportedSeal, exportedSeal, SealExport } from './seal-export.js';

export const SEAL_JOB = 'audit.seal';
/** Entries of one seal, one unit of work. */
const ENTRIES = 500;
const EXPORT_SEALS = 50;

/**
 * Each second, on the node that holds the lease: a signed root over the committed entries that no seal covers yet,
 * chained to the root before, and a line about it in the export.
 */
@Injectable()
export class AuditSealer implements OnModuleInit {
  /** How far the export is, and under which epoch of the lease this was known: another holder appends too. */
  private exported: { through: number; epoch: number } | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly keys: AuditKeys,
    private readonly file: SealExport,
    private readonly jobs: Jobs,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: SEAL_JOB, everySeconds: 1, run: (lease) => this.seal(lease) });
  }

  async seal(lease: Lease): Promise<void> {
    while (!lease.signal.aborted && (await this.read.manager.existsBy(AuditEntry, { sealId: IsNull() }))) {
      if ((await this.unitOfWork.run((tx) => this.sealSome(tx, lease))) === 0) break;
    }
    await this.exportSeals(lease.epoch);
  }

  /**
   * Takes entries by `sealId IS NULL` and never by a watermark of ids: a transaction that began earlier may commit
   * later, and its entries would be skipped for ever.
   */
  private async sealSome(tx: Tx, lease: Lease): Promise<number> {
    await lease.assertHeld(tx);
    const entries = await contentOf(tx.manager, `sealId IS NULL ORDER BY id LIMIT ${ENTRIES}`, []);
    if (entries.length === 0) return 0;
    const [before] = await tx.manager.find(AuditSeal, { order: { number: 'DESC' }, take: 1 });
    const content = {
      number: (before?.number ?? 0) + 1,
      previousRoot: before?.root ?? NO_ROOT,
      entryCount: entries.length,
      sealedAt: tx.now,
    };
    const root = rootOf(content, entries.map(leafOf));
    const id = newId(tx.now);
    await tx.manager.insert(AuditSeal, {
      id,
      ...content,
      root,
      keyId: this.keys.keyId,
      signature: this.keys.sign(root),
    });
    const ids = entries.map((entry) => entry.id);
    const sealed = await tx.manager.update(AuditEntry, { id: In(ids), sealId: IsNull() }, { sealId: id });
    if (sealed.affected !== ids.length) throw new Error('audit entries changed while they were being sealed');
    return ids.length;
  }

  /**
   * Appends every seal that the file does not have yet, also those of another node or of a process that died between
   * commit and append. A file that was cut since is not mended: that would hide it.
   */
  private async exportSeals(epoch: number): Promise<void> {
    if (this.exported?.epoch !== epoch) this.exported = null;
    else if (!(await this.file.untouched())) {
      this.logger.error('the audit export was changed by somebody else');
      return;
    }
    let through = this.exported?.through ?? (await this.file.lastNumber());
    for (;;) {
      const seals: AuditSeal[] = await this.read.manager.find(AuditSeal, {
        where: { number: MoreThan(through) },
        order: { number: 'ASC' },
        take: EXPORT_SEALS,
      });
      await this.file.append(await withLeaves(this.read.manager, seals));
      through = seals.at(-1)?.number ?? through;
      this.exported = { through, epoch };
      if (seals.length < EXPORT_SEALS) return;
    }
  }
}

/** Read plainly: in a rush thousands of entries are sealed a second, and making entities of them slows the rush down. */
async function contentOf(
  manager: EntityManager,
  which: string,
  values: readonly string[],
): Promise<SealedContent[]> {
  const rows: unknown = await manager.query(
    `SELECT id, at, actorType, actorId, action, objectType, objectId, fields, requestId FROM audit_entries WHERE ${which}`,
    [...values],
  );
  return (rows as (Omit<SealedContent, 'at'> & { at: Date | string })[]).map((row) => ({
    ...row,
    at: momentOf(row.at),
  }));
}

async function withLeaves(manager: EntityManager, seals: AuditSeal[]): Promise<ExportedSeal[]> {
  const lines: ExportedSeal[] = [];
  for (const seal of seals) {
    const entries = await contentOf(manager, 'sealId = ? ORDER BY id', [seal.id]);
    lines.push(
      exportedSeal(
        seal,
        entries.map((entry) => [entry.id, leafOf(entry)] as const),
      ),
    );
  }
  return lines;
}
