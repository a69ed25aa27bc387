import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { CalendarModule } from './calendar/calendar.module.js';
import { Clock, SystemClock } from './clock/clock.js';
import { APP_CONFIG, type AppConfig } from './config/config.js';
import { CryptoModule } from './crypto/crypto.module.js';
import type { SchemaParts } from './database/data-sources.js';
import { DatabaseModule, SCHEMA } from './database/database.module.js';
import { FilesModule } from './files/files.module.js';
import { AccessGuard } from './http/access.guard.js';
import { SharedAnswers } from './http/shared-answer.js';
import { JobsModule } from './jobs/jobs.module.js';
import { ObservabilityModule } from './observability/observability.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { SmsModule } from './sms/sms.module.js';

@Global()
@Module({})
export class PlatformModule {
  /** @param clock another source of time, for tests */
  static forRoot(config: AppConfig, schema: SchemaParts, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        ObservabilityModule,
        CryptoModule,
        DatabaseModule,
        JobsModule,
        OutboxModule,
        AuditModule,
        AccountsModule,
        CalendarModule,
        FilesModule,
        SmsModule,
      ],
      providers: [
        { provide: APP_CONFIG, useValue: config },
        { provide: SCHEMA, useValue: schema },
        { provide: Clock, useValue: clock },
        SharedAnswers,
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [APP_CONFIG, SCHEMA, Clock, SharedAnswers],
    };
  }
}
