import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { ForgetQuota } from './forget-quota.js';
import { QuotaRepository } from './quota.repository.js';
import { Quota } from './quota.service.js';

/** The kernel that answers "how often?". */
@Global()
@Module({ providers: [QuotaRepository, Quota, ForgetQuota], exports: [Quota] })
export class QuotaModule implements OnModuleInit {
  constructor(
    private readonly repository: QuotaRepository,
    private readonly database: ReadDatabase,
    private readonly personalData: PersonalData,
  ) {}

  onModuleInit(): void {
    this.personalData.register({
      section: 'quota',
      // Features give back what is still ahead while the ledger is there.
      layer: 'core',
      export: async (personId) => {
        if (personId === null) return [];
        const entries = await this.repository.ofPerson(this.database.manager, personId);
        return entries.map(
          ({ quotaKey, onDay, party, state, causeType, causeId, createdAt, returnedAt }) => ({
            quotaKey,
            onDay,
            party,
            state,
            causeType,
            causeId,
            createdAt: createdAt.toISOString(),
            returnedAt: returnedAt?.toISOString() ?? null,
          }),
        );
      },
      erase: async (tx, personId) => {
        if (personId !== null) await this.repository.erase(tx, personId);
      },
    });
  }
}
