import { Global, Module } from '@nestjs/common';
import { FactsRepository } from './facts/facts.repository.js';
import { IdentityIndex } from './identity-index.js';
import { People } from './people.service.js';
import { PersonsRepository } from './persons/persons.repository.js';
import { Roster } from './roster/roster.service.js';
import { RosterEntriesRepository } from './roster/roster-entries.repository.js';

/** The person, what is known of them, and the talent roster. */
@Global()
@Module({
  providers: [IdentityIndex, PersonsRepository, FactsRepository, RosterEntriesRepository, Roster, People],
  exports: [People, Roster],
})
export class PeopleModule {}
