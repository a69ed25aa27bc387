import { Body, Controller, Inject, Req, Res } from '@nestjs/common';
import { staffRoutes } from '@talent-card/shared/accounts/routes';
import {
  changePasswordSchema,
  recoveryCodesSchema,
  type StaffChallenge,
  type StaffSelf,
  type StaffSession,
  staffChallengeSchema,
  staffSelfSchema,
  staffSessionSchema,
  staffSignInSchema,
  staffTotpSchema,
} from '@talent-card/shared/accounts/schema';
import { API_PREFIX, type BodyOf } from '@talent-card/shared/common/route';
import type { FastifyReply } from 'fastify';
import { APP_CONFIG, type AppConfig } from '../../config/config.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import { Endpoint } from '../../http/endpoint.decorator.js';
import { Staff } from '../../http/parameters.js';
import type { AppRequest } from '../../http/request.js';
import { deviceLabelOf } from '../device-label.js';
import type { StaffPrincipal } from '../principal.js';
import { Sessions, type SessionTokens } from '../sessions.js';
import { DEVICE_LIFE_MS } from './staff-devices.js';
import { StaffOwnAccess } from './staff-own-access.js';
import { type StaffOrigin, StaffSignIn } from './staff-sign-in.js';

const REFRESH_COOKIE = 'staff_refresh';
const DEVICE_COOKIE = 'staff_device';
const PATH = `${API_PREFIX}/staff/sessions`;

/** Sign-in and own access of staff. Refresh token and known device travel in cookies that no script can read. */
@Controller()
export class StaffSessionsController {
  constructor(
    private readonly signIn: StaffSignIn,
    private readonly own: StaffOwnAccess,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Endpoint(staffRoutes.signIn, {
    summary: 'First step of a staff sign-in: the password',
    response: staffChallengeSchema,
  })
  start(
    @Body({ schema: staffSignInSchema }) body: BodyOf<typeof staffRoutes.signIn>,
    @Req() request: AppRequest,
  ): Promise<StaffChallenge> {
    return this.signIn.checkPassword(body.username, body.password, originOf(request));
  }

  @Endpoint(staffRoutes.confirmTotp, {
    summary: 'Second step: six digits of the authenticator, or a recovery code',
    response: staffSessionSchema,
  })
  async confirm(
    @Body({ schema: staffTotpSchema }) body: BodyOf<typeof staffRoutes.confirmTotp>,
    @Req() request: AppRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffSession> {
    const { tokens, deviceToken, recoveryCodes } = await this.signIn.confirm(
      body.challenge,
      body.code,
      originOf(request),
    );
    if (deviceToken !== null) this.setCookie(reply, request, DEVICE_COOKIE, deviceToken, DEVICE_LIFE_MS);
    return this.answer(reply, request, tokens, recoveryCodes);
  }

  @Endpoint(staffRoutes.refresh, {
    summary: 'The next access token, for the refresh token in the cookie; same rules as for citizens',
    response: staffSessionSchema,
  })
  async refresh(
    @Req() request: AppRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffSession> {
    const token = request.cookies[REFRESH_COOKIE];
    if (!token) throw new DomainError('REFRESH_TOKEN_INVALID');
    try {
      return await this.answer(reply, request, await this.signIn.refresh(token), null);
    } catch (error) {
      // A token that will never open again; after a passing fault it still may.
      if (error instanceof DomainError) this.clearRefresh(reply);
      throw error;
    }
  }

  @Endpoint(staffRoutes.signOut, { summary: 'Sign out' })
  async signOut(
    @Staff() staff: StaffPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.unitOfWork.run((tx) => this.sessions.end(tx, staff.staffId, staff.sessionId, 'signed-out'));
    this.clearRefresh(reply);
  }

  @Endpoint(staffRoutes.self, { summary: 'The own staff account', response: staffSelfSchema })
  self(@Staff() staff: StaffPrincipal): Promise<StaffSelf> {
    return this.own.self(staff.staffId);
  }

  @Endpoint(staffRoutes.changePassword, {
    summary: 'Change the own password; other sessions end. The only thing to do after a one-time password',
  })
  changePassword(
    @Staff() staff: StaffPrincipal,
    @Body({ schema: changePasswordSchema }) body: BodyOf<typeof staffRoutes.changePassword>,
  ): Promise<void> {
    return this.own.changePassword(staff, body.currentPassword, body.newPassword);
  }

  @Endpoint(staffRoutes.renewRecoveryCodes, {
    summary: 'Ten new recovery codes; the old ones are void',
    response: recoveryCodesSchema,
  })
  async renewRecoveryCodes(@Staff() staff: StaffPrincipal): Promise<{ recoveryCodes: string[] }> {
    return { recoveryCodes: await this.own.renewRecoveryCodes(staff) };
  }

  private async answer(
    reply: FastifyReply,
    request: AppRequest,
    tokens: SessionTokens,
    recoveryCodes: string[] | null,
  ): Promise<StaffSession> {
    const life = tokens.refreshTokenExpiresAt.getTime() - tokens.issuedAt.getTime();
    this.setCookie(reply, request, REFRESH_COOKIE, tokens.refreshToken, life);
    return {
      accessToken: tokens.accessToken,
      accessTokenExpiresAt: tokens.accessTokenExpiresAt.toISOString(),
      staff: await this.own.self(tokens.ownerId),
      recoveryCodes,
    };
  }

  private setCookie(
    reply: FastifyReply,
    request: AppRequest,
    name: string,
    value: string,
    lifeMs: number,
  ): void {
    void reply.setCookie(name, value, {
      path: PATH,
      httpOnly: true,
      sameSite: 'strict',
      secure: request.protocol === 'https' || this.config.PUBLIC_URL?.startsWith('https://') === true,
      maxAge: Math.max(1, Math.floor(lifeMs / 1000)),
    });
  }

  private clearRefresh(reply: FastifyReply): void {
    void reply.clearCookie(REFRESH_COOKIE, { path: PATH, httpOnly: true, sameSite: 'strict' });
  }
}

function originOf(request: AppRequest): StaffOrigin {
  return {
    address: request.ip,
    deviceToken: request.cookies[DEVICE_COOKIE],
    deviceLabel: deviceLabelOf(request.headers['user-agent']),
  };
}
