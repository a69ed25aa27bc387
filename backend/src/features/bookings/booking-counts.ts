import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { BookingRow } from './booking.entity.js';

/** Bookings of a period, counted. */
@Injectable()
export class BookingCounts {
  /**
   * Those whose time lies in the period and that kept their place, and those among them who did not come; one statement.
   * @param period service days, both included
   */
  async of(
    manager: EntityManager,
    period: { readonly from: string; readonly to: string; readonly venueIds: readonly string[] | 'all' },
  ): Promise<{ bookings: number; noShows: number }> {
    const { from, to, venueIds } = period;
    if (venueIds !== 'all' && venueIds.length === 0) return { bookings: 0, noShows: 0 };
    const query = manager
      .createQueryBuilder(BookingRow, 'b')
      .select('b.status', 'status')
      .addSelect('COUNT(*)', 'bookings')
      .where('b.serviceDate BETWEEN :from AND :to', { from, to })
      .andWhere({ status: In(['held', 'booked', 'arrived', 'no-show', 'excused']) })
      .groupBy('b.status');
    if (venueIds !== 'all') query.andWhere({ venueId: In([...venueIds]) });
    const rows = await query.getRawMany<{ status: string; bookings: number | string }>();
    const count = (counted: (status: string) => boolean): number =>
      rows.filter(({ status }) => counted(status)).reduce((total, row) => total + Number(row.bookings), 0);
    return { bookings: count(() => true), noShows: count((status) => status === 'no-show') };
  }
}
