import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { actorOf } from '../accounts/principal.js';
import type { Metrics } from '../observability/metrics.js';
import type { AppRequest } from './request.js';

const SITES = /^\/(?:m|admin|assets|api\/docs)?(?:\/|$)/;

/**
 * One line for each answer: method, route pattern, status, milliseconds, request id, kind of caller. Never the
 * address itself, a header or a body: they hold ids, names and tokens.
 */
export function logAccess(server: FastifyInstance, logger: Logger, metrics: Metrics): void {
  server.addHook('onResponse', (request: AppRequest, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    const seconds = reply.elapsedTime / 1000;
    metrics.httpSeconds.observe({ method: request.method, route, status: reply.statusCode }, seconds);
    const line = {
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      requestId: request.id,
      actor: request.principal ? actorOf(request.principal) : 'none',
    };
    // Pages, pictures and probes would drown the calls that matter.
    const place = route === 'unmatched' ? request.url : route;
    if (SITES.test(place) || place.startsWith('/health')) logger.debug(line, 'request');
    else logger.info(line, 'request');
    done();
  });
}
