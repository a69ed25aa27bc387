import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Principal, StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Arrivals } from '../bookings/arrivals.service.js';
import { type UndoneVisit, VisitRecords } from '../bookings/visit-records.js';
import type { UseRow } from './use.entity.js';
import { UseCounter } from './use-counter.js';
import { UsesRepository } from './uses.repository.js';

/** A use that checked a booking in and the check-in are one visit: who takes one of them back takes both. */
@Injectable()
export class BookedUses implements OnModuleInit {
  constructor(
    private readonly records: VisitRecords,
    private readonly arrivals: Arrivals,
    private readonly repository: UsesRepository,
    private readonly counter: UseCounter,
    private readonly audit: AuditTrail,
  ) {}

  onModuleInit(): void {
    this.records.register({ undo: (tx, principal, visit) => this.undo(tx, principal, visit) });
  }

  /** To be called before the use is changed: the person is locked before their uses, as by whoever undoes a check-in. */
  async takeTurn(tx: Tx, { bookingId }: UseRow): Promise<void> {
    if (bookingId !== null) await this.arrivals.inTurn(tx, bookingId);
  }

  /** Gives back what a refunded use spent; of a booked visit see `Arrivals.giveBack`. */
  async giveBack(tx: Tx, staff: StaffPrincipal, use: UseRow, reason: string): Promise<void> {
    const { id, bookingId } = use;
    const visit = bookingId === null ? null : await this.arrivals.inTurn(tx, bookingId);
    if (visit?.status !== 'arrived') {
      await this.counter.giveBack(tx, id);
      return;
    }
    await this.counter.handBack(tx, id, visit.id);
    await this.arrivals.giveBack(tx, staff, visit.id, reason);
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
