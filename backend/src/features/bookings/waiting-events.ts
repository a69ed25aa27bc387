import { Injectable } from '@nestjs/common';
import type { Waiter } from '../../core/capacity/capacity.types.js';
import { system } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Tx } from '../../platform/database/tx.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { BookingsRepository } from './bookings.repository.js';

/** What happens to those in line by itself: a place is offered, or waiting ends. */
@Injectable()
export class WaitingEvents {
  constructor(
    private readonly bookings: BookingsRepository,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  async offered(tx: Tx, waiters: readonly (Waiter & { readonly offeredUntil: Date })[]): Promise<void> {
    const until = new Map(waiters.map(({ id, offeredUntil }) => [id, offeredUntil]));
    await this.move(tx, [...until.keys()], 'offered', (id) => until.get(id) ?? null);
  }

  /** Who let an offer lapse keeps its moment: see `WaitingRow.offeredUntil`. */
  async ended(
    tx: Tx,
    waiters: readonly Waiter[],
    why: 'offer-lapsed' | 'too-late' | 'closed',
  ): Promise<void> {
    const until = new Map(waiters.map(({ id, offeredUntil }) => [id, offeredUntil]));
    const lapsed = (id: string): Date | null => until.get(id) ?? null;
    await this.move(tx, [...until.keys()], 'lapsed', why === 'offer-lapsed' ? lapsed : () => null);
  }

  private async move(
    tx: Tx,
    ids: readonly string[],
    status: 'offered' | 'lapsed',
    until: (id: string) => Date | null,
  ): Promise<void> {
    const rows = await this.bookings.findManyWaiting(tx.manager, ids);
    for (const row of rows)
      await this.bookings.changeWaiting(tx, row, { status, offeredUntil: until(row.id) });
    await this.audit.recordMany(
      tx,
      rows.map(({ id }) => ({
        principal: system('bookings.line'),
        action: `bookings.waiting-${status}`,
        objectType: 'waiting',
        objectId: id,
      })),
    );
    await this.outbox.publishMany(
      tx,
      rows.map(({ id, personId }) => ({ topic: `waiting.${status}`, payload: { personId, waitingId: id } })),
    );
  }
}
