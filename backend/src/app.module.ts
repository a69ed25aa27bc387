import { type DynamicModule, Module } from '@nestjs/common';
import { CapacityModule } from './core/capacity/capacity.module.js';
import { CaseworkModule } from './core/casework/casework.module.js';
import { PeopleModule } from './core/people/people.module.js';
import { QuotaModule } from './core/quota/quota.module.js';
import { DemoModule } from './demo/demo.module.js';
import { BookingsModule } from './features/bookings/bookings.module.js';
import { BookingsAdminModule } from './features/bookings/bookings-admin.module.js';
import { CardsModule } from './features/cards/cards.module.js';
import { ChannelsModule } from './features/channels/channels.module.js';
import { CodesModule } from './features/codes/codes.module.js';
import { ExportsModule } from './features/exports/exports.module.js';
import { FeedbackModule } from './features/feedback/feedback.module.js';
import { MessagesModule } from './features/messages/messages.module.js';
import { RequestsModule } from './features/requests/requests.module.js';
import { StatisticsModule } from './features/statistics/statistics.module.js';
import { UsesModule } from './features/uses/uses.module.js';
import { VenuesModule } from './features/venues/venues.module.js';
import { WorkbenchModule } from './features/workbench/workbench.module.js';
import type { Clock } from './platform/clock/clock.js';
import type { AppConfig } from './platform/config/config.js';
import { PlatformModule } from './platform/platform.module.js';
import { schema } from './schema.js';

@Module({})
export class AppModule {
  static forRoot(config: AppConfig, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(config, schema, clock),
        PeopleModule,
        CaseworkModule,
        CapacityModule,
        ExportsModule,
        CardsModule,
        MessagesModule,
        WorkbenchModule,
        VenuesModule,
        BookingsAdminModule,
        QuotaModule,
        ChannelsModule,
        BookingsModule,
        RequestsModule,
        CodesModule,
        UsesModule,
        FeedbackModule,
        StatisticsModule,
        DemoModule,
      ],
    };
  }
}
