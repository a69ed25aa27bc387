import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { PersonDirectory } from '../../platform/accounts/person-directory.js';
import { SandboxPersonas } from '../../platform/accounts/sandbox-personas.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { ClosedText } from '../../platform/crypto/closed-text.js';
import { EncryptedColumns } from '../../platform/crypto/encrypted-columns.js';
import { FileAccess } from '../../platform/files/file-access.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { AbsentRegistry } from './facts/absent-registry.js';
import { DataMatching } from './facts/data-matching.js';
import { BusinessRegistry, EducationRegistry, SocialInsurance } from './facts/data-sources.js';
import { FactsRepository } from './facts/facts.repository.js';
import {
  SandboxBusinessRegistry,
  SandboxEducationRegistry,
  SandboxSocialInsurance,
} from './facts/sandbox-data-sources.js';
import { IdentityIndex } from './identity-index.js';
import { PeopleController } from './people.controller.js';
import { People } from './people.service.js';
import { PeopleAdministration } from './people-administration.js';
import { PeopleData } from './people-data.js';
import { PeopleDirectory } from './people-directory.js';
import { NUMBER_PURPOSE, PersonsRepository, PHONE_PURPOSE } from './persons/persons.repository.js';
import { StaffReason } from './persons/staff-reason.entity.js';
import { StaffReasons } from './persons/staff-reasons.js';
import { HolderProof } from './real-name/holder-proof.js';
import { HttpIdentityVerifier } from './real-name/http-identity-verifier.js';
import { AbsentIdentityVerifier, IdentityVerifier } from './real-name/identity-verifier.js';
import { RealNameController } from './real-name/real-name.controller.js';
import { RealNameProof } from './real-name/real-name.service.js';
import { RealNameTryCounter } from './real-name/real-name-tries.js';
import { SandboxIdentityVerifier } from './real-name/sandbox-identity-verifier.js';
import { BatchVault, CONTENT_KEY_PURPOSE } from './roster/import/batch-vault.js';
import { RosterBatchesRepository } from './roster/import/roster-batches.repository.js';
import { RosterImportJob } from './roster/import/roster-import-job.js';
import { IMPORT_JOB, RosterImports } from './roster/import/roster-imports.service.js';
import { Workbooks } from './roster/import/workbook-host.js';
import { RosterController } from './roster/roster.controller.js';
import { Roster } from './roster/roster.service.js';
import {
  ENTRY_MOBILE_PURPOSE,
  ENTRY_NUMBER_PURPOSE,
  RosterEntriesRepository,
} from './roster/roster-entries.repository.js';
import { SANDBOX_PERSONAS } from './sandbox/personas.js';
import { SandboxRegistry } from './sandbox/sandbox-registry.js';

/** The person, what is known of them, and the talent roster. */
@Global()
@Module({
  controllers: [RealNameController, RosterController, PeopleController],
  providers: [
    IdentityIndex,
    PersonsRepository,
    FactsRepository,
    RosterEntriesRepository,
    Roster,
    People,
    RosterBatchesRepository,
    BatchVault,
    Workbooks,
    RosterImportJob,
    RosterImports,
    PeopleDirectory,
    { provide: PersonDirectory, useExisting: PeopleDirectory },
    SandboxRegistry,
    {
      provide: IdentityVerifier,
      inject: [APP_CONFIG, SandboxRegistry, LOGGER],
      useFactory: (config: AppConfig, registry: SandboxRegistry, logger: Logger): IdentityVerifier => {
        const { IDENTITY_VERIFIER_URL: url, IDENTITY_VERIFIER_TOKEN: token } = config;
        if (url) return new HttpIdentityVerifier({ url, token }, logger);
        return config.sandbox ? new SandboxIdentityVerifier(registry) : new AbsentIdentityVerifier();
      },
    },
    RealNameTryCounter,
    RealNameProof,
    HolderProof,
    {
      provide: EducationRegistry,
      inject: [APP_CONFIG, SandboxRegistry],
      useFactory: (config: AppConfig, registry: SandboxRegistry): EducationRegistry =>
        config.sandbox ? new SandboxEducationRegistry(registry) : new AbsentRegistry(),
    },
    {
      provide: SocialInsurance,
      inject: [APP_CONFIG, SandboxRegistry],
      useFactory: (config: AppConfig, registry: SandboxRegistry): SocialInsurance =>
        config.sandbox ? new SandboxSocialInsurance(registry) : new AbsentRegistry(),
    },
    {
      provide: BusinessRegistry,
      inject: [APP_CONFIG, SandboxRegistry],
      useFactory: (config: AppConfig, registry: SandboxRegistry): BusinessRegistry =>
        config.sandbox ? new SandboxBusinessRegistry(registry) : new AbsentRegistry(),
    },
    DataMatching,
    StaffReasons,
    PeopleAdministration,
    PeopleData,
  ],
  exports: [People, RealNameProof, HolderProof, Roster, RosterImports, PersonDirectory],
})
export class PeopleModule implements OnModuleInit {
  constructor(
    private readonly personas: SandboxPersonas,
    private readonly columns: EncryptedColumns,
    private readonly closedText: ClosedText,
    private readonly jobs: Jobs,
    private readonly importJob: RosterImportJob,
    private readonly files: FileAccess,
    private readonly people: People,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.columns.register('persons', 'id', 'identityNumber', NUMBER_PURPOSE);
    this.columns.register('persons', 'id', 'phone', PHONE_PURPOSE);
    this.columns.register('roster_entries', 'id', 'identityNumber', ENTRY_NUMBER_PURPOSE);
    this.columns.register('roster_entries', 'id', 'mobile', ENTRY_MOBILE_PURPOSE);
    this.columns.register('roster_batches', 'id', 'contentKey', CONTENT_KEY_PURPOSE);
    this.closedText.register(StaffReason, 'reason');
    this.files.register('person', (manager, staff, personId) =>
      this.people.isVisible(manager, personId, staff.zoneCode),
    );
    this.jobs.register({
      name: IMPORT_JOB,
      everySeconds: 5,
      run: (lease) => this.importJob.run(lease),
    });
    this.jobs.register({
      name: 'roster.clean-up',
      everySeconds: 6 * 3600,
      run: (lease) => this.importJob.cleanUp(lease),
    });
    if (!this.config.sandbox) return;
    this.personas.registerCitizens(
      SANDBOX_PERSONAS.map((persona) => ({
        code: `sandbox:${persona.key}`,
        name: persona.name,
        identityType: persona.identityType,
        identityNumber: persona.identityNumber,
        // What the form asks foreigners for besides; nobody should have to read it out of the story.
        ...(persona.identityType === 'resident-id'
          ? {}
          : { birthDate: persona.birthDate, nationality: persona.nationality }),
        story: persona.story,
      })),
    );
  }
}
