import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Fact, FactKind, FactSource } from '@talent-card/shared/people/schema';
import type { EntityManager } from 'typeorm';
import { In, IsNull } from 'typeorm';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { PersonFact } from './person-fact.entity.js';

/** What a fact of each kind is about: a newer word on the same thing supersedes the older one. */
const SUBJECT_FIELDS: Record<FactKind, readonly string[]> = {
  degree: ['level', 'school'],
  employment: ['employer'],
  business: ['creditCode', 'role'],
  'provincial-card': [],
  programme: ['name'],
  'roster-entry': ['entryId'],
};

function factKeyOf(kind: FactKind, source: FactSource, value: Record<string, unknown>): string {
  const subject = SUBJECT_FIELDS[kind].map((field) => String(value[field] ?? ''));
  return createHash('sha256')
    .update([kind, source, ...subject].join('\0'))
    .digest('base64url');
}

export interface FactRow {
  readonly kind: FactKind;
  readonly value: Record<string, unknown>;
  readonly source: FactSource;
  readonly observedAt: Date;
  readonly proofFileId: string | null;
}

const factOf = (row: PersonFact): Fact => ({
  factId: row.id,
  kind: row.kind,
  value: JSON.parse(row.value) as Record<string, unknown>,
  source: row.source,
  observedAt: row.observedAt.toISOString(),
  proofFileId: row.proofFileId,
});

/** The only SQL of `person_facts`. */
@Injectable()
export class FactsRepository {
  /** Current facts of a person, newest observation first. */
  async current(manager: EntityManager, personId: string): Promise<Fact[]> {
    const rows = await manager.find(PersonFact, {
      where: { personId, supersededAt: IsNull() },
      order: { observedAt: 'DESC', id: 'DESC' },
    });
    return rows.map(factOf);
  }

  /** The same of many people in one statement. */
  async currentOf(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, Fact[]>> {
    const facts = new Map<string, Fact[]>(personIds.map((id) => [id, []]));
    if (personIds.length === 0) return facts;
    const rows = await manager.find(PersonFact, {
      where: { personId: In([...personIds]), supersededAt: IsNull() },
      order: { observedAt: 'DESC', id: 'DESC' },
    });
    for (const row of rows) facts.get(row.personId)?.push(factOf(row));
    return facts;
  }

  /**
   * Writes a fact and supersedes what the same source said of the same thing. The person's row must be locked by the
   * caller: two writers of one person would else meet at the unique key.
   */
  async record(tx: Tx, personId: string, fact: FactRow): Promise<Fact> {
    const factKey = factKeyOf(fact.kind, fact.source, fact.value);
    await tx.manager.update(
      PersonFact,
      { personId, factKey, supersededAt: IsNull() },
      { supersededAt: tx.now },
    );
    const id = newId(tx.now);
    await tx.manager.insert(PersonFact, {
      id,
      personId,
      kind: fact.kind,
      value: JSON.stringify(fact.value),
      source: fact.source,
      observedAt: fact.observedAt,
      proofFileId: fact.proofFileId,
      factKey,
      supersededAt: null,
      createdAt: tx.now,
    });
    return {
      factId: id,
      kind: fact.kind,
      value: fact.value,
      source: fact.source,
      observedAt: fact.observedAt.toISOString(),
      proofFileId: fact.proofFileId,
    };
  }

  /** Everything ever recorded of a person, superseded words included: for the person's own export. */
  history(manager: EntityManager, personId: string): Promise<PersonFact[]> {
    return manager.find(PersonFact, { where: { personId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  async erase(tx: Tx, personId: string): Promise<void> {
    await tx.manager.delete(PersonFact, { personId });
  }
}
