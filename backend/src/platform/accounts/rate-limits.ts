import { type DynamicModule, type ExecutionContext, Injectable } from '@nestjs/common';
import {
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  ThrottlerModule,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import { accountRoutes, staffRoutes } from '@talent-card/shared/accounts/routes';
import { cardCodeRoutes, clerkRoutes } from '@talent-card/shared/card-code/routes';
import type { RouteDefinition } from '@talent-card/shared/common/route';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { DomainError } from '../errors/domain-error.js';
import { type GuardedRoute, ROUTE_METADATA } from '../http/endpoint.decorator.js';
import type { AppRequest } from '../http/request.js';

/** Calls a minute. Generous for an address: an office, or a mobile network, shares one. */
interface RateLimit {
  readonly byAddress: number;
  readonly byAccount?: number;
}

const nameOf = ({ method, path }: RouteDefinition): string => `${method} ${path}`;

const LIMITS: ReadonlyMap<string, RateLimit> = new Map([
  [nameOf(accountRoutes.signIn), { byAddress: 120 }],
  [nameOf(accountRoutes.refresh), { byAddress: 600 }],
  [nameOf(accountRoutes.proveRealName), { byAddress: 120, byAccount: 10 }],
  // WeChat charges for each number.
  [nameOf(accountRoutes.bindPhone), { byAddress: 120, byAccount: 5 }],
  [nameOf(accountRoutes.exportMyData), { byAddress: 60, byAccount: 6 }],
  [nameOf(staffRoutes.signIn), { byAddress: 60 }],
  [nameOf(staffRoutes.confirmTotp), { byAddress: 60 }],
  [nameOf(staffRoutes.refresh), { byAddress: 300 }],
  [nameOf(cardCodeRoutes.enrol), { byAddress: 240, byAccount: 10 }],
  [nameOf(cardCodeRoutes.online), { byAddress: 1200, byAccount: 12 }],
  // An enrolment code has some 49 bits and lives for a quarter of an hour.
  [nameOf(clerkRoutes.enrol), { byAddress: 60, byAccount: 6 }],
  [nameOf(clerkRoutes.signIn), { byAddress: 240, byAccount: 12 }],
]);
const UPLOADS: RateLimit = { byAddress: 240, byAccount: 30 };

const MINUTE_MS = 60_000;
/** Tests call as fast as they can, all from one address. */
const TEST_FACTOR = 10_000;

function limitOf(context: ExecutionContext): RateLimit | undefined {
  const route = Reflect.getMetadata(ROUTE_METADATA, context.getHandler()) as GuardedRoute | undefined;
  if (!route) return undefined;
  return LIMITS.get(nameOf(route)) ?? (route.upload ? UPLOADS : undefined);
}

function callerOf(request: AppRequest): string | null {
  const { principal } = request;
  if (principal?.type === 'citizen') return principal.accountId;
  return principal?.type === 'staff' ? principal.staffId : null;
}

const requestOf = (context: ExecutionContext): AppRequest => context.switchToHttp().getRequest<AppRequest>();

function options(config: AppConfig): ThrottlerModuleOptions {
  const factor = config.APP_ENV === 'test' ? TEST_FACTOR : 1;
  return {
    setHeaders: false,
    throttlers: [
      {
        name: 'address',
        ttl: MINUTE_MS,
        limit: (context) => (limitOf(context)?.byAddress ?? 0) * factor,
        skipIf: (context) => limitOf(context) === undefined,
      },
      {
        name: 'account',
        ttl: MINUTE_MS,
        limit: (context) => (limitOf(context)?.byAccount ?? 0) * factor,
        getTracker: (request) => callerOf(request as AppRequest) ?? '',
        skipIf: (context) =>
          limitOf(context)?.byAccount === undefined || callerOf(requestOf(context)) === null,
      },
    ],
  };
}

/**
 * Counted in the memory of each node, so that with n nodes an address gets up to n times as much; `storage` of
 * ThrottlerModule is where a shared counter would go. What must hold exactly (guesses at passwords and at identity
 * documents) is counted in the database instead. Runs after AccessGuard, which tells who calls.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override throwThrottlingException(
    _: ExecutionContext,
    detail: ThrottlerLimitDetail,
  ): Promise<void> {
    throw new DomainError('RATE_LIMITED', { retryAfterSeconds: Math.max(1, detail.timeToBlockExpire) });
  }
}

export const rateLimits = (): DynamicModule =>
  ThrottlerModule.forRootAsync({ inject: [APP_CONFIG], useFactory: options });
