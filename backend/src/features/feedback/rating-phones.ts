import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { People } from '../../core/people/people.service.js';
import { Contacts } from '../../platform/accounts/contacts.js';

/** Where somebody can be called: the number WeChat verified for them, else the one of their application. */
@Injectable()
export class RatingPhones {
  constructor(
    private readonly contacts: Contacts,
    private readonly people: People,
  ) {}

  /** In clear, by person id; whoever left none is left out. */
  async of(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, string>> {
    const bound = await this.contacts.phones(manager, personIds);
    const others = personIds.filter((personId) => !bound.has(personId));
    return new Map([...(await this.people.phones(manager, others)), ...bound]);
  }
}
