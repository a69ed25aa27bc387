import { Injectable } from '@nestjs/common';
import type { Page } from '@talent-card/shared/common/schema';
import type {
  AdminRating,
  answerCallBackSchema,
  ratingQuerySchema,
} from '@talent-card/shared/feedback/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { VenueAccess } from '../venues/venue-access.js';
import type { RatingRow } from './rating.entity.js';
import { RatingPhones } from './rating-phones.js';
import { RatingViews } from './rating-views.js';
import { RatingsRepository } from './ratings.repository.js';
import { Ratings } from './ratings.service.js';

type Query = z.output<typeof ratingQuerySchema>;
type Answer = z.output<typeof answerCallBackSchema>;

/** What staff do with ratings. Those of venues that are not theirs do not exist for them. */
@Injectable()
export class RatingAdministration {
  constructor(
    private readonly ratings: RatingsRepository,
    private readonly service: Ratings,
    private readonly views: RatingViews,
    private readonly phones: RatingPhones,
    private readonly access: VenueAccess,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  async list(manager: EntityManager, staff: StaffPrincipal, query: Query): Promise<Page<AdminRating>> {
    const now = this.clock.now();
    const visible = await this.access.visibleVenueIds(manager, staff);
    const { items, nextCursor } = await this.ratings.list(manager, query, visible, serviceDate(now));
    return { items: await this.views.forStaff(manager, items, now), nextCursor };
  }

  /**
   * The number in clear, for calling back. That it was read is an audit entry.
   * @throws DomainError NOT_FOUND also where nobody has to be called
   */
  async phone(staff: StaffPrincipal, ratingId: string, requestId: string): Promise<{ phone: string | null }> {
    const { manager } = this.database;
    const row = await this.visible(manager, staff, ratingId);
    const { callBack, personId } = row;
    if (personId === null || (callBack !== 'open' && callBack !== 'appealed'))
      throw new DomainError('NOT_FOUND');
    const phone = (await this.phones.of(manager, [personId])).get(personId) ?? null;
    if (phone === null) return { phone };
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, staff, {
        action: 'feedback.reveal-phone',
        objectType: 'rating',
        objectId: ratingId,
        fields: ['phone'],
        requestId,
      }),
    );
    return { phone };
  }

  answer(
    staff: StaffPrincipal,
    ratingId: string,
    { version, answer }: Answer,
    idempotency: IdempotencyContext,
  ): Promise<AdminRating> {
    return this.act(staff, ratingId, idempotency, (tx, row) =>
      this.service.answer(tx, staff, row, version, answer),
    );
  }

  answerAppeal(
    staff: StaffPrincipal,
    ratingId: string,
    { version, answer }: Answer,
    idempotency: IdempotencyContext,
  ): Promise<AdminRating> {
    return this.act(staff, ratingId, idempotency, (tx, row) =>
      this.service.decideAppeal(tx, staff, row, version, answer),
    );
  }

  private act(
    staff: StaffPrincipal,
    ratingId: string,
    idempotency: IdempotencyContext,
    change: (tx: Tx, row: RatingRow) => Promise<RatingRow>,
  ): Promise<AdminRating> {
    return this.unitOfWork.run(
      async (tx) => {
        const changed = await change(tx, await this.visible(tx.manager, staff, ratingId));
        const [view] = await this.views.forStaff(tx.manager, [changed], tx.now);
        if (!view) throw new DomainError('NOT_FOUND');
        return view;
      },
      { idempotency },
    );
  }

  private async visible(manager: EntityManager, staff: StaffPrincipal, ratingId: string): Promise<RatingRow> {
    const row = await this.ratings.find(manager, ratingId);
    if (!row || !this.access.mayAct(staff, row)) throw new DomainError('NOT_FOUND');
    return row;
  }
}
