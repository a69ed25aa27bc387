import { Global, Module } from '@nestjs/common';
import { PrincipalResolver } from '../http/access.guard.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AccessTokens } from './access-tokens.js';
import { Accounts } from './accounts.js';
import { CitizenSignIn } from './citizen-sign-in.js';
import { Consents } from './consents.js';
import { MeController } from './me.controller.js';
import { PersonalData } from './personal-data.js';
import { Profiles } from './profiles.js';
import { SandboxPersonas } from './sandbox-personas.js';
import { SessionPrincipals } from './session-principals.js';
import { SessionTrust } from './session-trust.js';
import { SessionsController } from './sessions.controller.js';
import { Sessions } from './sessions.js';

@Global()
@Module({
  imports: [WechatModule],
  controllers: [SessionsController, MeController],
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
    { provide: PrincipalResolver, useClass: SessionPrincipals },
  ],
  exports: [PrincipalResolver, Accounts, Consents, PersonalData, Profiles, SandboxPersonas],
})
export class AccountsModule {}
