import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { FactsRepository } from './facts/facts.repository.js';
import { hideIdentityNumber } from './masking.js';
import { PersonsRepository } from './persons/persons.repository.js';
import { StaffReasons } from './persons/staff-reasons.js';

/**
 * This part's share of exporting and erasing somebody's data (PIPL art. 45, 47). Erasing empties the person's row and
 * deletes facts; the row itself stays without identity, because cards and cases point to it. The talent roster is the
 * office's own list, made without the person's doing under 威发〔2018〕22号, and stays.
 */
@Injectable()
export class PeopleData implements OnModuleInit {
  constructor(
    private readonly data: PersonalData,
    private readonly database: ReadDatabase,
    private readonly persons: PersonsRepository,
    private readonly facts: FactsRepository,
    private readonly reasons: StaffReasons,
  ) {}

  onModuleInit(): void {
    this.data.register({
      section: 'people',
      layer: 'core',
      export: (personId) => this.export(personId),
      erase: (tx, personId) => this.erase(tx, personId),
      keeps: [{ records: 'talent-roster', because: '威发〔2018〕22号' }],
    });
  }

  private async export(personId: string | null): Promise<Record<string, unknown>[]> {
    if (personId === null) return [];
    const { manager } = this.database;
    const person = await this.persons.find(manager, personId);
    if (!person) return [];
    const number = this.persons.identityNumberOf(person);
    const facts = await this.facts.history(manager, personId);
    const reasons = await this.reasons.ofPerson(manager, personId);
    return [
      {
        record: 'person',
        name: person.name,
        identityType: person.identityType,
        // Not in clear: it is asked for to tell its owner from whoever found their phone, who may export as well.
        identityNumber: number === null ? null : hideIdentityNumber(number),
        phone: this.persons.phoneOf(person),
        birthDate: person.birthDate,
        sex: person.sex,
        nationality: person.nationality,
        zoneCode: person.zoneCode,
        verifiedAt: person.verifiedAt?.toISOString() ?? null,
      },
      ...facts.map((fact) => ({
        record: 'fact',
        kind: fact.kind,
        value: JSON.parse(fact.value) as unknown,
        source: fact.source,
        observedAt: fact.observedAt.toISOString(),
        supersededAt: fact.supersededAt?.toISOString() ?? null,
      })),
      ...reasons.map((reason) => ({
        record: 'staff-access',
        action: reason.action,
        reason: reason.reason,
        at: reason.createdAt.toISOString(),
      })),
    ];
  }

  private async erase(tx: Tx, personId: string | null): Promise<void> {
    // Whoever records a fact has the person's turn, and is waited for.
    if (personId === null || !(await this.persons.lock(tx, personId))) return;
    await this.facts.erase(tx, personId);
    await this.reasons.erase(tx, personId);
    await this.persons.erase(tx, personId);
  }
}
