import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { API_PREFIX } from '@talent-card/shared/common/route';
import type { Logger } from 'pino';
import type { core } from 'zod';
import { AppModule } from './app.module.js';
import type { Clock } from './platform/clock/clock.js';
import type { AppConfig } from './platform/config/config.js';
import { fieldError } from './platform/errors/domain-error.js';
import { fieldProblems } from './platform/http/field-problems.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { newId } from './platform/ids.js';
import { LOGGER } from './platform/observability/logger.js';

export interface AppOptions {
  readonly clock?: Clock;
}

/** The whole service, migrated and ready to listen. */
export async function createApp(
  config: AppConfig,
  options: AppOptions = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    genReqId: () => newId(new Date()),
    bodyLimit: 1024 * 1024,
    trustProxy: 'loopback',
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, options.clock),
    adapter,
    {
      logger: false,
      abortOnError: false,
    },
  );
  await app.register(cookie);
  await app.register(multipart, { throwFileSizeLimit: true });
  app.setGlobalPrefix(API_PREFIX.slice(1));
  app.useGlobalPipes(
    new StandardSchemaValidationPipe({
      exceptionFactory: (issues) => fieldError(...fieldProblems(issues as readonly core.$ZodIssue[])),
    }),
  );
  app.useGlobalFilters(new ProblemFilter(app.get<Logger>(LOGGER)));
  app.enableShutdownHooks();
  return app;
}
