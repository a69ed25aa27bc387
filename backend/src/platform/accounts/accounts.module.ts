import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ClosedText } from '../crypto/closed-text.js';
import { EncryptedColumns } from '../crypto/encrypted-columns.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PrincipalResolver } from '../http/access.guard.js';
import { Jobs } from '../jobs/jobs.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AccessTokens } from './access-tokens.js';
import { Accounts } from './accounts.js';
import { CitizenSignIn, OPENID_PURPOSE } from './citizen-sign-in.js';
import { CitizenUnits } from './citizen-units.js';
import { Consents } from './consents.js';
import { Contacts } from './contacts.js';
import { MeController } from './me.controller.js';
import { OwnConsents } from './own-consents.js';
import { OwnData } from './own-data.js';
import { PersonalData } from './personal-data.js';
import { PHONE_PURPOSE, Profiles } from './profiles.js';
import { RateLimitGuard, rateLimits } from './rate-limits.js';
import { SandboxController } from './sandbox.controller.js';
import { SandboxPersonas } from './sandbox-personas.js';
import { SessionPrincipals } from './session-principals.js';
import { SessionTrust } from './session-trust.js';
import { SessionsController } from './sessions.controller.js';
import { Sessions, SUCCESSOR_PURPOSE } from './sessions.js';
import { RecoveryCodes } from './staff/recovery-codes.js';
import { SignInThrottles } from './staff/sign-in-throttles.js';
import { StaffAdminController } from './staff/staff.admin.controller.js';
import { StaffAccessReset } from './staff/staff-access.entities.js';
import { StaffAdministration } from './staff/staff-administration.js';
import { StaffDevices } from './staff/staff-devices.js';
import { StaffOwnAccess } from './staff/staff-own-access.js';
import { StaffPrincipals } from './staff/staff-principals.js';
import { StaffSessionsController } from './staff/staff-sessions.controller.js';
import { StaffSignIn, TOTP_PURPOSE } from './staff/staff-sign-in.js';
import { StaffVenues } from './staff/staff-venues.js';

@Global()
@Module({
  imports: [WechatModule, rateLimits()],
  controllers: [
    SessionsController,
    MeController,
    SandboxController,
    StaffSessionsController,
    StaffAdminController,
  ],
  providers: [
    AccessTokens,
    SessionTrust,
    Sessions,
    Consents,
    Accounts,
    CitizenUnits,
    Contacts,
    PersonalData,
    SandboxPersonas,
    Profiles,
    CitizenSignIn,
    OwnConsents,
    OwnData,
    SignInThrottles,
    StaffDevices,
    RecoveryCodes,
    StaffVenues,
    StaffPrincipals,
    StaffSignIn,
    StaffOwnAccess,
    StaffAdministration,
    { provide: PrincipalResolver, useClass: SessionPrincipals },
    { provide: APP_GUARD, useClass: RateLimitGuard },
  ],
  exports: [
    PrincipalResolver,
    Sessions,
    Accounts,
    CitizenUnits,
    Consents,
    Contacts,
    PersonalData,
    Profiles,
    SandboxPersonas,
    StaffAdministration,
    StaffVenues,
    StaffPrincipals,
  ],
})
export class AccountsModule implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: Sessions,
    private readonly staffSignIn: StaffSignIn,
    private readonly columns: EncryptedColumns,
    private readonly closedText: ClosedText,
  ) {}

  onModuleInit(): void {
    this.columns.register('accounts', 'id', 'openidSealed', OPENID_PURPOSE);
    this.columns.register('accounts', 'id', 'phoneSealed', PHONE_PURPOSE);
    this.columns.register('refresh_tokens', 'id', 'successorSealed', SUCCESSOR_PURPOSE);
    this.columns.register('staff_members', 'id', 'totpSealed', TOTP_PURPOSE);
    this.columns.register('staff_challenges', 'id', 'enrolmentSealed', TOTP_PURPOSE);
    this.closedText.register(StaffAccessReset, 'reason');
    this.jobs.register({
      name: 'accounts.forget-old-sign-ins',
      everySeconds: 3600,
      run: async (lease) => {
        await this.unitOfWork.run(async (tx) => {
          await lease.assertHeld(tx);
          await this.staffSignIn.forget(tx);
        });
        while (
          await this.unitOfWork.run(async (tx) => {
            await lease.assertHeld(tx);
            return this.sessions.forgetOld(tx);
          })
        );
      },
    });
  }
}
