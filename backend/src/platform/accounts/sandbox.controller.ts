import { Controller, Inject } from '@nestjs/common';
import { sandboxRoutes } from '@talent-card/shared/accounts/routes';
import {
  type Persona,
  personaListSchema,
  type SandboxTotp,
  sandboxTotpSchema,
} from '@talent-card/shared/accounts/schema';
import { Clock } from '../clock/clock.js';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { DomainError } from '../errors/domain-error.js';
import { Endpoint } from '../http/endpoint.decorator.js';
import { SandboxPersonas } from './sandbox-personas.js';
import { secondsLeftOf, totpCode } from './staff/totp.js';

/** Exists in the sandbox only; elsewhere its addresses are as unknown as any other. */
@Controller()
export class SandboxController {
  constructor(
    private readonly personas: SandboxPersonas,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Endpoint(sandboxRoutes.personas, {
    summary: 'Sandbox only: made-up people to sign in as',
    response: personaListSchema,
  })
  citizens(): { items: readonly Persona[] } {
    this.assertSandbox();
    return { items: this.personas.listCitizens() };
  }

  @Endpoint(sandboxRoutes.staffCodes, {
    summary: 'Sandbox only: demo staff and what their authenticators show now',
    response: sandboxTotpSchema,
  })
  staff(): SandboxTotp {
    this.assertSandbox();
    const now = this.clock.now();
    return {
      items: this.personas.listStaff().map(({ totpSecret, ...member }) => ({
        ...member,
        code: totpCode(totpSecret, now),
      })),
      secondsLeft: secondsLeftOf(now),
    };
  }

  private assertSandbox(): void {
    if (!this.config.sandbox) throw new DomainError('NOT_FOUND');
  }
}
