import type { MadeUpPerson } from '../sandbox/made-up-people.js';
import { SandboxRegistry } from '../sandbox/sandbox-registry.js';
import {
  BusinessRegistry,
  type DataSubject,
  EducationRegistry,
  type RegistryFact,
  SocialInsurance,
} from './data-sources.js';

function known(registry: SandboxRegistry, subject: DataSubject): MadeUpPerson | null {
  const person = registry.find(subject.identityType, subject.identityNumber);
  return person?.name === subject.name ? person : null;
}

/** 学信网 of made-up people. */
export class SandboxEducationRegistry extends EducationRegistry {
  constructor(private readonly registry: SandboxRegistry) {
    super();
  }

  async match(subject: DataSubject): Promise<RegistryFact<'degree'>[]> {
    const person = known(this.registry, subject);
    return person ? [{ kind: 'degree', value: person.degree }] : [];
  }
}

/** 社保 of made-up people. */
export class SandboxSocialInsurance extends SocialInsurance {
  constructor(private readonly registry: SandboxRegistry) {
    super();
  }

  async match(subject: DataSubject): Promise<RegistryFact<'employment'>[]> {
    const person = known(this.registry, subject);
    if (!person) return [];
    const { name, creditCode, zoneCode } = person.employer;
    const value = {
      employer: name,
      creditCode,
      zoneCode,
      position: person.position,
      since: person.employedSince,
      until: null,
    };
    return [{ kind: 'employment', value }];
  }
}

/** 工商 of made-up people. */
export class SandboxBusinessRegistry extends BusinessRegistry {
  constructor(private readonly registry: SandboxRegistry) {
    super();
  }

  async match(subject: DataSubject): Promise<RegistryFact<'business'>[]> {
    const person = known(this.registry, subject);
    if (!person?.founder) return [];
    const { name, creditCode, registeredOn } = person.employer;
    return [{ kind: 'business', value: { name, creditCode, role: 'legal-representative', registeredOn } }];
  }
}
