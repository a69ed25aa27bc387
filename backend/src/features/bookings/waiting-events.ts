import { Injectable } from '@nestjs/common';
import type { WaitingReason } from '@talent-card/shared/bookings/booking-state';
import type { Waiter } from '../../core/capacity/capacity.types.js';
import { system } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Tx } from '../../platform/database/tx.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { WaitingRow } from './booking.entity.js';
import { BookingsRepository, type NewWaiting } from './bookings.repository.js';

/** Has the lines of a person looked at anew, see `LineCheck`. */
export const LINE_TOPIC = 'waiting.look';

/** What happens to those in line by itself: a place is offered or taken back, or waiting ends. */
@Injectable()
export class WaitingEvents {
  constructor(
    private readonly bookings: BookingsRepository,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Whoever is offered a place is asked right after whether they could accept, before they are told. */
  async offered(tx: Tx, waiters: readonly (Waiter & { readonly offeredUntil: Date })[]): Promise<void> {
    const until = new Map(waiters.map(({ id, offeredUntil }) => [id, offeredUntil]));
    const rows = await this.rows(tx, waiters);
    await this.lookAt(
      tx,
      rows.map(({ personId }) => personId),
    );
    await this.move(tx, rows, 'offered', ({ id }) => ({
      status: 'offered',
      reason: null,
      offeredUntil: until.get(id) ?? null,
    }));
    await this.tell(tx, rows, 'offered');
  }

  /** Who let an offer lapse keeps its moment: see `WaitingRow.offeredUntil`. */
  async ended(
    tx: Tx,
    waiters: readonly Waiter[],
    why: 'offer-lapsed' | 'too-late' | 'closed',
  ): Promise<void> {
    const until = new Map(waiters.map(({ id, offeredUntil }) => [id, offeredUntil]));
    const rows = await this.rows(tx, waiters);
    await this.move(tx, rows, 'lapsed', ({ id }) => ({
      status: 'lapsed',
      reason: null,
      offeredUntil: why === 'offer-lapsed' ? (until.get(id) ?? null) : null,
    }));
    await this.tell(tx, rows, 'lapsed');
    // What their offer kept from them elsewhere may be theirs now.
    await this.lookAt(
      tx,
      rows.filter(({ status }) => status === 'offered').map(({ personId }) => personId),
    );
  }

  /** They wait in vain, for a reason of their own. */
  async endedFor(tx: Tx, waiter: Waiter, reason: WaitingReason): Promise<void> {
    const rows = await this.rows(tx, [waiter]);
    await this.move(tx, rows, 'lapsed', () => ({ status: 'lapsed', reason, offeredUntil: null }));
    await this.tell(tx, rows, 'lapsed');
  }

  /** They keep their place in line and are given nothing. Who had something held is told; the others see it in the app. */
  async passedOver(tx: Tx, waiter: Waiter, reason: WaitingReason): Promise<void> {
    const rows = await this.rows(tx, [waiter]);
    await this.move(tx, rows, 'passed-over', () => ({ status: 'waiting', reason, offeredUntil: null }));
    if (waiter.kept > 0) await this.tell(tx, rows, 'passed-over');
  }

  /** They are passed over as before, maybe for another reason. */
  async stillPassedOver(tx: Tx, waiter: Waiter, reason: WaitingReason): Promise<void> {
    for (const row of await this.rows(tx, [waiter]))
      if (row.reason !== reason) await this.bookings.changeWaiting(tx, row, { reason });
  }

  /** Nothing stands against them any more: they are served in their turn. */
  async takenUp(tx: Tx, waiter: Waiter): Promise<void> {
    await this.move(tx, await this.rows(tx, [waiter]), 'taken-up', () => ({ reason: null }));
  }

  /** Has the lines of these people looked at right after this transaction: what they may be given has changed. */
  async lookAt(tx: Tx, personIds: readonly string[]): Promise<void> {
    const messages = [...new Set(personIds)].map((personId) => ({
      topic: LINE_TOPIC,
      payload: { personId },
    }));
    await this.outbox.publishMany(tx, messages);
  }

  private rows(tx: Tx, waiters: readonly Waiter[]): Promise<WaitingRow[]> {
    return this.bookings.findManyWaiting(
      tx.manager,
      waiters.map(({ id }) => id),
    );
  }

  private async move(
    tx: Tx,
    rows: readonly WaitingRow[],
    verb: string,
    change: (row: WaitingRow) => Partial<NewWaiting>,
  ): Promise<void> {
    for (const row of rows) await this.bookings.changeWaiting(tx, row, change(row));
    await this.audit.recordMany(
      tx,
      rows.map(({ id }) => ({
        principal: system('bookings.line'),
        action: `bookings.waiting-${verb}`,
        objectType: 'waiting',
        objectId: id,
      })),
    );
  }

  private tell(
    tx: Tx,
    rows: readonly WaitingRow[],
    what: 'offered' | 'lapsed' | 'passed-over',
  ): Promise<void> {
    return this.outbox.publishMany(
      tx,
      rows.map(({ id, personId }) => ({ topic: `waiting.${what}`, payload: { personId, waitingId: id } })),
    );
  }
}
