import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Principal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type UndoneVisit, VisitRecords } from '../bookings/visit-records.js';
import { UseCounter } from './use-counter.js';
import { UsesRepository } from './uses.repository.js';

/** Uses that checked a booking in end with the check-in. */
@Injectable()
export class BookedUses implements OnModuleInit {
  constructor(
    private readonly records: VisitRecords,
    private readonly repository: UsesRepository,
    private readonly counter: UseCounter,
    private readonly audit: AuditTrail,
  ) {}

  onModuleInit(): void {
    this.records.register({ undo: (tx, principal, visit) => this.undo(tx, principal, visit) });
  }

  private async undo(tx: Tx, principal: Principal, visit: UndoneVisit): Promise<void> {
    const { bookingId, personId, reason } = visit;
    for (const use of await this.repository.standingOf(tx.manager, personId, bookingId)) {
      const change = { status: 'refunded', refundReason: reason } as const;
      if (!(await this.repository.change(tx, use, change))) throw new DomainError('STALE_VERSION');
      await this.counter.handBack(tx, use.id, bookingId);
      await this.audit.record(tx, principal, { action: 'uses.undo', objectType: 'use', objectId: use.id });
    }
  }
}
