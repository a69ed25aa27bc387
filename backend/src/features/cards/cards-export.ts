import { Injectable, type OnModuleInit } from '@nestjs/common';
import { zoneName } from '@talent-card/shared/accounts/districts';
import type { CardState } from '@talent-card/shared/cards/card-state';
import { cardQuerySchema } from '@talent-card/shared/cards/schema';
import { Exports } from '../exports/exports.service.js';
import { listExport } from '../exports/list-export.js';
import { CardViews } from './card-views.js';

const STATE_WORDS: Record<CardState, string> = {
  active: '有效',
  suspended: '已暂停',
  lost: '已挂失',
  revoked: '已注销',
  expired: '已到期',
};

/** The list of cards as a workbook. */
@Injectable()
export class CardsExport implements OnModuleInit {
  constructor(
    private readonly exports: Exports,
    private readonly views: CardViews,
  ) {}

  onModuleInit(): void {
    this.exports.register(
      listExport({
        kind: 'cards',
        permission: 'cards.read',
        title: '英才卡',
        query: cardQuerySchema,
        page: (manager, staff, query) => this.views.list(manager, staff, query),
        columns: [
          { title: '卡号', width: 22, cell: (card) => card.number },
          { title: '卡种', width: 12, cell: (card) => (card.kind === 'talent' ? '英才卡' : '青年人才卡') },
          { title: '姓名', width: 14, cell: (card) => card.holder.maskedName },
          { title: '证件号', width: 24, cell: (card) => card.holder.maskedIdentityNumber },
          { title: '类别', width: 8, cell: (card) => card.category },
          { title: '层次', width: 8, cell: (card) => card.cardClass },
          { title: '区市', width: 12, cell: (card) => zoneName(card.zoneCode).zh },
          { title: '状态', width: 10, cell: (card) => STATE_WORDS[card.status] },
          { title: '有效期起', width: 14, cell: (card) => card.validFrom },
          { title: '有效期止', width: 14, cell: (card) => card.validUntil },
        ],
      }),
    );
  }
}
