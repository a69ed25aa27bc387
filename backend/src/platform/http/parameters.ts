import { hash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { CitizenPrincipal, PersonPrincipal, Principal, StaffPrincipal } from '../accounts/principal.js';
import type { IdempotencyContext } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { type GuardedRoute, ROUTE_METADATA } from './endpoint.decorator.js';
import type { AppRequest } from './request.js';

const requestOf = (context: ExecutionContext): AppRequest => context.switchToHttp().getRequest<AppRequest>();

function principalOf(context: ExecutionContext): Principal {
  const { principal } = requestOf(context);
  if (!principal) throw new Error('no principal: the access guard did not run');
  return principal;
}

/** The caller as staff; the route's permission has already made sure of it. */
export const Staff = createParamDecorator((_: unknown, context: ExecutionContext): StaffPrincipal => {
  const principal = principalOf(context);
  if (principal.type !== 'staff') throw new DomainError('FORBIDDEN');
  return principal;
});

/** The caller as a citizen, with or without proven real name. */
export const Citizen = createParamDecorator((_: unknown, context: ExecutionContext): CitizenPrincipal => {
  const principal = principalOf(context);
  if (principal.type !== 'citizen') throw new DomainError('FORBIDDEN');
  return principal;
});

/** The caller as a citizen with a proven real name. */
export const Person = createParamDecorator((_: unknown, context: ExecutionContext): PersonPrincipal => {
  const principal = principalOf(context);
  if (principal.type !== 'citizen' || principal.personId === null)
    throw new DomainError('REAL_NAME_REQUIRED');
  return principal as PersonPrincipal;
});

/** JSON with object keys in order, so that equal bodies hash alike. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

export function ownerOf(principal: Principal): string {
  if (principal.type === 'citizen') return `c:${principal.accountId}`;
  if (principal.type === 'staff') return `s:${principal.staffId}`;
  throw new DomainError('UNAUTHENTICATED');
}

/**
 * The call's idempotency context, for `unitOfWork.run(…, { idempotency })`. `bodyHash` is for uploads, whose body
 * is not JSON.
 */
export function idempotencyOf(
  request: AppRequest,
  route: GuardedRoute,
  bodyHash?: string,
): IdempotencyContext {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\w-]{16,64}$/.test(key))
    throw new DomainError('IDEMPOTENCY_KEY_MISSING');
  if (!request.principal) throw new DomainError('UNAUTHENTICATED');
  const body = bodyHash ?? canonical(request.body ?? null);
  return {
    owner: ownerOf(request.principal),
    key,
    route: `${route.method} ${route.path}`,
    requestHash: hash('sha256', `${canonical(request.params ?? {})}${body}`, 'hex'),
  };
}

export const Idempotency = createParamDecorator(
  (_: unknown, context: ExecutionContext): IdempotencyContext => {
    const route = Reflect.getMetadata(ROUTE_METADATA, context.getHandler()) as GuardedRoute;
    return idempotencyOf(requestOf(context), route);
  },
);
