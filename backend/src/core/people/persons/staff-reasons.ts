import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StaffPrincipal } from '../../../platform/accounts/principal.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { StaffReason } from './staff-reason.entity.js';

/** Reasons that staff gave. Audit entries hold no free text, so that erasure and seal coexist; these can go. */
@Injectable()
export class StaffReasons {
  async keep(
    tx: Tx,
    staff: StaffPrincipal,
    personId: string,
    action: StaffReason['action'],
    reason: string,
  ): Promise<void> {
    await tx.manager.insert(StaffReason, {
      id: newId(tx.now),
      personId,
      action,
      reason,
      staffId: staff.staffId,
      createdAt: tx.now,
    });
  }

  ofPerson(manager: EntityManager, personId: string): Promise<StaffReason[]> {
    return manager.find(StaffReason, { where: { personId }, order: { id: 'ASC' } });
  }

  async erase(tx: Tx, personId: string): Promise<void> {
    await tx.manager.delete(StaffReason, { personId });
  }
}
