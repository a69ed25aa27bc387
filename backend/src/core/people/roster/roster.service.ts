import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { visibleZones, type ZoneCode } from '@talent-card/shared/accounts/districts';
import type { Page } from '@talent-card/shared/common/schema';
import type { Fact, FactKind, RosterEntry, RosterQuery } from '@talent-card/shared/people/schema';
import { checkIdentityNumber, IDENTITY_TYPES } from '@talent-card/shared/validators/identity-document';
import { maskName, toHalfWidth } from '@talent-card/shared/validators/text';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock.js';
import { serviceDate } from '../../../platform/clock/shanghai.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { IdentityIndex } from '../identity-index.js';
import { maskIdentityNumber } from '../masking.js';
import type { Person } from '../persons/person.entity.js';
import { PersonsRepository } from '../persons/persons.repository.js';
import { foldedText } from './import/cells.js';
import { programmeLevel } from './programme-level.js';
import type { RosterCandidate, RosterComparison, RosterMatch } from './roster.types.js';
import { RosterEntriesRepository } from './roster-entries.repository.js';
import type { RosterEntryRow } from './roster-entry.entity.js';

const CANDIDATES_LIMIT = 20;

/** An id for something that is read out of an entry and has no row of its own: stable, and shaped like any other. */
function derivedId(entryId: string, kind: FactKind): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const digest = createHash('sha256').update(`${entryId}\0${kind}`).digest();
  return Array.from({ length: 26 }, (_, i) => alphabet.charAt((digest[i] ?? 0) % 32)).join('');
}

/** What one entry says, as facts. */
function factsOfEntry(row: RosterEntryRow): Fact[] {
  const fact = (kind: FactKind, value: Record<string, unknown>, factId: string): Fact => ({
    factId,
    kind,
    value,
    source: 'roster',
    observedAt: row.createdAt.toISOString(),
    proofFileId: null,
  });
  const facts = [
    fact('roster-entry', { entryId: row.id, category: row.category, validUntil: row.validUntil }, row.id),
  ];
  if (row.provincialCardNumber) {
    const value = { number: row.provincialCardNumber, validUntil: row.validUntil };
    facts.push(fact('provincial-card', value, derivedId(row.id, 'provincial-card')));
  }
  if (row.programme) {
    const value = {
      name: row.programme,
      level: programmeLevel(row.programme),
      year: null,
      documentNumber: row.documentNumber,
    };
    facts.push(fact('programme', value, derivedId(row.id, 'programme')));
  }
  return facts;
}

/** The talent roster (人才库): who is listed for which category of the card. */
@Injectable()
export class Roster {
  constructor(
    private readonly entries: RosterEntriesRepository,
    private readonly persons: PersonsRepository,
    private readonly identityIndex: IdentityIndex,
    private readonly clock: Clock,
  ) {}

  /**
   * Entries that name exactly this person (same document, same name), active and not run out today, by category.
   *
   * @throws DomainError NOT_FOUND when there is no such person
   */
  async exactMatches(manager: EntityManager, personId: string): Promise<RosterMatch[]> {
    const today = serviceDate(this.clock.now());
    const rows = await this.namesakes(manager, await this.person(manager, personId));
    return rows
      .filter((row) => row.validUntil === null || row.validUntil >= today)
      .map((row) => ({
        entryId: row.id,
        category: row.category,
        cardClass: row.cardClass,
        zoneCode: row.zoneCode,
        programme: row.programme,
        documentNumber: row.documentNumber,
        provincialCardNumber: row.provincialCardNumber,
        employer: row.employer,
        validUntil: row.validUntil,
      }));
  }

  /**
   * Active entries that may mean the person, for a window to compare: same document under another name, or the same
   * name under another document. Those that agree most come first.
   *
   * @throws DomainError NOT_FOUND when there is no such person
   */
  async candidates(
    manager: EntityManager,
    personId: string,
    form: RosterComparison,
  ): Promise<RosterCandidate[]> {
    const person = await this.person(manager, personId);
    const found = new Map<string, RosterEntryRow>();
    const sameDocument = person.identityIndex
      ? await this.entries.activeOf(manager, person.identityIndex)
      : [];
    const sameName = await this.entries.activeNamed(manager, person.name, CANDIDATES_LIMIT);
    for (const row of [...sameDocument, ...sameName]) found.set(row.id, row);
    const same = (a: string | null | undefined, b: string | null): boolean =>
      Boolean(a && b && toHalfWidth(a).toUpperCase() === toHalfWidth(b).toUpperCase());
    const candidates = [...found.values()].map((row) => ({
      entry: this.present(row),
      agrees: {
        identity: row.identityIndex === person.identityIndex,
        name: row.name === person.name,
        category: row.category === form.category,
        employer: same(form.employer, row.employer),
        programme: same(form.programme, row.programme),
        provincialCard: same(form.provincialCardNumber, row.provincialCardNumber),
      },
    }));
    const weight = ({ agrees }: RosterCandidate): number =>
      (agrees.identity ? 8 : 0) + Object.values(agrees).filter(Boolean).length;
    return candidates.sort((a, b) => weight(b) - weight(a)).slice(0, CANDIDATES_LIMIT);
  }

