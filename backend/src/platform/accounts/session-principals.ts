import { Injectable } from '@nestjs/common';
import { API_PREFIX } from '@talent-card/shared/common/route';
import { ReadDatabase } from '../database/database.module.js';
import { DomainError } from '../errors/domain-error.js';
import { PrincipalResolver } from '../http/access.guard.js';
import type { AppRequest } from '../http/request.js';
import { type AccessClaims, AccessTokens } from './access-tokens.js';
import { Account } from './account.entity.js';
import { ANONYMOUS, type Principal } from './principal.js';
import { SessionTrust } from './session-trust.js';
import { Sessions } from './sessions.js';
import { StaffRow } from './staff/staff-member.entity.js';
import { StaffPrincipals } from './staff/staff-principals.js';

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
/** What a member of staff may do before the one-time password is changed: sign out, look at themselves, change it. */
const OWN_ACCESS = `${API_PREFIX}/staff/`;

/** Tells who calls from the bearer token, and whether their session stands and their rights are what they were. */
@Injectable()
export class SessionPrincipals extends PrincipalResolver {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly trust: SessionTrust,
    private readonly database: ReadDatabase,
    private readonly staffPrincipals: StaffPrincipals,
  ) {
    super();
  }

  /** @throws DomainError UNAUTHENTICATED, SESSION_EXPIRED, ACCOUNT_ERASED, STAFF_DISABLED, FORBIDDEN */
  async resolve(request: AppRequest): Promise<Principal> {
    const { authorization } = request.headers;
    if (authorization === undefined) return ANONYMOUS;
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw new DomainError('UNAUTHENTICATED');
    const claims = await this.tokens.verify(token);
    const trusted = this.trust.find(claims.sessionId, claims.ownerId);
    if (trusted) return trusted;
    await this.assertStanding(claims);
    return claims.kind === 'staff' ? this.staff(claims, request) : this.citizen(claims);
  }

  private async assertStanding({ sessionId }: AccessClaims): Promise<void> {
    const { manager } = this.database;
    if (await this.sessions.findStanding(manager, sessionId)) return;
    const ended = await this.sessions.findAny(manager, sessionId);
    throw new DomainError(ended?.endReason === 'account-erased' ? 'ACCOUNT_ERASED' : 'SESSION_EXPIRED');
  }

  private async citizen({ ownerId, sessionId }: AccessClaims): Promise<Principal> {
    const account = await this.database.manager.findOneBy(Account, { id: ownerId, status: 'active' });
    if (!account) throw new DomainError('ACCOUNT_ERASED');
    const { personId } = account;
    const principal = { type: 'citizen', accountId: ownerId, sessionId, personId } as const;
    this.trust.keep(sessionId, ownerId, principal);
    return principal;
  }

  private async staff(claims: AccessClaims, request: AppRequest): Promise<Principal> {
    const { ownerId, sessionId, clerkDeviceId } = claims;
    const { manager } = this.database;
    const found = await this.staffPrincipals.find(manager, ownerId, sessionId);
    if (!found) throw new DomainError('STAFF_DISABLED');
    if (clerkDeviceId !== undefined) {
      const atWindow = { ...found, clerkDeviceId };
      this.trust.keep(sessionId, ownerId, atWindow);
      return atWindow;
    }
    const mustChangePassword = await manager.existsBy(StaffRow, { id: ownerId, mustChangePassword: true });
    if (!mustChangePassword) this.trust.keep(sessionId, ownerId, found);
    else if (!request.routeOptions.url?.startsWith(OWN_ACCESS)) throw new DomainError('FORBIDDEN');
    return found;
  }
}
