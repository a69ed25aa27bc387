import { Global, Module } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { Health } from './health.js';
import { createLogger, LOGGER } from './logger.js';
import { Metrics } from './metrics.js';
import { PlatformProbes } from './platform-probes.js';
import { Welcome } from './welcome.js';

@Global()
@Module({
  providers: [
    { provide: LOGGER, inject: [APP_CONFIG], useFactory: (config: AppConfig) => createLogger(config) },
    Metrics,
    Health,
    PlatformProbes,
    Welcome,
  ],
  exports: [LOGGER, Metrics, Health, Welcome],
})
export class ObservabilityModule {}
