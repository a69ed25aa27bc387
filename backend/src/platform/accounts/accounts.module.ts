import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PrincipalResolver } from '../http/access.guard.js';
import { Jobs } from '../jobs/jobs.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AccessTokens } from './access-tokens.js';
import { Accounts } from './accounts.js';
import { CitizenSignIn } from './citizen-sign-in.js';
import { Consents } from './consents.js';
import { MeController } from './me.controller.js';
import { PersonalData } from './personal-data.js';
import { Profiles } from './profiles.js';
import { SandboxController } from './sandbox.controller.js';
import { SandboxPersonas } from './sandbox-personas.js';
import { SessionPrincipals } from './session-principals.js';
import { SessionTrust } from './session-trust.js';
import { SessionsController } from './sessions.controller.js';
import { Sessions } from './sessions.js';
import { RecoveryCodes } from './staff/recovery-codes.js';
import { SignInThrottles } from './staff/sign-in-throttles.js';
import { StaffAdminController } from './staff/staff.admin.controller.js';
import { StaffAdministration } from './staff/staff-administration.js';
import { StaffDevices } from './staff/staff-devices.js';
import { StaffOwnAccess } from './staff/staff-own-access.js';
import { StaffSessionsController } from './staff/staff-sessions.controller.js';
import { StaffSignIn } from './staff/staff-sign-in.js';

@Global()
@Module({
  imports: [WechatModule],
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
    PersonalData,
    SandboxPersonas,
    Profiles,
    CitizenSignIn,
    SignInThrottles,
    StaffDevices,
    RecoveryCodes,
    StaffSignIn,
    StaffOwnAccess,
    StaffAdministration,
    { provide: PrincipalResolver, useClass: SessionPrincipals },
  ],
  exports: [
    PrincipalResolver,
    Accounts,
    Consents,
    PersonalData,
    Profiles,
    SandboxPersonas,
    StaffAdministration,
  ],
})
export class AccountsModule implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: Sessions,
    private readonly staffSignIn: StaffSignIn,
  ) {}

  onModuleInit(): void {
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
