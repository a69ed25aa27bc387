import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type CallBackState, ratingQuerySchema } from '@talent-card/shared/feedback/schema';
import { gradeWords, RATING_TAG_WORDS } from '@talent-card/shared/feedback/words';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { Exports } from '../exports/exports.service.js';
import { listExport } from '../exports/list-export.js';
import { RatingAdministration } from './rating-administration.js';

const CALL_BACK_WORDS: Record<CallBackState, string> = {
  open: '待回访',
  done: '已回访',
  appealed: '已申诉',
  closed: '已办结',
};

/** The list of ratings as a workbook. */
@Injectable()
export class RatingsExport implements OnModuleInit {
  constructor(
    private readonly exports: Exports,
    private readonly ratings: RatingAdministration,
  ) {}

  onModuleInit(): void {
    this.exports.register(
      listExport({
        kind: 'ratings',
        permission: 'feedback.read',
        title: '服务评价',
        query: ratingQuerySchema,
        page: (manager, staff, query) => this.ratings.list(manager, staff, query),
        columns: [
          { title: '评价日期', width: 14, cell: (rating) => serviceDate(new Date(rating.at)) },
          { title: '通道', width: 24, cell: (rating) => rating.channel.name.zh },
          { title: '场馆', width: 28, cell: (rating) => rating.venue.name.zh },
          { title: '持卡人', width: 12, cell: (rating) => rating.holder.maskedName },
          { title: '评价', width: 14, cell: (rating) => gradeWords(rating.grade)?.zh ?? rating.grade },
          {
            title: '标签',
            width: 28,
            cell: (rating) => rating.tags.map((tag) => RATING_TAG_WORDS[tag].zh).join('、'),
          },
          { title: '意见', width: 60, cell: (rating) => rating.comment },
          {
            title: '回访',
            width: 12,
            cell: (rating) => (rating.callBack ? CALL_BACK_WORDS[rating.callBack.status] : null),
          },
          { title: '期限', width: 14, cell: (rating) => rating.callBack?.dueOn ?? null },
          { title: '超期', width: 8, cell: (rating) => (rating.overdue ? '是' : null) },
          { title: '答复', width: 60, cell: (rating) => rating.callBack?.answer ?? null },
        ],
      }),
    );
  }
}
