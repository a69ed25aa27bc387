import { Body, Controller, Param, Req } from '@nestjs/common';
import { accountRoutes } from '@talent-card/shared/accounts/routes';
import {
  type DeviceSession,
  deviceSessionListSchema,
  refreshSchema,
  type Session,
  sessionSchema,
  wechatSignInSchema,
} from '@talent-card/shared/accounts/schema';
import type { BodyOf } from '@talent-card/shared/common/route';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { Endpoint } from '../http/endpoint.decorator.js';
import { Citizen } from '../http/parameters.js';
import type { AppRequest } from '../http/request.js';
import { CitizenSignIn } from './citizen-sign-in.js';
import { deviceLabelOf } from './device-label.js';
import type { CitizenPrincipal } from './principal.js';
import { Sessions, type SessionTokens } from './sessions.js';

const sessionOf = (tokens: SessionTokens): Session => ({
  accessToken: tokens.accessToken,
  accessTokenExpiresAt: tokens.accessTokenExpiresAt.toISOString(),
  refreshToken: tokens.refreshToken,
  refreshTokenExpiresAt: tokens.refreshTokenExpiresAt.toISOString(),
});

@Controller()
export class SessionsController {
  constructor(
    private readonly signIn: CitizenSignIn,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(accountRoutes.signIn, {
    summary: 'Sign in with a WeChat code; the first time makes an account',
    response: sessionSchema,
  })
  async start(
    @Body({ schema: wechatSignInSchema }) body: BodyOf<typeof accountRoutes.signIn>,
    @Req() request: AppRequest,
  ): Promise<Session> {
    const device = {
      deviceLabel: deviceLabelOf(request.headers['user-agent']),
      locale: request.headers['accept-language']?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN',
    } as const;
    return sessionOf(await this.signIn.signIn(body.code, body.consentVersion, device));
  }

  @Endpoint(accountRoutes.refresh, {
    summary:
      'Exchange a refresh token for the next. A client that lost the answer may repeat within 60 s while the new token is unused and gets the same one; any other reuse ends the session',
    response: sessionSchema,
  })
  async refresh(
    @Body({ schema: refreshSchema }) body: BodyOf<typeof accountRoutes.refresh>,
  ): Promise<Session> {
    return sessionOf(await this.signIn.refresh(body.refreshToken));
  }

  @Endpoint(accountRoutes.signOut, { summary: 'Sign out on this device' })
  async signOut(@Citizen() citizen: CitizenPrincipal): Promise<void> {
    await this.unitOfWork.run((tx) =>
      this.sessions.end(tx, citizen.accountId, citizen.sessionId, 'signed-out'),
    );
  }

  @Endpoint(accountRoutes.sessions, {
    summary: 'Devices that are signed in',
    response: deviceSessionListSchema,
  })
  async list(@Citizen() citizen: CitizenPrincipal): Promise<{ items: DeviceSession[] }> {
    const standing = await this.sessions.listStanding(this.database.manager, citizen.accountId);
    return {
      items: standing.map((session) => ({
        sessionId: session.id,
        deviceLabel: session.deviceLabel,
        startedAt: session.startedAt.toISOString(),
        lastUsedAt: session.lastUsedAt.toISOString(),
        current: session.id === citizen.sessionId,
      })),
    };
  }

  @Endpoint(accountRoutes.endSession, { summary: 'Sign another device out' })
  async end(@Citizen() citizen: CitizenPrincipal, @Param('sessionId') sessionId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.sessions.end(tx, citizen.accountId, sessionId, 'ended-elsewhere')))
        throw new DomainError('NOT_FOUND');
    });
  }
}
