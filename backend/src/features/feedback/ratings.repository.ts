import { Injectable } from '@nestjs/common';
import type { CallBackState, ratingQuerySchema } from '@talent-card/shared/feedback/schema';
import { type EntityManager, In, IsNull, LessThan } from 'typeorm';
import type * as z from 'zod';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { latestFirst } from '../../platform/database/moment-cursor.js';
import type { RowPage } from '../../platform/database/page.js';
import type { Tx } from '../../platform/database/tx.js';
import { RatingRow } from './rating.entity.js';

/** Somebody still has to act. */
const WAITING: readonly CallBackState[] = ['open', 'appealed'];

export interface RatingPeriod {
  /** Days of use, both included. */
  readonly from: string;
  readonly to: string;
  /** Undefined counts every venue. */
  readonly venueIds?: readonly string[] | undefined;
}

/** The only SQL of ratings. */
@Injectable()
export class RatingsRepository {
  find(manager: EntityManager, ratingId: string): Promise<RatingRow | null> {
    return manager.findOneBy(RatingRow, { id: ratingId });
  }

  /** A rating is found by its id and owner together. */
  findOwn(manager: EntityManager, ratingId: string, personId: string): Promise<RatingRow | null> {
    return manager.findOneBy(RatingRow, { id: ratingId, personId });
  }

  ofPerson(manager: EntityManager, personId: string): Promise<RatingRow[]> {
    return manager.find(RatingRow, { where: { personId }, order: { id: 'ASC' } });
  }

  /** Ratings of uses, by use id; one statement. */
  async ofUses(manager: EntityManager, useIds: readonly string[]): Promise<Map<string, RatingRow>> {
    if (useIds.length === 0) return new Map();
    const rows = await manager.findBy(RatingRow, { useId: In([...useIds]) });
    return new Map(rows.map((row) => [row.useId, row]));
  }

  /** False when the use has a rating already; under any concurrency, since a unique key decides. */
  async insert(tx: Tx, row: RatingRow): Promise<boolean> {
    try {
      await tx.manager.insert(RatingRow, row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Changes the rating only if it still stands as it was read. */
  async change(tx: Tx, seen: RatingRow, change: Partial<RatingRow>): Promise<boolean> {
    const { id, version } = seen;
    const changed = await tx.manager.update(RatingRow, { id, version }, { ...change, version: version + 1 });
    return changed.affected === 1;
  }

  list(
    manager: EntityManager,
    query: z.output<typeof ratingQuerySchema>,
    visible: readonly string[] | 'all',
    today: string,
  ): Promise<RowPage<RatingRow>> {
    const found = manager.createQueryBuilder(RatingRow, 'rating');
    const { grade, callBack, venueId, channelId } = query;
    if (visible !== 'all') {
      if (visible.length === 0) return Promise.resolve({ items: [], nextCursor: null });
      found.andWhere('rating.venueId IN (:...visible)', { visible });
    }
    if (grade !== undefined) found.andWhere('rating.grade = :grade', { grade });
    if (venueId) found.andWhere('rating.venueId = :venueId', { venueId });
    if (channelId) found.andWhere('rating.channelId = :channelId', { channelId });
    if (callBack === 'overdue')
      found.andWhere('rating.callBack IN (:...waiting) AND rating.dueOn < :today', {
        waiting: WAITING,
        today,
      });
    else if (callBack) found.andWhere('rating.callBack = :callBack', { callBack });
    return latestFirst(found, 'createdAt', query);
  }

  /** Past their last day and not yet noted as such, the oldest first. */
  newlyOverdue(manager: EntityManager, today: string, most: number): Promise<RatingRow[]> {
    return manager.find(RatingRow, {
      where: { callBack: In([...WAITING]), dueOn: LessThan(today), overdueSince: IsNull() },
      order: { dueOn: 'ASC', id: 'ASC' },
      take: most,
    });
  }

  async noteOverdue(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.manager.update(
      RatingRow,
      { id: In([...ids]), overdueSince: IsNull() },
      { overdueSince: tx.now },
    );
  }

  /** Call backs that wait for somebody, by state, and how many of them are late. */
  async waiting(
    manager: EntityManager,
    today: string,
  ): Promise<Record<'open' | 'appealed' | 'overdue', number>> {
    const rows = await manager
      .createQueryBuilder(RatingRow, 'rating')
      .select('rating.callBack', 'callBack')
      .addSelect('COUNT(*)', 'count')
      .addSelect('SUM(CASE WHEN rating.dueOn < :today THEN 1 ELSE 0 END)', 'late')
      .where('rating.callBack IN (:...waiting)', { waiting: WAITING })
      .setParameter('today', today)
      .groupBy('rating.callBack')
      .getRawMany<{ callBack: 'open' | 'appealed'; count: number | string; late: number | string }>();
    const counts = { open: 0, appealed: 0, overdue: 0 };
    for (const { callBack, count, late } of rows) {
      counts[callBack] = Number(count);
      counts.overdue += Number(late);
    }
    return counts;
  }

  /** Number and sum of grades by channel, from one index alone. */
  async sums(
    manager: EntityManager,
    { from, to, venueIds }: RatingPeriod,
  ): Promise<{ channelId: string; count: number; sum: number }[]> {
    if (venueIds?.length === 0) return [];
    const found = manager
      .createQueryBuilder(RatingRow, 'rating')
      .select('rating.channelId', 'channelId')
      .addSelect('COUNT(*)', 'count')
      .addSelect('SUM(rating.grade)', 'sum')
      .where('rating.usedOn BETWEEN :from AND :to', { from, to })
      .groupBy('rating.channelId');
    if (venueIds) found.andWhere('rating.venueId IN (:...venueIds)', { venueIds });
    const rows = await found.getRawMany<{
      channelId: string;
      count: number | string;
      sum: number | string;
    }>();
    return rows.map(({ channelId, count, sum }) => ({ channelId, count: Number(count), sum: Number(sum) }));
  }

  /** Takes the person and every word from their ratings; there is nobody left to call. */
  async erase(tx: Tx, personId: string): Promise<void> {
    await tx.manager.update(
      RatingRow,
      { personId, callBack: In([...WAITING]) },
      { callBack: 'closed', version: () => 'version + 1' },
    );
    await tx.manager.update(
      RatingRow,
      { personId },
      { personId: null, comment: null, answer: null, appeal: null, appealAnswer: null },
    );
  }
}
