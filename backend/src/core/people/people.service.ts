import { Injectable } from '@nestjs/common';
import { CITY_ZONE, visibleZones, type ZoneCode } from '@talent-card/shared/accounts/districts';
import { type Fact, factValueSchemas, type PersonSummary } from '@talent-card/shared/people/schema';
import { checkIdentityNumber, IDENTITY_TYPES } from '@talent-card/shared/validators/identity-document';
import { maskName } from '@talent-card/shared/validators/text';
import type { EntityManager } from 'typeorm';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { fieldProblems } from '../../platform/http/field-problems.js';
import { FactsRepository } from './facts/facts.repository.js';
import { IdentityIndex } from './identity-index.js';
import { maskIdentityNumber } from './masking.js';
import type { NewFact, PersonSnapshot } from './people.types.js';
import type { Person } from './persons/person.entity.js';
import { PersonsRepository } from './persons/persons.repository.js';
import { Roster } from './roster/roster.service.js';

const SEARCH_LIMIT = 200;

/** Who somebody is and what is known of them. Features ask here; none reads the tables. */
@Injectable()
export class People {
  constructor(
    private readonly persons: PersonsRepository,
    private readonly facts: FactsRepository,
    private readonly identityIndex: IdentityIndex,
    private readonly roster: Roster,
  ) {}

  /**
   * Everything that rules may know of a person, at one moment: what was recorded, and what the talent roster says
   * of exactly this name and document now.
   *
   * @throws DomainError NOT_FOUND when there is no such person or they were erased
   */
  async snapshot(manager: EntityManager, personId: string): Promise<PersonSnapshot> {
    const person = await this.existing(manager, personId);
    const recorded = await this.facts.current(manager, personId);
    const listed = await this.roster.factsOf(manager, person);
    const facts = [...recorded, ...listed].sort((a, b) => (a.observedAt < b.observedAt ? 1 : -1));
    return {
      person: {
        personId,
        name: person.name,
        identityType: person.identityType,
        birthDate: person.birthDate,
        sex: person.sex,
        nationality: person.nationality,
        zoneCode: await this.zoneOf(manager, person),
      },
      facts,
    };
  }

  /** The same of many in three statements however many; people who are not there or were erased are left out. */
  async snapshots(
    manager: EntityManager,
    personIds: readonly string[],
  ): Promise<Map<string, PersonSnapshot>> {
    const persons = [...(await this.persons.findMany(manager, personIds)).values()].filter(
      (person) => person.erasedAt === null,
    );
    const recorded = await this.facts.currentOf(
      manager,
      persons.map(({ id }) => id),
    );
    const listed = await this.roster.factsOfMany(manager, persons);
    return new Map(
      persons.map((person) => {
        const { facts, zoneCode } = listed.get(person.id) ?? { facts: [], zoneCode: null };
        const { id, name, identityType, birthDate, sex, nationality } = person;
        return [
          id,
          {
            person: {
              personId: id,
              name,
              identityType,
              birthDate,
              sex,
              nationality,
              zoneCode: person.zoneCode ?? zoneCode,
            },
            facts: [...(recorded.get(id) ?? []), ...facts].sort((a, b) =>
              a.observedAt < b.observedAt ? 1 : -1,
            ),
          },
        ];
      }),
    );
  }

  /** Masked, in the order of the ids; ids of nobody are left out. */
  async summary(manager: EntityManager, personIds: readonly string[]): Promise<PersonSummary[]> {
    const found = await this.persons.findMany(manager, personIds);
    return personIds.flatMap((id) => {
      const person = found.get(id);
      return person ? [this.summaryOf(person)] : [];
    });
  }

