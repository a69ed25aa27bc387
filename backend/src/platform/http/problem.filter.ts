import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import type { Problem } from '@talent-card/shared/common/schema';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { DomainError } from '../errors/domain-error.js';
import { ERROR_STATUS } from '../errors/error-status.js';
import { LOGGER } from '../observability/logger.js';
import { NOT_FOUND_PAGE } from './notice-page.js';
import type { AppRequest } from './request.js';

const BY_STATUS: Record<number, ErrorCode> = {
  400: 'VALIDATION_FAILED',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  503: 'SERVICE_UNAVAILABLE',
};

function statusOf(fault: unknown): number | undefined {
  if (fault instanceof HttpException) return fault.getStatus();
  const { statusCode } = (fault ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}

/** Somebody at a browser's address bar, outside the API. */
const wantsPage = (request: AppRequest): boolean =>
  !request.url.startsWith('/api') && (request.headers.accept ?? '').includes('text/html');

/** Turns every error into `{ code, details, requestId }`. Faults are logged and hidden. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(fault: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<AppRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { code, details } = this.outcomeOf(fault, request);
    const problem: Problem = { code, details, requestId: request.id };
    if (reply.sent) return;
    if (code === 'NOT_FOUND' && wantsPage(request)) {
      void reply
        .status(404)
        .header('cache-control', 'no-cache')
        .type('text/html; charset=utf-8')
        .send(NOT_FOUND_PAGE);
      return;
    }
    const retryAfter = details.retryAfterSeconds;
    if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
    void reply
      .status(ERROR_STATUS[code])
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(problem);
  }

  private outcomeOf(
    fault: unknown,
    request: AppRequest,
  ): { code: ErrorCode; details: Record<string, unknown> } {
    if (fault instanceof DomainError) return fault;
    const status = statusOf(fault);
    const code = status === undefined ? undefined : BY_STATUS[status];
    if (code) return { code, details: {} };
    if (status !== undefined && status >= 400 && status < 500)
      return { code: 'VALIDATION_FAILED', details: {} };
    this.logger.error({ err: fault, requestId: request.id, route: request.routeOptions?.url }, 'fault');
    return { code: 'INTERNAL', details: {} };
  }
}
