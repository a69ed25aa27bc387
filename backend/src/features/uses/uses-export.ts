import { Injectable, type OnModuleInit } from '@nestjs/common';
import { adminUseQuerySchema } from '@talent-card/shared/uses/schema';
import type { UseState } from '@talent-card/shared/uses/use-state';
import { inShanghai } from '../../platform/clock/shanghai.js';
import { Exports } from '../exports/exports.service.js';
import { listExport } from '../exports/list-export.js';
import { UseAdministration } from './use-administration.js';

const STATE_WORDS: Record<UseState, string> = {
  used: '已使用',
  'to-settle': '待处理',
  disputed: '有异议',
  refunded: '已退回',
  refused: '不计入',
};

/** The list of uses as a workbook. */
@Injectable()
export class UsesExport implements OnModuleInit {
  constructor(
    private readonly exports: Exports,
    private readonly uses: UseAdministration,
  ) {}

  onModuleInit(): void {
    this.exports.register(
      listExport({
        kind: 'uses',
        permission: 'uses.read',
        title: '使用记录',
        query: adminUseQuerySchema,
        page: (manager, staff, query) => this.uses.list(manager, staff, query),
        columns: [
          { title: '时间', width: 20, cell: (use) => inShanghai(use.at) },
          { title: '通道', width: 22, cell: (use) => use.channel.name.zh },
          { title: '场馆', width: 26, cell: (use) => use.venue.name.zh },
          { title: '姓名', width: 14, cell: (use) => use.holder.maskedName },
          { title: '证件号', width: 24, cell: (use) => use.holder.maskedIdentityNumber },
          { title: '层次', width: 8, cell: (use) => use.cardClass },
          { title: '同行人', width: 8, cell: (use) => use.companions },
          { title: '状态', width: 12, cell: (use) => STATE_WORDS[use.status] },
          { title: '离线', width: 8, cell: (use) => (use.offline ? '是' : '否') },
          { title: '核验员', width: 18, cell: (use) => use.recordedBy },
        ],
      }),
    );
  }
}
