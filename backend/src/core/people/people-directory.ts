import { Injectable } from '@nestjs/common';
import { type PersonDescription, PersonDirectory } from '../../platform/accounts/person-directory.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { hideIdentityNumber } from './masking.js';
import { PersonsRepository } from './persons/persons.repository.js';

/** What `/me` shows of the person behind an account. */
@Injectable()
export class PeopleDirectory extends PersonDirectory {
  constructor(
    private readonly database: ReadDatabase,
    private readonly persons: PersonsRepository,
  ) {
    super();
  }

  async describe(personId: string): Promise<PersonDescription> {
    const person = await this.persons.find(this.database.manager, personId);
    if (!person) throw new Error('an account points to a person who is not there');
    const number = this.persons.identityNumberOf(person);
    return {
      personId,
      name: person.name,
      identityType: person.identityType,
      maskedIdentityNumber: number === null ? '' : hideIdentityNumber(number),
      birthDate: person.birthDate,
    };
  }
}
