import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { UseRow } from './use.entity.js';

/** Service days, both included, and the venues that are counted. */
export interface CountedPeriod {
  readonly from: string;
  readonly to: string;
  readonly venueIds: readonly string[] | 'all';
}

export interface UseCount {
  readonly channelId: string;
  readonly venueId: string;
  /** `YYYY-MM` in Asia/Shanghai. */
  readonly month: string;
  readonly uses: number;
}

/** Uses that stand, counted; what was refunded or refused is left out. */
@Injectable()
export class UseCounts {
  /** By channel, venue and month; one statement over the index of days. */
  async of(manager: EntityManager, period: CountedPeriod): Promise<UseCount[]> {
    if (period.venueIds !== 'all' && period.venueIds.length === 0) return [];
    const rows = await this.within(manager, period)
      .select('u.channelId', 'channelId')
      .addSelect('u.venueId', 'venueId')
      .addSelect('SUBSTR(u.serviceDate, 1, 7)', 'month')
      .addSelect('COUNT(*)', 'uses')
      .groupBy('u.channelId')
      .addGroupBy('u.venueId')
      .addGroupBy('SUBSTR(u.serviceDate, 1, 7)')
      .getRawMany<Omit<UseCount, 'uses'> & { uses: number | string }>();
    return rows.map((row) => ({ ...row, uses: Number(row.uses) }));
  }

  /** How many different people they were. */
  async holders(manager: EntityManager, period: CountedPeriod): Promise<number> {
    if (period.venueIds !== 'all' && period.venueIds.length === 0) return 0;
    const row = await this.within(manager, period)
      .select('COUNT(DISTINCT u.personId)', 'holders')
      .getRawOne<{ holders: number | string }>();
    return Number(row?.holders ?? 0);
  }

  private within(manager: EntityManager, { from, to, venueIds }: CountedPeriod) {
    const query = manager
      .createQueryBuilder(UseRow, 'u')
      .where('u.serviceDate BETWEEN :from AND :to', { from, to })
      .andWhere({ status: In(['used', 'to-settle', 'disputed']) });
    if (venueIds !== 'all') query.andWhere({ venueId: In([...venueIds]) });
    return query;
  }
}
