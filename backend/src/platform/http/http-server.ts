import type { IncomingMessage } from 'node:http';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { AppConfig } from '../config/config.js';
import { fieldError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import { cleanJson, TOO_DEEP } from './clean-json.js';
import { addSecurityHeaders } from './security-headers.js';
import { trustedProxies } from './trusted-proxies.js';

const REQUEST_ID = /^[\w-]{8,40}$/;

/** Fastify with our limits; a request id that a proxy of ours gave is kept, so that both logs tell one story. */
export function createAdapter(config: AppConfig): FastifyAdapter {
  const trusted = trustedProxies(config.TRUSTED_PROXIES);
  return new FastifyAdapter({
    bodyLimit: config.JSON_LIMIT_KB * 1024,
    trustProxy: trusted,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      // In this order: nearly nobody gives one, and asking about an address makes an object of it.
      const believed =
        typeof given === 'string' && REQUEST_ID.test(given) && trusted(request.socket.remoteAddress ?? '');
      return believed ? given : newId(new Date());
    },
    routerOptions: { maxParamLength: 200 },
  });
}

/** JSON and forms with a file; an empty JSON body is none, so that a DELETE may carry the header. */
function acceptJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') {
      done(null, undefined);
      return;
    }
    parse(request, body, (error, value) => {
      const cleaned = error ? TOO_DEEP : cleanJson(value);
      if (cleaned === TOO_DEEP) done(fieldError({ path: '', code: 'FORMAT' }));
      else done(null, cleaned);
    });
  });
}

/** What every request meets before a route does. */
export async function prepareServer(server: FastifyInstance, config: AppConfig): Promise<void> {
  acceptJsonOnly(server);
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  addSecurityHeaders(server, config);
  await server.register(compress, { threshold: 1024, encodings: ['br', 'gzip'], inflateIfDeflated: false });
  await server.register(cookie);
  await server.register(multipart, { throwFileSizeLimit: true });
}
