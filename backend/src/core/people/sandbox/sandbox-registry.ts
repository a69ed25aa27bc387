import { Injectable } from '@nestjs/common';
import { type MadeUpPerson, madeUpPerson } from './made-up-people.js';
import { SANDBOX_PERSONAS } from './personas.js';

/** How many people besides the personas the sandbox registries know: enough for the demo roster and its cards. */
export const REGISTERED = 5000;

/** A made-up person as the identity registry has them: the name may differ from what they say themselves. */
export type RegisteredPerson = MadeUpPerson;

/** What 公安, 学信网, 社保 and 工商 know in the sandbox: made-up people by document number. Built at first use. */
@Injectable()
export class SandboxRegistry {
  private people: ReadonlyMap<string, RegisteredPerson> | null = null;

  find(identityType: string, identityNumber: string): RegisteredPerson | null {
    this.people ??= SandboxRegistry.build();
    return this.people.get(`${identityType}/${identityNumber}`) ?? null;
  }

  private static build(): Map<string, RegisteredPerson> {
    const people = new Map<string, RegisteredPerson>();
    const add = (person: RegisteredPerson): void => {
      people.set(`${person.identityType}/${person.identityNumber}`, person);
    };
    for (let index = 0; index < REGISTERED; index += 1) add(madeUpPerson(index));
    for (const persona of SANDBOX_PERSONAS) {
      if (persona.registry) add({ ...persona, name: persona.registry.name });
    }
    return people;
  }
}