  /**
   * Notes that a card is issued because of an entry, in the transaction that issues it; from then on its import
   * cannot be undone. The entry's district becomes the holder's where none is known.
   *
   * @throws DomainError STALE_VERSION when the entry is not active any more or its import is being undone
   */
  async markUsed(tx: Tx, entryId: string): Promise<void> {
    const entry = await this.entries.find(tx.manager, entryId);
    if (!entry) throw new DomainError('NOT_FOUND');
    if (!(await this.entries.markUsed(tx, entry))) throw new DomainError('STALE_VERSION');
    const person = await this.persons.findByIdentity(tx.manager, entry.identityType, entry.identityIndex);
    if (person && person.zoneCode === null) await this.persons.setZone(tx, person.id, entry.zoneCode);
  }

  /** The list as staff posted to `staffZone` see it, newest first. */
  async list(manager: EntityManager, query: RosterQuery, staffZone: ZoneCode): Promise<Page<RosterEntry>> {
    const visible = visibleZones(staffZone);
    const zones = query.zoneCode ? visible.filter((zone) => zone === query.zoneCode) : visible;
    if (zones.length === 0) return { items: [], nextCursor: null };
    const text = query.q === undefined ? '' : foldedText(query.q).replace(/[\\%_]/g, '');
    if (query.q && text === '') return { items: [], nextCursor: null };
    const filter = {
      zones,
      text: text === '' ? undefined : text,
      identityIndexes: text === '' ? [] : this.identityIndexesOf(text),
      category: query.category,
      batchId: query.batchId,
    };
    const { cursor, limit } = query;
    const page = await this.entries.page(manager, filter, { cursor, limit: Number(limit ?? 20) });
    return { items: page.items.map((row) => this.present(row)), nextCursor: page.nextCursor };
  }

  /** What the entries that name exactly this person say, as facts. They are read, not recorded: an undo takes them back. */
  async factsOf(manager: EntityManager, person: Person): Promise<Fact[]> {
    return (await this.namesakes(manager, person)).flatMap(factsOfEntry);
  }

  /** Facts and district of many people in one statement; people whom no entry names are left out. */
  async factsOfMany(
    manager: EntityManager,
    persons: readonly Person[],
  ): Promise<Map<string, { facts: Fact[]; zoneCode: ZoneCode }>> {
    const byIndex = new Map(persons.map((person) => [person.identityIndex, person]));
    const indexes = [...byIndex.keys()].filter((index) => index !== null);
    const found = new Map<string, { facts: Fact[]; zoneCode: ZoneCode }>();
    for (const row of await this.entries.activeOfMany(manager, indexes)) {
      const person = byIndex.get(row.identityIndex);
      if (!person || row.name !== person.name || row.identityType !== person.identityType) continue;
      const known = found.get(person.id);
      if (known) known.facts.push(...factsOfEntry(row));
      else found.set(person.id, { facts: factsOfEntry(row), zoneCode: row.zoneCode });
    }
    return found;
  }

  /** District of the entries that name exactly this person; null where there is none. */
  async zoneOf(manager: EntityManager, person: Person): Promise<ZoneCode | null> {
    const rows = await this.namesakes(manager, person);
    return rows[0]?.zoneCode ?? null;
  }

  private present(row: RosterEntryRow): RosterEntry {
    return {
      entryId: row.id,
      maskedName: maskName(row.name),
      identityType: row.identityType,
      maskedIdentityNumber: maskIdentityNumber(this.entries.identityNumberOf(row)),
      category: row.category,
      programme: row.programme,
      documentNumber: row.documentNumber,
      employer: row.employer,
      zoneCode: row.zoneCode,
      cardClass: row.cardClass,
      validUntil: row.validUntil,
      batchId: row.batchId,
      status: row.status,
      used: row.usedAt !== null,
      createdAt: row.createdAt.toISOString(),
    };
  }

  private async namesakes(manager: EntityManager, person: Person): Promise<RosterEntryRow[]> {
    if (person.identityIndex === null) return [];
    const rows = await this.entries.activeOf(manager, person.identityIndex);
    return rows.filter((row) => row.name === person.name && row.identityType === person.identityType);
  }

  private async person(manager: EntityManager, personId: string): Promise<Person> {
    const person = await this.persons.find(manager, personId);
    if (!person || person.erasedAt !== null) throw new DomainError('NOT_FOUND');
    return person;
  }

  private identityIndexesOf(text: string): string[] {
    return IDENTITY_TYPES.flatMap((type) => {
      const number = checkIdentityNumber(type, text);
      return number.ok ? [this.identityIndex.of(type, number.value)] : [];
    });
  }
}
