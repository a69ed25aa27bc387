import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuditModule } from '../src/platform/audit/audit.module.js';
import { Clock, ManualClock } from '../src/platform/clock/clock.js';
import { APP_CONFIG, type AppConfig, loadConfig } from '../src/platform/config/config.js';
import { CryptoModule } from '../src/platform/crypto/crypto.module.js';
import { DatabaseModule, SCHEMA } from '../src/platform/database/database.module.js';
import { JobsModule } from '../src/platform/jobs/jobs.module.js';
import { createLogger, LOGGER } from '../src/platform/observability/logger.js';
import { OutboxModule } from '../src/platform/outbox/outbox.module.js';
import { schema } from '../src/schema.js';
import { TEST_DATABASE, TEST_NOW } from './harness.js';
import { createTestDatabase } from './test-database.js';

export interface PlatformContext {
  readonly app: INestApplicationContext;
  readonly clock: ManualClock;
  readonly config: AppConfig;
  close(): Promise<void>;
}

/**
 * Unit of work, jobs, outbox and audit trail on a database of their own, without HTTP and features: it starts in a
 * tenth of the time of `createTestApp`, for tests that spoil their database and need a new one each.
 */
export async function createPlatformContext(): Promise<PlatformContext> {
  const dataDir = mkdtempSync(join(tmpdir(), 'talent-card-'));
  const database = await createTestDatabase(TEST_DATABASE, dataDir);
  const config = loadConfig({
    APP_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATA_DIR: dataDir,
    ...database.environment,
  });
  const clock = new ManualClock(TEST_NOW);
  const given = [
    { provide: APP_CONFIG, useValue: config },
    { provide: SCHEMA, useValue: schema },
    { provide: Clock, useValue: clock },
    { provide: LOGGER, useValue: createLogger(config) },
  ];
  @Global()
  @Module({
    imports: [CryptoModule, DatabaseModule, JobsModule, OutboxModule, AuditModule],
    providers: given,
    exports: given,
  })
  class Platform {}
  const app = await NestFactory.createApplicationContext(Platform, { logger: false, abortOnError: false });
  return {
    app,
    clock,
    config,
    close: async () => {
      await app.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
