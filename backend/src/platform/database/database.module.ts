import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { closeDataSources, type DataSources, openDataSources, type SchemaParts } from './data-sources.js';
import { DatabaseHealth } from './database-health.js';
import { IdempotencyStore } from './idempotency-store.js';
import { migrate } from './migrate.js';
import { ReadDatabase } from './read-database.js';
import { RetentionJob } from './retention.job.js';
import { TransactionalUnitOfWork } from './transactional-unit-of-work.js';
import { UnitOfWork } from './unit-of-work.js';

export const DATA_SOURCES = Symbol('DATA_SOURCES');
/** Injection token of the list of entities and migrations. */
export const SCHEMA = Symbol('SCHEMA');

export { ReadDatabase };

@Global()
@Module({
  providers: [
    {
      provide: DATA_SOURCES,
      // The cipher first: a broken key file ends the start before a connection is open.
      inject: [APP_CONFIG, SCHEMA, FieldCipher],
      useFactory: async (config: AppConfig, parts: SchemaParts) => {
        const sources = await openDataSources(config, parts);
        await migrate(sources);
        return sources;
      },
    },
    {
      provide: ReadDatabase,
      inject: [DATA_SOURCES],
      useFactory: (sources: DataSources) => new ReadDatabase(sources.read.manager),
    },
    IdempotencyStore,
    {
      provide: UnitOfWork,
      inject: [DATA_SOURCES, Clock, IdempotencyStore, APP_CONFIG],
      useFactory: (sources: DataSources, clock: Clock, store: IdempotencyStore, config: AppConfig) =>
        new TransactionalUnitOfWork(sources, clock, store, config.APP_ENV === 'test'),
    },
    DatabaseHealth,
    RetentionJob,
  ],
  exports: [DATA_SOURCES, ReadDatabase, UnitOfWork, IdempotencyStore, DatabaseHealth],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DATA_SOURCES) private readonly sources: DataSources) {}

  async onApplicationShutdown(): Promise<void> {
    await closeDataSources(this.sources);
  }
}
