import { Injectable } from '@nestjs/common';
import { API_PREFIX } from '@talent-card/shared/common/route';
import { ReadDatabase } from '../database/database.module.js';
import { GatheredReads } from '../database/gathered-reads.js';
import { DomainError } from '../errors/domain-error.js';
import { PrincipalResolver } from '../http/access.guard.js';
import type { AppRequest } from '../http/request.js';
import { type AccessClaims, AccessTokens } from './access-tokens.js';
import { ANONYMOUS, type Principal } from './principal.js';
import { SessionTrust } from './session-trust.js';
import { type SessionCitizen, Sessions } from './sessions.js';
import { StaffRow } from './staff/staff-member.entity.js';
import { StaffPrincipals } from './staff/staff-principals.js';

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
/** What a member of staff may do before the one-time password is changed: sign out, look at themselves, change it. */
const OWN_ACCESS = `${API_PREFIX}/staff/`;

/** Tells who calls from the bearer token, and whether their session stands and their rights are what they were. */
@Injectable()
export class SessionPrincipals extends PrincipalResolver {
  private readonly citizens: GatheredReads<SessionCitizen>;

  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly trust: SessionTrust,
    private readonly database: ReadDatabase,
    private readonly staffPrincipals: StaffPrincipals,
  ) {
    super();
    // At the opening minute of a slot hundreds come at once, each with a session not seen for seconds.
    this.citizens = new GatheredReads((ids) => sessions.citizensOf(database.manager, ids));
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
    if (claims.kind === 'citizen') return this.citizen(claims);
    if (!(await this.sessions.findStanding(this.database.manager, claims.sessionId)))
      await this.refuse(claims);
    return this.staff(claims, request);
  }

  private async refuse({ sessionId }: AccessClaims): Promise<never> {
    const { manager } = this.database;
    const ended = await this.sessions.findAny(manager, sessionId);
    throw new DomainError(ended?.endReason === 'account-erased' ? 'ACCOUNT_ERASED' : 'SESSION_EXPIRED');
  }

  private async citizen(claims: AccessClaims): Promise<Principal> {
    const { ownerId, sessionId } = claims;
    const account = await this.citizens.read(sessionId);
    if (account?.accountId !== ownerId) return this.refuse(claims);
    if (account.status !== 'active') throw new DomainError('ACCOUNT_ERASED');
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
