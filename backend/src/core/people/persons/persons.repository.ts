import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { IdentityType } from '@talent-card/shared/validators/identity-document';
import { type EntityManager, In, IsNull, Like, Not } from 'typeorm';
import { FieldCipher } from '../../../platform/crypto/field-cipher.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { IdentityIndex } from '../identity-index.js';
import { Person } from './person.entity.js';

export const NUMBER_PURPOSE = 'persons.identity-number';
export const PHONE_PURPOSE = 'persons.phone';
/** People that one statement locks. */
const LOCKED_AT_ONCE = 25;
/** What stands for the name once the person had their data erased. */
const ERASED_NAME = '已删除';

/** An identity as an authority confirmed it. */
export interface ConfirmedIdentity {
  readonly name: string;
  readonly identityType: IdentityType;
  /** Cleaned by `checkIdentityNumber`. */
  readonly identityNumber: string;
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | null;
  readonly nationality: string | null;
}

/** The only SQL of `persons`, and the only place that opens its encrypted columns. */
@Injectable()
export class PersonsRepository {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly identityIndex: IdentityIndex,
  ) {}

  find(manager: EntityManager, personId: string): Promise<Person | null> {
    return manager.findOneBy(Person, { id: personId });
  }

  async findMany(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, Person>> {
    if (personIds.length === 0) return new Map();
    const rows = await manager.findBy(Person, { id: In([...new Set(personIds)]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  findByIdentity(
    manager: EntityManager,
    identityType: IdentityType,
    identityIndex: string,
  ): Promise<Person | null> {
    return manager.findOneBy(Person, { identityType, identityIndex });
  }

  /**
   * The person of a document, made if need be, in one statement: of two accounts that prove one document at once, the
   * second waits for the first and then finds its row.
   */
  async confirm(tx: Tx, identity: ConfirmedIdentity): Promise<Person> {
    const identityIndex = this.identityIndex.of(identity.identityType, identity.identityNumber);
    const { identityNumber, ...plain } = identity;
    const query = tx.manager
      .createQueryBuilder()
      .insert()
      .into(Person)
      .values({
        ...plain,
        id: newId(tx.now),
        identityNumber: this.cipher.encrypt(NUMBER_PURPOSE, identityNumber),
        identityIndex,
        phone: null,
        zoneCode: null,
        verifiedAt: tx.now,
        erasedAt: null,
        createdAt: tx.now,
        updatedAt: tx.now,
      })
      .updateEntity(false);
    await query
      .orUpdate(
        ['name', 'birthDate', 'sex', 'nationality', 'verifiedAt', 'updatedAt'],
        ['identityType', 'identityIndex'],
      )
      .execute();
    const person = await this.findByIdentity(tx.manager, identity.identityType, identityIndex);
    if (!person) throw new Error('the person just confirmed is not there');
    return person;
  }

  /**
   * Locks the person's row for the rest of the transaction by writing it: a write is what collides on Galera too,
   * and SQLite has one writer anyway. False when there is no such person, or they were erased.
   */
  async lock(tx: Tx, personId: string): Promise<boolean> {
    const locked = await tx.manager.update(
      Person,
      { id: personId, erasedAt: IsNull() },
      { updatedAt: tx.now },
    );
    return locked.affected === 1;
  }

  /** As `lock`, for many by few statements, in the order of their ids. Answers who of them was erased. */
  async lockMany(tx: Tx, personIds: readonly string[]): Promise<Set<string>> {
    const ids = [...new Set(personIds)].sort();
    const erased = new Set<string>();
    for (let at = 0; at < ids.length; at += LOCKED_AT_ONCE) {
      const some = ids.slice(at, at + LOCKED_AT_ONCE);
      // Filled up by repeating the last: SQLite's side keeps a statement of every length.
      const list = In(Array.from({ length: LOCKED_AT_ONCE }, (_, i) => some[i] ?? some.at(-1)));
      const { affected } = await tx.manager.update(
        Person,
        { id: list, erasedAt: IsNull() },
        { updatedAt: tx.now },
      );
      if (affected === some.length) continue;
      const gone = await tx.manager.find(Person, {
        select: { id: true },
        where: { id: list, erasedAt: Not(IsNull()) },
      });
      for (const { id } of gone) erased.add(id);
    }
    return erased;
  }

  async setZone(tx: Tx, personId: string, zoneCode: ZoneCode): Promise<void> {
    await tx.manager.update(Person, { id: personId, erasedAt: IsNull() }, { zoneCode, updatedAt: tx.now });
  }

  async setPhone(tx: Tx, personId: string, phone: string): Promise<void> {
    await tx.manager.update(
      Person,
      { id: personId, erasedAt: IsNull() },
      { phone: this.cipher.encrypt(PHONE_PURPOSE, phone), updatedAt: tx.now },
    );
  }

  /** Ids of people whose name begins with the text or whose document has the whole number; at most `limit`. */
  async search(manager: EntityManager, text: string, indexes: string[], limit: number): Promise<string[]> {
    const beginning = text.replace(/[\\%_]/g, '').trim();
    if (beginning === '') return [];
    const rows = await manager.find(Person, {
      select: { id: true },
      where: [
        { name: Like(`${beginning}%`), erasedAt: IsNull() },
        ...(indexes.length > 0 ? [{ identityIndex: In(indexes) }] : []),
      ],
      order: { id: 'DESC' },
      take: limit,
    });
    return rows.map((row) => row.id);
  }

  identityNumberOf(person: Person): string | null {
    return person.identityNumber === null ? null : this.cipher.decrypt(NUMBER_PURPOSE, person.identityNumber);
  }

  phoneOf(person: Person): string | null {
    return person.phone === null ? null : this.cipher.decrypt(PHONE_PURPOSE, person.phone);
  }

  /** Takes everything that identifies from the row; the row stays for the cards and cases that point to it. */
  async erase(tx: Tx, personId: string): Promise<void> {
    await tx.manager.update(
      Person,
      { id: personId },
      {
        name: ERASED_NAME,
        identityNumber: null,
        identityIndex: null,
        birthDate: null,
        sex: null,
        nationality: null,
        phone: null,
        erasedAt: tx.now,
        updatedAt: tx.now,
      },
    );
  }
}
