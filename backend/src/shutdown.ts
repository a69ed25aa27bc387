import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { AppConfig } from './platform/config/config.js';
import { Jobs } from './platform/jobs/jobs.js';
import { Health } from './platform/observability/health.js';

/**
 * Ends without cutting anybody off: readiness fails, the port closes, requests in flight and the running job end
 * (SHUTDOWN_SECONDS at most), then the database is closed.
 * @returns whether everything ended in time
 */
export async function shutDown(
  app: NestFastifyApplication,
  config: AppConfig,
  logger: Logger,
): Promise<boolean> {
  const began = performance.now();
  app.get(Health).drain();
  logger.info('shutting down: not ready any more');
  await delay(config.DRAIN_SECONDS * 1000);
  const server = app.getHttpServer() as Server;
  let inTime = true;
  const limit = setTimeout(() => {
    inTime = false;
    logger.warn('shutting down: requests still in flight are cut off');
    server.closeAllConnections();
  }, config.SHUTDOWN_SECONDS * 1000);
  // No longer listening from here on; resolves when the last answer is out.
  const answered = new Promise<void>((resolve) => {
    if (server.listening) server.close(() => resolve());
    else resolve();
  });
  server.closeIdleConnections();
  // A connection kept open by its client would hold the close up: each is closed as soon as it is idle.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await Promise.all([answered, app.get(Jobs).stop()]);
  clearInterval(idle);
  clearTimeout(limit);
  await app.close();
  logger.info({ ms: Math.round(performance.now() - began) }, 'shut down');
  return inTime;
}
