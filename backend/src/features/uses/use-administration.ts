import { Injectable } from '@nestjs/common';
import type { Page, staffReasonSchema } from '@talent-card/shared/common/schema';
import { mayBecome } from '@talent-card/shared/common/state-table';
import type {
  AdminUse,
  AdminUseQuery,
  answerDisputeSchema,
  settleSchema,
} from '@talent-card/shared/uses/schema';
import { type UseState, useStates } from '@talent-card/shared/uses/use-state';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { VenueAccess } from '../venues/venue-access.js';
import { BookedUses } from './booked-uses.js';
import type { UseRow } from './use.entity.js';
import { UseCounter } from './use-counter.js';
import { UseViews } from './use-views.js';
import { type UseFilter, UsesRepository } from './uses.repository.js';

type Settle = z.output<typeof settleSchema>;
type Refund = z.output<typeof staffReasonSchema>;
type AnswerDispute = z.output<typeof answerDisputeSchema>;

/** What follows from a decision, beside the change of the use itself. */
interface Decision {
  readonly action: string;
  readonly topic: string;
  readonly change: Partial<UseRow> & Pick<UseRow, 'status'>;
  cause?(tx: Tx, use: UseRow): Promise<unknown>;
}

/** Uses as staff see and settle them, each within their venues. */
@Injectable()
export class UseAdministration {
  constructor(
    private readonly repository: UsesRepository,
    private readonly views: UseViews,
    private readonly counter: UseCounter,
    private readonly booked: BookedUses,
    private readonly access: VenueAccess,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Latest first. */
  async list(
    manager: EntityManager,
    staff: StaffPrincipal,
    { cursor, limit, offline, ...query }: AdminUseQuery,
  ): Promise<Page<AdminUse>> {
    const visible = await this.access.visibleVenueIds(manager, staff);
    const filter: UseFilter = {
      ...query,
      venueIds: visible === 'all' ? undefined : visible,
      offline: offline === undefined ? undefined : offline === 'true',
    };
    const page = await this.repository.page(manager, filter, { cursor, limit: Number(limit ?? 20) });
    return {
      items: await this.views.adminUses(manager, page.items),
      nextCursor: page.nextCursor,
      total: await this.repository.count(manager, filter),
    };
  }

  /** @throws DomainError NOT_FOUND also for a use at a venue that is not the caller's */
  async detail(manager: EntityManager, staff: StaffPrincipal, useId: string): Promise<AdminUse> {
    return this.views.adminUse(manager, await this.visible(manager, staff, useId));
  }

  /**
   * Lets an offline use stand, in excess where the quota is gone, or strikes it.
   * @throws DomainError NOT_FOUND, STALE_VERSION, USE_STATE_CONFLICT
   */
  settle(
    staff: StaffPrincipal,
    useId: string,
    { version, decision, note }: Settle,
    idempotency: IdempotencyContext,
  ): Promise<AdminUse> {
    const settled = (tx: Tx) => ({ settledNote: note, settledByStaffId: staff.staffId, settledAt: tx.now });
    return this.decide(staff, useId, version, ['to-settle'], idempotency, (tx) =>
      decision === 'count'
        ? {
            action: 'uses.settle-count',
            topic: 'use.recorded',
            change: { status: 'used', ...settled(tx) },
            cause: async (_, use) => {
              const inExcess = use.settleReason === 'excess';
              const bookingId = await this.counter.countAnyway(tx, staff, { ...use, useId }, inExcess);
              if (bookingId !== null) await this.repository.complete(tx, useId, { bookingId });
            },
          }
        : {
            action: 'uses.settle-refuse',
            topic: 'use.refused',
            change: { status: 'refused', ...settled(tx) },
            cause: () => this.counter.giveBack(tx, useId),
          },
    );
  }

  /**
   * Gives a mistaken use back, and with it the check-in of the booking that it was.
   * @throws DomainError NOT_FOUND, STALE_VERSION, USE_STATE_CONFLICT
   */
  refund(
    staff: StaffPrincipal,
    useId: string,
    { version, reason }: Refund,
    idempotency: IdempotencyContext,
  ): Promise<AdminUse> {
    return this.decide(staff, useId, version, ['used', 'disputed'], idempotency, (tx) => ({
      action: 'uses.refund',
      topic: 'use.refunded',
      change: { status: 'refunded', refundReason: reason },
      cause: (_, use) => this.booked.giveBack(tx, staff, use, reason),
    }));
  }

  /** @throws DomainError NOT_FOUND, STALE_VERSION, USE_STATE_CONFLICT */
  answerDispute(
    staff: StaffPrincipal,
    useId: string,
    { version, decision, answer }: AnswerDispute,
    idempotency: IdempotencyContext,
  ): Promise<AdminUse> {
    return this.decide(staff, useId, version, ['disputed'], idempotency, (tx) => ({
      action: `uses.dispute-${decision}`,
      topic: 'use.dispute-answered',
      change: { status: decision === 'refund' ? 'refunded' : 'used', disputeAnswer: answer },
      ...(decision === 'refund'
        ? { cause: (_: Tx, use: UseRow) => this.booked.giveBack(tx, staff, use, answer) }
        : {}),
    }));
  }

  private async decide(
    staff: StaffPrincipal,
    useId: string,
    version: number,
    from: readonly UseState[],
    idempotency: IdempotencyContext,
    decision: (tx: Tx) => Decision,
  ): Promise<AdminUse> {
    return this.unitOfWork.run(
      async (tx) => {
        const use = await this.visible(tx.manager, staff, useId);
        await this.booked.takeTurn(tx, use);
        if (use.version !== version) throw new DomainError('STALE_VERSION', { version: use.version });
        const { action, topic, change, cause } = decision(tx);
        if (!from.includes(use.status) || !mayBecome(useStates, use.status, change.status))
          throw new DomainError('USE_STATE_CONFLICT', { status: use.status });
        if (!(await this.repository.change(tx, use, change))) throw new DomainError('STALE_VERSION');
        await cause?.(tx, use);
        await this.audit.record(tx, staff, { action, objectType: 'use', objectId: useId });
        await this.outbox.publish(tx, topic, { personId: use.personId, useId });
        return this.detail(tx.manager, staff, useId);
      },
      { idempotency },
    );
  }

  private async visible(manager: EntityManager, staff: StaffPrincipal, useId: string): Promise<UseRow> {
    const use = await this.repository.find(manager, useId);
    const venues = await this.access.visibleVenueIds(manager, staff);
    if (!use || (venues !== 'all' && !venues.includes(use.venueId))) throw new DomainError('NOT_FOUND');
    return use;
  }
}
