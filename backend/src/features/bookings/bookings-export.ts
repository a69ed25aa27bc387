import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { BookingState } from '@talent-card/shared/bookings/booking-state';
import { adminBookingQuerySchema } from '@talent-card/shared/bookings/schema';
import { inShanghai } from '../../platform/clock/shanghai.js';
import { Exports } from '../exports/exports.service.js';
import { listExport } from '../exports/list-export.js';
import { BookingsAdminViews } from './bookings-admin.views.js';

const STATE_WORDS: Record<BookingState, string> = {
  held: '审核中',
  booked: '已预约',
  arrived: '已到场',
  cancelled: '已取消',
  'no-show': '未到',
  excused: '未到已谅解',
  lapsed: '已失效',
};

/** The list of bookings as a workbook. */
@Injectable()
export class BookingsExport implements OnModuleInit {
  constructor(
    private readonly exports: Exports,
    private readonly views: BookingsAdminViews,
  ) {}

  onModuleInit(): void {
    this.exports.register(
      listExport({
        kind: 'bookings',
        permission: 'bookings.read',
        title: '预约记录',
        query: adminBookingQuerySchema,
        page: (manager, staff, query) => this.views.list(manager, staff, query),
        columns: [
          { title: '预约号', width: 12, cell: (booking) => booking.number },
          { title: '通道', width: 22, cell: (booking) => booking.channel.name.zh },
          { title: '场馆', width: 26, cell: (booking) => booking.venue.name.zh },
          { title: '开始', width: 20, cell: (booking) => inShanghai(booking.startsAt) },
          { title: '结束', width: 20, cell: (booking) => inShanghai(booking.endsAt) },
          { title: '姓名', width: 14, cell: (booking) => booking.holder.maskedName },
          { title: '卡号', width: 22, cell: (booking) => booking.cardNumber },
          { title: '层次', width: 8, cell: (booking) => booking.cardClass },
          { title: '同行人', width: 8, cell: (booking) => booking.companions },
          { title: '状态', width: 16, cell: (booking) => STATE_WORDS[booking.status] },
        ],
      }),
    );
  }
}
