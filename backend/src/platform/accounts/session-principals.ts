import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../database/database.module.js';
import { DomainError } from '../errors/domain-error.js';
import { PrincipalResolver } from '../http/access.guard.js';
import type { AppRequest } from '../http/request.js';
import { type AccessClaims, AccessTokens } from './access-tokens.js';
import { Account } from './account.entity.js';
import { ANONYMOUS, type Principal } from './principal.js';
import { SessionTrust } from './session-trust.js';
import { Sessions } from './sessions.js';

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Tells who calls from the bearer token, and whether their session stands and their rights are what they were. */
@Injectable()
export class SessionPrincipals extends PrincipalResolver {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly trust: SessionTrust,
    private readonly database: ReadDatabase,
  ) {
    super();
  }

  /** @throws DomainError UNAUTHENTICATED, SESSION_EXPIRED, ACCOUNT_ERASED */
  async resolve(request: AppRequest): Promise<Principal> {
    const { authorization } = request.headers;
    if (authorization === undefined) return ANONYMOUS;
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw new DomainError('UNAUTHENTICATED');
    const claims = await this.tokens.verify(token);
    const trusted = this.trust.find(claims.sessionId, claims.ownerId);
    if (trusted) return trusted;
    const principal = await this.lookUp(claims);
    this.trust.keep(claims.sessionId, claims.ownerId, principal);
    return principal;
  }

  private async lookUp({ kind, ownerId, sessionId }: AccessClaims): Promise<Principal> {
    const { manager } = this.database;
    if (!(await this.sessions.findStanding(manager, sessionId))) {
      const ended = await this.sessions.findAny(manager, sessionId);
      throw new DomainError(ended?.endReason === 'account-erased' ? 'ACCOUNT_ERASED' : 'SESSION_EXPIRED');
    }
    if (kind === 'staff') throw new DomainError('UNAUTHENTICATED');
    const account = await manager.findOneBy(Account, { id: ownerId, status: 'active' });
    if (!account) throw new DomainError('ACCOUNT_ERASED');
    return { type: 'citizen', accountId: ownerId, sessionId, personId: account.personId };
  }
}
