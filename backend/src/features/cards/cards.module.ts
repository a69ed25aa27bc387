import { Module, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { ClosedText } from '../../platform/crypto/closed-text.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { ApplicationsController } from './applications/applications.controller.js';
import { Applications } from './applications/applications.service.js';
import { CardApplicationDefinition } from './applications/card-application.definition.js';
import { IssueOnProof } from './applications/issue-on-proof.js';
import { CardEventRow, CardRow } from './card.entity.js';
import { CardHoldings } from './card-holdings.js';
import { CardNumbers } from './card-numbers.js';
import { CardViews } from './card-views.js';
import { CardsAdminController } from './cards.admin.controller.js';
import { CardsController } from './cards.controller.js';
import { CardsRepository } from './cards.repository.js';
import { Cards } from './cards.service.js';
import { CardsExport } from './cards-export.js';
import { ExpireCards } from './expire-cards.js';
import { LostReports } from './lost-reports.js';

/** The talent card: applying for it, issuing it, and leading it through its life. */
@Module({
  imports: [ExportsModule],
  controllers: [ApplicationsController, CardsController, CardsAdminController],
  providers: [
    CardsRepository,
    Cards,
    CardNumbers,
    CardHoldings,
    CardViews,
    LostReports,
    CardApplicationDefinition,
    IssueOnProof,
    Applications,
    ExpireCards,
    CardsExport,
  ],
  exports: [Cards, CardNumbers, CardHoldings],
})
export class CardsModule implements OnModuleInit {
  constructor(
    private readonly cards: CardsRepository,
    private readonly service: Cards,
    private readonly views: CardViews,
    private readonly database: ReadDatabase,
    private readonly personalData: PersonalData,
    private readonly closedText: ClosedText,
  ) {}

  onModuleInit(): void {
    this.closedText.register(CardRow, 'statusReason');
    this.closedText.register(CardEventRow, 'reason');
    this.personalData.register({
      section: 'cards',
      layer: 'feature',
      export: async (personId) =>
        personId === null
          ? []
          : (await this.views.mine(this.database.manager, personId)).map((card) => ({ ...card })),
      erase: async (tx, personId) => {
        if (personId === null) return;
        await this.service.revokeOnErasure(tx, personId);
        await this.cards.erase(tx, personId);
      },
      keeps: [{ records: 'card-history', because: '档案法 art. 13' }],
    });
  }
}
