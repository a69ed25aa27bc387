import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { PersonDirectory } from '../../platform/accounts/person-directory.js';
import { SandboxPersonas } from '../../platform/accounts/sandbox-personas.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { FactsRepository } from './facts/facts.repository.js';
import { IdentityIndex } from './identity-index.js';
import { People } from './people.service.js';
import { PeopleDirectory } from './people-directory.js';
import { PersonsRepository } from './persons/persons.repository.js';
import { IdentityVerifier } from './real-name/identity-verifier.js';
import { RealNameController } from './real-name/real-name.controller.js';
import { RealNameProof } from './real-name/real-name.service.js';
import { RealNameTryCounter } from './real-name/real-name-tries.js';
import { SandboxIdentityVerifier } from './real-name/sandbox-identity-verifier.js';
import { Roster } from './roster/roster.service.js';
import { RosterEntriesRepository } from './roster/roster-entries.repository.js';
import { SANDBOX_PERSONAS } from './sandbox/personas.js';
import { SandboxRegistry } from './sandbox/sandbox-registry.js';

/** The person, what is known of them, and the talent roster. */
@Global()
@Module({
  controllers: [RealNameController],
  providers: [
    IdentityIndex,
    PersonsRepository,
    FactsRepository,
    RosterEntriesRepository,
    Roster,
    People,
    PeopleDirectory,
    { provide: PersonDirectory, useExisting: PeopleDirectory },
    SandboxRegistry,
    {
      provide: IdentityVerifier,
      inject: [SandboxRegistry],
      useFactory: (registry: SandboxRegistry) => new SandboxIdentityVerifier(registry),
    },
    RealNameTryCounter,
    RealNameProof,
  ],
  exports: [People, Roster, PersonDirectory],
})
export class PeopleModule implements OnModuleInit {
  constructor(
    private readonly personas: SandboxPersonas,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    if (!this.config.sandbox) return;
    this.personas.registerCitizens(
      SANDBOX_PERSONAS.map((persona) => ({
        code: `sandbox:${persona.key}`,
        name: persona.name,
        identityType: persona.identityType,
        identityNumber: persona.identityNumber,
        story: persona.story,
      })),
    );
  }
}
