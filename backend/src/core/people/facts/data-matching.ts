import { Injectable } from '@nestjs/common';
import type { Fact, matchFactsSchema } from '@talent-card/shared/people/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { Accounts } from '../../../platform/accounts/accounts.js';
import { Consents } from '../../../platform/accounts/consents.js';
import type { Principal } from '../../../platform/accounts/principal.js';
import { AuditTrail } from '../../../platform/audit/audit-trail.js';
import { ReadDatabase } from '../../../platform/database/database.module.js';
import { IdempotencyStore } from '../../../platform/database/idempotency-store.js';
import { type IdempotencyContext, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { People } from '../people.service.js';
import { PersonsRepository } from '../persons/persons.repository.js';
import { BusinessRegistry, type DataSource, EducationRegistry, SocialInsurance } from './data-sources.js';

export type RegistryName = z.infer<typeof matchFactsSchema>['source'];

/** Asks the registries about people who agreed to it, and keeps what they say as facts. */
@Injectable()
export class DataMatching {
  private readonly sources: Record<RegistryName, DataSource<'degree' | 'employment' | 'business'>>;

  constructor(
    education: EducationRegistry,
    insurance: SocialInsurance,
    business: BusinessRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly kept: IdempotencyStore,
    private readonly persons: PersonsRepository,
    private readonly people: People,
    private readonly accounts: Accounts,
    private readonly consents: Consents,
    private readonly audit: AuditTrail,
  ) {
    this.sources = {
      'education-registry': education,
      'social-insurance': insurance,
      'business-registry': business,
    };
  }

  /**
   * Asks one registry and records what it says; an empty list means that it knows nothing of the person.
   *
   * @throws DomainError NOT_FOUND, CONSENT_REQUIRED when the person has not agreed to data matching (also while nobody
   *   is signed in as them), UPSTREAM_UNAVAILABLE
   */
  async match(
    principal: Principal,
    personId: string,
    source: RegistryName,
    idempotency: IdempotencyContext,
  ): Promise<{ items: Fact[] }> {
    const before = await this.kept.find<{ items: Fact[] }>(this.database.manager, idempotency);
    if (before) return before.answer();
    const { manager } = this.database;
    await this.requireConsent(manager, personId);
    const person = await this.persons.find(manager, personId);
    const identityNumber = person && this.persons.identityNumberOf(person);
    if (!person || identityNumber === null) throw new DomainError('NOT_FOUND');
    const found = await this.sources[source].match({
      name: person.name,
      identityType: person.identityType,
      identityNumber,
    });
    return this.unitOfWork.run(
      async (tx) => {
        // Once more: the consent may have been withdrawn while the registry was asked.
        await this.requireConsent(tx.manager, personId);
        const items: Fact[] = [];
        for (const { kind, value } of found) {
          items.push(await this.people.recordFact(tx, personId, { kind, value, source }));
        }
        await this.audit.record(tx, principal, {
          action: `people.match-${source}`,
          objectType: 'person',
          objectId: personId,
          fields: found.map(({ kind }) => kind),
        });
        return { items };
      },
      { idempotency },
    );
  }

  private async requireConsent(manager: EntityManager, personId: string): Promise<void> {
    const accountId = await this.accounts.accountOfPerson(manager, personId);
    if (accountId === null) throw new DomainError('CONSENT_REQUIRED', { purpose: 'data-matching' });
    await this.consents.require(manager, accountId, 'data-matching');
  }
}
