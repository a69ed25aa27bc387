import { Injectable } from '@nestjs/common';
import type { Page } from '@talent-card/shared/common/schema';
import type { Use, UseQuery } from '@talent-card/shared/uses/schema';
import type { UseState } from '@talent-card/shared/uses/use-state';
import type { EntityManager } from 'typeorm';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { mayDispute } from './use.rules.js';
import { UseViews } from './use-views.js';
import { UsesRepository } from './uses.repository.js';

/** What other features may know of a use. */
export interface UseFacts {
  readonly useId: string;
  readonly personId: string;
  readonly channelId: string;
  readonly venueId: string;
  readonly at: Date;
  readonly status: UseState;
}

/** 我的使用: what somebody used, and questioning it. */
@Injectable()
export class Uses {
  constructor(
    private readonly repository: UsesRepository,
    private readonly views: UseViews,
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
    private readonly audit: AuditTrail,
  ) {}

  /** Null when there is no such use. */
  async byId(manager: EntityManager, useId: string): Promise<UseFacts | null> {
    return (await this.byIds(manager, [useId])).get(useId) ?? null;
  }

  /** One statement however many; ids of no use are left out. */
  async byIds(manager: EntityManager, useIds: readonly string[]): Promise<Map<string, UseFacts>> {
    const rows = await this.repository.findMany(manager, useIds);
    return new Map(
      rows.map(({ id, personId, channelId, venueId, at, status }) => [
        id,
        { useId: id, personId, channelId, venueId, at, status },
      ]),
    );
  }

  /** Latest first. What waits for a decision is shown too: the holder was there. */
  async mine(person: PersonPrincipal, { cursor, limit, channelId }: UseQuery): Promise<Page<Use>> {
    const { manager } = this.database;
    const filter = { personId: person.personId, channelId };
    const page = await this.repository.page(manager, filter, { cursor, limit: Number(limit ?? 20) });
    return { items: await this.views.uses(manager, page.items), nextCursor: page.nextCursor };
  }

  /** @throws DomainError NOT_FOUND also for somebody else's */
  async one(person: PersonPrincipal, useId: string): Promise<Use> {
    const { manager } = this.database;
    const row = await this.repository.find(manager, useId);
    if (!row || row.personId !== person.personId) throw new DomainError('NOT_FOUND');
    return this.views.use(manager, row);
  }

  /** Questions a use, once and within thirty days. @throws DomainError NOT_FOUND, USE_STATE_CONFLICT */
  async dispute(
    person: PersonPrincipal,
    useId: string,
    reason: string,
    idempotency: IdempotencyContext,
  ): Promise<Use> {
    return this.units.run(
      person,
      async (tx) => {
        const row = await this.repository.find(tx.manager, useId);
        if (!row || row.personId !== person.personId) throw new DomainError('NOT_FOUND');
        const change = { status: 'disputed', disputeReason: reason, disputeOpenedAt: tx.now } as const;
        if (!mayDispute(row, tx.now) || !(await this.repository.change(tx, row, change)))
          throw new DomainError('USE_STATE_CONFLICT', { status: row.status });
        await this.audit.record(tx, person, { action: 'uses.dispute', objectType: 'use', objectId: useId });
        return this.views.use(tx.manager, { ...row, ...change, version: row.version + 1 });
      },
      { idempotency },
    );
  }
}
