import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { AppConfig } from '../config/config.js';
import type { Health } from './health.js';
import type { Metrics } from './metrics.js';

interface Operations {
  readonly config: AppConfig;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

function carriesToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * `/health/live`, `/health/ready` and, with METRICS_TOKEN, `/metrics`. They stand outside the API: no session, no
 * contract, made for machines.
 */
export function addOperationsRoutes(
  server: FastifyInstance,
  { config, health, metrics, logger }: Operations,
): void {
  server.get('/health/live', async (_, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'live' };
  });
  server.get('/health/ready', async (_, reply) => {
    const readiness = await health.ready((name, error) =>
      logger.warn({ probe: name, err: error }, 'not ready'),
    );
    reply.header('cache-control', 'no-store').status(readiness.status === 'ready' ? 200 : 503);
    return readiness;
  });
  const token = config.METRICS_TOKEN;
  if (token === undefined) return;
  server.get('/metrics', async (request, reply) => {
    if (!carriesToken(request.headers.authorization, token)) {
      return reply.status(401).header('www-authenticate', 'Bearer').type('text/plain').send('token needed\n');
    }
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

/** The metrics on a port of their own, on the loopback interface. Null when METRICS_PORT is not set. */
export async function listenForMetrics(config: AppConfig, metrics: Metrics): Promise<Server | null> {
  if (config.METRICS_PORT === undefined) return null;
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.METRICS_PORT, '127.0.0.1', resolve);
  });
  return server;
}
