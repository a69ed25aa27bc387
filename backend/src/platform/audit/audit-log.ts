import { Injectable } from '@nestjs/common';
import type {
  AuditEntry as AuditEntryView,
  AuditStatus,
  auditQuerySchema,
} from '@talent-card/shared/audit/schema';
import type { Page } from '@talent-card/shared/common/schema';
import { In, IsNull } from 'typeorm';
import type * as z from 'zod';
import type { Principal } from '../accounts/principal.js';
import { StaffRow } from '../accounts/staff/staff-member.entity.js';
import { Clock } from '../clock/clock.js';
import { ReadDatabase } from '../database/database.module.js';
import { latestFirst } from '../database/moment-cursor.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids.js';
import { AuditEntry } from './audit-entry.entity.js';
import { AuditKeys } from './audit-keys.js';
import { AuditSeal } from './audit-seal.entity.js';
import { AuditTrail } from './audit-trail.js';
import { AuditVerification } from './audit-verification.entity.js';
import { SealExport } from './seal-export.js';
import { type AuditReport, verifyAudit } from './verify-audit.js';

/** The audit trail as auditors read and check it. */
@Injectable()
export class AuditLog {
  private verifying: Promise<AuditReport> | undefined;

  constructor(
    private readonly read: ReadDatabase,
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
    private readonly keys: AuditKeys,
    private readonly file: SealExport,
    private readonly clock: Clock,
  ) {}

  /** Entries that match, the latest first. */
  async list(query: z.output<typeof auditQuerySchema>): Promise<Page<AuditEntryView>> {
    const found = this.read.manager.createQueryBuilder(AuditEntry, 'entry');
    for (const name of ['action', 'actorId', 'objectId'] as const) {
      if (query[name] !== undefined) found.andWhere(`entry.${name} = :${name}`, { [name]: query[name] });
    }
    if (query.from) found.andWhere('entry.at >= :from', { from: new Date(query.from) });
    if (query.to) found.andWhere('entry.at < :to', { to: new Date(query.to) });
    const { items, nextCursor } = await latestFirst(found, 'at', query);
    const names = await this.staffNames(items);
    return { items: items.map((entry) => viewOf(entry, names)), nextCursor };
  }

  /** Age of the oldest entry that no seal covers yet; 0 when all are sealed. A sealer that stands still shows here. */
  async oldestUnsealedSeconds(): Promise<number> {
    const [oldest] = await this.read.manager.find(AuditEntry, {
      where: { sealId: IsNull() },
      order: { id: 'ASC' },
      take: 1,
    });
    return oldest ? Math.max(0, (this.clock.now().getTime() - oldest.at.getTime()) / 1000) : 0;
  }

  async status(): Promise<AuditStatus> {
    const { manager } = this.read;
    const [[seal], unsealed, [verification]] = await Promise.all([
      manager.find(AuditSeal, { order: { number: 'DESC' }, take: 1 }),
      manager.countBy(AuditEntry, { sealId: IsNull() }),
      manager.find(AuditVerification, { order: { at: 'DESC', id: 'DESC' }, take: 1 }),
    ]);
    return {
      sealedThrough: seal?.sealedAt.toISOString() ?? null,
      unsealed,
      lastVerification: verification
        ? {
            at: verification.at.toISOString(),
            ok: verification.ok,
            entries: verification.entries,
            problems: verification.problems,
          }
        : null,
    };
  }

  /** Checks the whole trail and keeps the outcome. Callers at the same time share one check. */
  async verify(principal: Principal, requestId?: string): Promise<AuditReport> {
    this.verifying ??= verifyAudit({
      manager: this.read.manager,
      keys: this.keys,
      exported: this.file,
      now: this.clock.now(),
    }).finally(() => {
      this.verifying = undefined;
    });
    const report = await this.verifying;
    await this.unitOfWork.run(async (tx) => {
      await tx.manager.insert(AuditVerification, {
        id: newId(tx.now),
        at: tx.now,
        ok: report.ok,
        entries: report.entries,
        problems: report.problemCount,
      });
      await this.trail.record(tx, principal, {
        action: 'audit.verify',
        objectType: 'audit-trail',
        objectId: null,
        ...(requestId ? { requestId } : {}),
      });
    });
    return report;
  }

  private async staffNames(entries: AuditEntry[]): Promise<ReadonlyMap<string, string>> {
    const ids = new Set<string>();
    for (const { actorType, actorId } of entries) if (actorType === 'staff' && actorId) ids.add(actorId);
    const staff = await this.read.manager.find(StaffRow, {
      select: { id: true, displayName: true },
      where: { id: In([...ids]) },
    });
    return new Map(staff.map(({ id, displayName }) => [id, displayName]));
  }
}

function viewOf(entry: AuditEntry, names: ReadonlyMap<string, string>): AuditEntryView {
  const { actorType, actorId, action, objectType, objectId, requestId } = entry;
  return {
    entryId: entry.id,
    at: entry.at.toISOString(),
    actorType,
    actorId,
    actorName: (actorType === 'staff' && actorId && names.get(actorId)) || null,
    action,
    objectType,
    objectId,
    fields: JSON.parse(entry.fields) as string[],
    requestId,
    sealed: entry.sealId !== null,
  };
}
