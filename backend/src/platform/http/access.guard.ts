import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { mayUse, mayUseAtWindow } from '@talent-card/shared/accounts/permissions';
import { actorOf, type Principal } from '../accounts/principal.js';
import { DomainError } from '../errors/domain-error.js';
import { type GuardedRoute, ROUTE_METADATA } from './endpoint.decorator.js';
import type { AppRequest } from './request.js';

/** Tells who is behind a request; an absent credential is anonymous, a bad one throws. */
export abstract class PrincipalResolver {
  abstract resolve(request: AppRequest): Promise<Principal>;
}

/** Opens a route only to those whom the permission table lets in. A handler without a route stays shut. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly resolver: PrincipalResolver,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = this.reflector.get<GuardedRoute | undefined>(ROUTE_METADATA, context.getHandler());
    if (!route) throw new DomainError('NOT_FOUND');
    const request = context.switchToHttp().getRequest<AppRequest>();
    const principal =
      route.access === 'public' ? await this.whoever(request) : await this.resolver.resolve(request);
    request.principal = principal;
    if (principal.type === 'staff' && principal.clerkDeviceId && !mayUseAtWindow(route.access))
      throw new DomainError('FORBIDDEN');
    const actor = actorOf(principal);
    if (mayUse(route.access, actor)) return true;
    if (actor === 'anonymous') throw new DomainError('UNAUTHENTICATED');
    if (actor === 'citizen' && mayUse(route.access, 'person')) throw new DomainError('REAL_NAME_REQUIRED');
    throw new DomainError('FORBIDDEN');
  }

  /** A public route stays public for somebody whose session has run out. */
  private async whoever(request: AppRequest): Promise<Principal> {
    try {
      return await this.resolver.resolve(request);
    } catch {
      return { type: 'anonymous' };
    }
  }
}
