import { Module, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ClosedText } from '../../platform/crypto/closed-text.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { UseRatings } from '../uses/use-ratings.js';
import { UsesModule } from '../uses/uses.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { OverdueCallBacks } from './overdue-call-backs.js';
import { RatingRow } from './rating.entity.js';
import { mayRate } from './rating.rules.js';
import { RatingAdministration } from './rating-administration.js';
import { RatingPhones } from './rating-phones.js';
import { RatingSubjects } from './rating-subjects.js';
import { RatingViews } from './rating-views.js';
import { RatingsAdminController } from './ratings.admin.controller.js';
import { RatingsController } from './ratings.controller.js';
import { RatingsRepository } from './ratings.repository.js';
import { Ratings } from './ratings.service.js';
import { RatingsExport } from './ratings-export.js';

/** 好差评: what holders thought of a use, and the call backs after bad grades. */
@Module({
  imports: [UsesModule, ChannelsModule, VenuesModule, MessagesModule, ExportsModule],
  controllers: [RatingsController, RatingsAdminController],
  providers: [
    RatingsRepository,
    RatingPhones,
    RatingViews,
    Ratings,
    RatingAdministration,
    RatingSubjects,
    RatingsExport,
    OverdueCallBacks,
  ],
  exports: [Ratings],
})
export class FeedbackModule implements OnModuleInit {
  constructor(
    private readonly ratings: RatingsRepository,
    private readonly views: RatingViews,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly personalData: PersonalData,
    private readonly closedText: ClosedText,
    private readonly ofUses: UseRatings,
    private readonly service: Ratings,
  ) {}

  onModuleInit(): void {
    this.closedText.register(RatingRow, 'comment', 'answer', 'appeal', 'appealAnswer');
    this.ofUses.register({
      of: (manager, useIds) => this.service.ofUses(manager, useIds),
      mayRate,
    });
    this.personalData.register({
      section: 'ratings',
      layer: 'feature',
      export: async (personId) => {
        if (personId === null) return [];
        const { manager } = this.database;
        const rows = await this.ratings.ofPerson(manager, personId);
        return (await this.views.ratings(manager, rows, this.clock.now())).map((rating) => ({ ...rating }));
      },
      erase: async (tx, personId) => {
        if (personId !== null) await this.ratings.erase(tx, personId);
      },
      keeps: [
        {
          records: 'rating-grades',
          because: '国办发〔2019〕51号: grades of services, without person or words',
        },
      ],
    });
    this.metrics.gaugeBy(
      'feedback_call_backs',
      'Call backs that wait, and how many of them are late',
      'state',
      () => this.ratings.waiting(this.database.manager, serviceDate(this.clock.now())),
    );
  }
}
