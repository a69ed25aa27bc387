import { Injectable } from '@nestjs/common';
import { CITY_ZONE, visibleZones } from '@talent-card/shared/accounts/districts';
import type { Page } from '@talent-card/shared/common/schema';
import {
  DELIVERY_STATES,
  type Delivery,
  type DeliveryState,
  type deliveryQuerySchema,
  type settleDeliverySchema,
} from '@talent-card/shared/messages/schema';
import { type EntityManager, In } from 'typeorm';
import type * as z from 'zod';
import { People } from '../../core/people/people.service.js';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { latestFirst } from '../../platform/database/moment-cursor.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { SEND_JOB } from './deliveries.js';
import { DeliveryDecisionRow, DeliveryRow } from './delivery.entity.js';
import { attemptsFor, isNobodys } from './delivery.rules.js';
import { DeliveryPreviews } from './delivery-previews.js';

type Query = z.output<typeof deliveryQuerySchema>;
type Settlement = z.output<typeof settleDeliverySchema>;

/** Reason of one that an operator let be; their words are in the decision. */
const DROPPED = 'dropped';
/** Ended badly or nobody knows how: somebody has to decide. */
const isToSettle = (state: DeliveryRow['state']): state is 'failed' | 'unknown' =>
  state === 'failed' || state === 'unknown';

/** How messages went out, for operators: what failed, what nobody knows, and what they make of it. */
@Injectable()
export class DeliveryLog {
  constructor(
    private readonly read: ReadDatabase,
    private readonly unitOfWork: UnitOfWork,
    private readonly people: People,
    private readonly audit: AuditTrail,
    private readonly jobs: Jobs,
    private readonly previews: DeliveryPreviews,
  ) {}

  /** The log is the service's own and shows every district; who it was is shown to those alone who may see the person. */
  async list(staff: StaffPrincipal, query: Query): Promise<Page<Delivery>> {
    const { manager } = this.read;
    const found = manager.createQueryBuilder(DeliveryRow, 'delivery');
    const { channel, state, kind } = query;
    if (channel) found.andWhere('delivery.channel = :channel', { channel });
    if (kind) found.andWhere('delivery.kind = :kind', { kind });
    if (state) {
      const states = state === 'pending' ? ['pending', 'sending'] : [state];
      found.andWhere('delivery.state IN (:...states)', { states });
    }
    const { items, nextCursor } = await latestFirst(found, 'createdAt', query);
    return { items: await this.views(manager, staff, items), nextCursor };
  }

  /**
   * Sends a failed or unknown one again by the operator's own decision, or lets it be.
   * @throws DomainError NOT_FOUND, DELIVERY_STATE_CONFLICT for one that is neither failed nor unknown, or nobody's any
   *   more
   */
  async settle(
    staff: StaffPrincipal,
    deliveryId: string,
    { decision, note }: Settlement,
    idempotency: IdempotencyContext,
  ): Promise<Delivery> {
    const settled = await this.unitOfWork.run(
      async (tx) => {
        const row = await tx.manager.findOneBy(DeliveryRow, { id: deliveryId });
        if (!row) throw new DomainError('NOT_FOUND');
        const { state, attempts, errorCode } = row;
        // Of somebody who had their data erased there is nothing left to send, and no word is written about them.
        if (!isToSettle(state) || isNobodys(row))
          throw new DomainError('DELIVERY_STATE_CONFLICT', { state: outsideState(row) });
        const { affected } = await tx.manager.update(
          DeliveryRow,
          // As it was read: it may have been sent again and failed anew meanwhile.
          { id: deliveryId, state, attempts },
          decision === 'resend'
            ? {
                state: 'pending',
                availableAt: tx.now,
                attemptLimit: attempts + attemptsFor(row.kind),
                errorCode: null,
                reason: null,
                finishedAt: null,
              }
            : { state: 'skipped', reason: DROPPED, finishedAt: tx.now },
        );
        if (affected !== 1) throw new DomainError('DELIVERY_STATE_CONFLICT', { state: outsideState(row) });
        await tx.manager.insert(DeliveryDecisionRow, {
          id: newId(tx.now),
          deliveryId,
          decision,
          note,
          staffId: staff.staffId,
          staffName: staff.displayName,
          state,
          errorCode,
          decidedAt: tx.now,
        });
        await this.audit.record(tx, staff, {
          action: `messages.${decision}`,
          objectType: 'message-delivery',
          objectId: deliveryId,
        });
        const [view] = await this.views(tx.manager, staff, [
          await tx.manager.findOneByOrFail(DeliveryRow, { id: deliveryId }),
        ]);
        if (!view) throw new DomainError('NOT_FOUND');
        return view;
      },
      { idempotency },
    );
    if (decision === 'resend') this.jobs.nudge(SEND_JOB);
    return settled;
  }

  /** How many of each state, for metrics. */
  async counts(): Promise<Record<DeliveryState, number>> {
    const rows = await this.read.manager
      .createQueryBuilder(DeliveryRow, 'delivery')
      .select('delivery.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .groupBy('delivery.state')
      .getRawMany<{ state: DeliveryRow['state']; count: number | string }>();
    const counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0])) as Record<
      DeliveryState,
      number
    >;
    for (const row of rows) counts[outsideState(row)] += Number(row.count);
    return counts;
  }

  private async views(
    manager: EntityManager,
    { zoneCode }: StaffPrincipal,
    rows: readonly DeliveryRow[],
  ): Promise<Delivery[]> {
    const ids = rows.flatMap(({ personId }) => (personId === null ? [] : [personId]));
    const zones = visibleZones(zoneCode);
    const names = new Map<string | null, string>();
    for (const person of await this.people.summary(manager, ids)) {
      const isVisible =
        zoneCode === CITY_ZONE || (person.zoneCode !== null && zones.includes(person.zoneCode));
      if (isVisible) names.set(person.personId, person.maskedName);
    }
    const decisions = await this.decisions(
      manager,
      rows.map(({ id }) => id),
    );
    const previews = await this.previews.of(manager, rows);
    return rows.map((row) => ({
      deliveryId: row.id,
      channel: row.channel,
      kind: row.kind,
      personId: names.has(row.personId) ? row.personId : null,
      maskedName: names.get(row.personId) ?? null,
      state: outsideState(row),
      attempts: row.attempts,
      errorCode: row.errorCode,
      reason: row.reason,
      decisions: decisions.get(row.id) ?? [],
      preview: previews.get(row.id) ?? null,
      createdAt: row.createdAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
    }));
  }

  /** By delivery, the first decision first. */
  private async decisions(
    manager: EntityManager,
    deliveryIds: readonly string[],
  ): Promise<Map<string, Delivery['decisions']>> {
    const found = new Map<string, Delivery['decisions']>();
    if (deliveryIds.length === 0) return found;
    const rows = await manager.find(DeliveryDecisionRow, {
      where: { deliveryId: In([...deliveryIds]) },
      order: { id: 'ASC' },
    });
    for (const { deliveryId, decision, note, staffName: by, decidedAt, state, errorCode } of rows) {
      const before = found.get(deliveryId) ?? [];
      found.set(deliveryId, [
        ...before,
        { decision, note, by, at: decidedAt.toISOString(), state, errorCode },
      ]);
    }
    return found;
  }
}

const outsideState = ({ state }: Pick<DeliveryRow, 'state'>): DeliveryState =>
  state === 'sending' ? 'pending' : state;
