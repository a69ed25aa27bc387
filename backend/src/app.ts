import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { API_PREFIX } from '@talent-card/shared/common/route';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { Clock } from './platform/clock/clock.js';
import type { AppConfig } from './platform/config/config.js';
import { logAccess } from './platform/http/access-log.js';
import { serveApiDocument } from './platform/http/api-document.js';
import { ContractPipe } from './platform/http/contract.pipe.js';
import { createAdapter, prepareServer } from './platform/http/http-server.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { serveSites } from './platform/http/sites.js';
import { Health } from './platform/observability/health.js';
import { LOGGER } from './platform/observability/logger.js';
import { Metrics } from './platform/observability/metrics.js';
import { addOperationsRoutes } from './platform/observability/operations-routes.js';
import { BACKEND_ROOT } from './platform/paths.js';
import { VERSION } from './version.js';

export interface AppOptions {
  readonly clock?: Clock;
  /** Folder with `miniapp/dist/h5` and `admin/dist`; the workspace when absent. */
  readonly sitesRoot?: string;
}

/** The whole service, migrated and ready to listen. */
export async function createApp(
  config: AppConfig,
  options: AppOptions = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, options.clock),
    createAdapter(config),
    // The parsers are ours (http-server.ts); faults of a start are told by main.ts.
    { logger: false, abortOnError: false, bodyParser: false },
  );
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const logger = app.get<Logger>(LOGGER);
  const metrics = app.get(Metrics);
  logAccess(server, logger, metrics);
  await prepareServer(server, config);
  addOperationsRoutes(server, { config, health: app.get(Health), metrics, logger });
  await serveSites(server, config, options.sitesRoot ?? join(BACKEND_ROOT, '..'));
  app.setGlobalPrefix(API_PREFIX.slice(1));
  app.useGlobalPipes(new ContractPipe());
  app.useGlobalFilters(new ProblemFilter(logger));
  serveApiDocument(app, VERSION);
  return app;
}
