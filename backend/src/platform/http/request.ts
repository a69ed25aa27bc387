import type { FastifyRequest } from 'fastify';
import type { Principal } from '../accounts/principal.js';

/** Fastify's request with what our guard put on it. */
export interface AppRequest extends FastifyRequest {
  principal?: Principal;
}
