import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { AuditEntry } from './audit-entry.entity.js';

/** How far the sealer is behind. */
@Injectable()
export class AuditAge {
  /** Age of the oldest entry that no seal covers yet; null when all are sealed. */
  async oldestUnsealedSeconds(manager: EntityManager, now: Date): Promise<number | null> {
    const [oldest] = await manager.find(AuditEntry, {
      select: { id: true, at: true },
      where: { sealId: IsNull() },
      order: { id: 'ASC' },
      take: 1,
    });
    return oldest ? Math.max(0, Math.floor((now.getTime() - oldest.at.getTime()) / 1000)) : null;
  }
}
