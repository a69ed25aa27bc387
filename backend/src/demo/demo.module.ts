import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { SandboxPersonas } from '../platform/accounts/sandbox-personas.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/config.js';
import { Welcome } from '../platform/observability/welcome.js';
import { ALL_DEMO_STAFF } from './demo-staff.js';

/** Shows the demo accounts of staff where they exist: on the sign-in page of the console and in the terminal. */
@Module({})
export class DemoModule implements OnModuleInit {
  constructor(
    private readonly personas: SandboxPersonas,
    private readonly welcome: Welcome,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    if (this.config.DEMO_DATA === 'none') return;
    this.personas.registerStaff(ALL_DEMO_STAFF);
    this.welcome.add(async () => [
      'Demo accounts of the console (its sign-in page shows the code of each authenticator):',
      ...ALL_DEMO_STAFF.map(
        ({ username, password, role }) => `  ${username.padEnd(20)}${password}   ${role}`,
      ),
    ]);
  }
}