  /** Names in full by person id, for the holder's own card. */
  async names(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, string>> {
    const found = await this.persons.findMany(manager, personIds);
    return new Map([...found].map(([id, person]) => [id, person.name]));
  }

  /** Numbers that people gave in applications, in clear, by person id; whoever gave none is left out. */
  async phones(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, string>> {
    const found = await this.persons.findMany(manager, personIds);
    return new Map(
      [...found].flatMap(([id, person]) => {
        const phone = this.persons.phoneOf(person);
        return phone === null ? [] : [[id, phone] as const];
      }),
    );
  }

  /**
   * Ids of people whose name begins with `q`, or whose document has `q` as its whole number; newest first, at most
   * 200. Callers limit their own rows by zone.
   */
  search(manager: EntityManager, q: string): Promise<string[]> {
    return this.persons.search(manager, q, this.identityIndexesOf(q), SEARCH_LIMIT);
  }

  /**
   * Records a fact and supersedes what the same source said of the same thing. Employment also says where the person
   * works, which decides what staff of a district see.
   *
   * @throws DomainError NOT_FOUND, VALIDATION_FAILED when the value has not the shape of its kind
   */
  async recordFact(tx: Tx, personId: string, fact: NewFact): Promise<Fact> {
    const parsed = factValueSchemas[fact.kind].safeParse(fact.value);
    if (!parsed.success) {
      throw fieldError(
        ...fieldProblems(parsed.error.issues).map((problem) => ({
          ...problem,
          path: problem.path === '' ? 'value' : `value.${problem.path}`,
        })),
      );
    }
    if (!(await this.persons.lock(tx, personId))) throw new DomainError('NOT_FOUND');
    const value = parsed.data as Record<string, unknown>;
    if (fact.kind === 'employment' && value.until === null && value.zoneCode !== CITY_ZONE) {
      await this.persons.setZone(tx, personId, value.zoneCode as ZoneCode);
    }
    return this.facts.record(tx, personId, {
      kind: fact.kind,
      value,
      source: fact.source,
      observedAt: fact.observedAt ?? tx.now,
      proofFileId: fact.proofFileId ?? null,
    });
  }

  /** What an application says of where the person works and how to reach them. */
  async recordContact(
    tx: Tx,
    personId: string,
    contact: { zoneCode?: ZoneCode; mobile?: string },
  ): Promise<void> {
    if (contact.zoneCode) await this.persons.setZone(tx, personId, contact.zoneCode);
    if (contact.mobile) await this.persons.setPhone(tx, personId, contact.mobile);
  }

  /**
   * Locks the person for the rest of the transaction: after the code and the account, before pools and counters
   * (docs/decisions/0009). @throws DomainError NOT_FOUND
   */
  async lock(tx: Tx, personId: string): Promise<void> {
    if (!(await this.persons.lock(tx, personId))) throw new DomainError('NOT_FOUND');
  }

  /**
   * The same for whoever writes of many at once: nobody is erased before the unit ends. Answers who was erased already,
   * of whom nothing may be written.
   */
  lockMany(tx: Tx, personIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.persons.lockMany(tx, personIds);
  }

  /** Whether staff posted to `staffZone` may see the person: the city sees all, a district its own. */
  async isVisible(manager: EntityManager, personId: string, staffZone: ZoneCode): Promise<boolean> {
    const person = await this.persons.find(manager, personId);
    if (!person) return false;
    if (staffZone === CITY_ZONE) return true;
    const zone = await this.zoneOf(manager, person);
    return zone !== null && visibleZones(staffZone).includes(zone);
  }

  /** Where the person works; the roster's word where nothing newer is known. Null is for the city's eyes only. */
  async zoneOf(manager: EntityManager, person: Person): Promise<ZoneCode | null> {
    return person.zoneCode ?? (await this.roster.zoneOf(manager, person));
  }

  summaryOf(person: Person): PersonSummary {
    const number = this.persons.identityNumberOf(person);
    return {
      personId: person.id,
      maskedName: maskName(person.name),
      identityType: person.identityType,
      maskedIdentityNumber: number === null ? '' : maskIdentityNumber(number),
      zoneCode: person.zoneCode,
    };
  }

  /** Blind indexes that a text may stand for, if it is a whole identity number. */
  private identityIndexesOf(q: string): string[] {
    return IDENTITY_TYPES.flatMap((type) => {
      const number = checkIdentityNumber(type, q);
      return number.ok ? [this.identityIndex.of(type, number.value)] : [];
    });
  }

  private async existing(manager: EntityManager, personId: string): Promise<Person> {
    const person = await this.persons.find(manager, personId);
    if (!person || person.erasedAt !== null) throw new DomainError('NOT_FOUND');
    return person;
  }
}
