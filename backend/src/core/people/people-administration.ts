import { Injectable } from '@nestjs/common';
import { CITY_ZONE } from '@talent-card/shared/accounts/districts';
import type { Fact, IdentityReveal, PersonDetail, recordFactSchema } from '@talent-card/shared/people/schema';
import type * as z from 'zod';
import { Accounts } from '../../platform/accounts/accounts.js';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { Files } from '../../platform/files/files.js';
import { maskPhone } from './masking.js';
import { People } from './people.service.js';
import type { NewFact } from './people.types.js';
import type { Person } from './persons/person.entity.js';
import { PersonsRepository } from './persons/persons.repository.js';
import { StaffReasons } from './persons/staff-reasons.js';

/** What staff do with a person. Whoever is not in their district does not exist for them. */
@Injectable()
export class PeopleAdministration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly people: People,
    private readonly persons: PersonsRepository,
    private readonly accounts: Accounts,
    private readonly files: Files,
    private readonly reasons: StaffReasons,
    private readonly audit: AuditTrail,
  ) {}

  /** Numbers masked. @throws DomainError NOT_FOUND */
  async detail(staff: StaffPrincipal, personId: string): Promise<PersonDetail> {
    const { manager } = this.database;
    const person = await this.visible(staff, personId);
    const { facts } = await this.people.snapshot(manager, personId);
    const phone = this.persons.phoneOf(person);
    return {
      ...this.people.summaryOf(person),
      zoneCode: await this.people.zoneOf(manager, person),
      name: person.name,
      birthDate: person.birthDate,
      nationality: person.nationality,
      maskedPhone: phone === null ? null : maskPhone(phone),
      signedIn: (await this.accounts.accountOfPerson(manager, personId)) !== null,
      facts,
    };
  }

  /**
   * Identity number and phone in clear. That it was read is an audit entry, which holds no text; the reason is kept
   * beside it.
   *
   * @throws DomainError NOT_FOUND
   */
  async revealIdentity(
    staff: StaffPrincipal,
    personId: string,
    reason: string,
    requestId: string,
  ): Promise<IdentityReveal> {
    await this.visible(staff, personId);
    return this.unitOfWork.run(async (tx) => {
      const person = await this.inTurn(tx, personId);
      const identityNumber = this.persons.identityNumberOf(person);
      if (identityNumber === null) throw new DomainError('NOT_FOUND');
      await this.reasons.keep(tx, staff, personId, 'reveal-identity', reason);
      await this.audit.record(tx, staff, {
        action: 'people.reveal-identity',
        objectType: 'person',
        objectId: personId,
        fields: ['identityNumber', 'phone'],
        requestId,
      });
      return { identityNumber, phone: this.persons.phoneOf(person) };
    });
  }

  /**
   * Keeps what a window saw on paper, with its proof where there is one.
   *
   * @throws DomainError NOT_FOUND, VALIDATION_FAILED
   */
  async recordFact(
    staff: StaffPrincipal,
    personId: string,
    body: z.infer<typeof recordFactSchema>,
    idempotency: IdempotencyContext,
  ): Promise<Fact> {
    if (body.kind === 'roster-entry') throw fieldError({ path: 'kind', code: 'NOT_ALLOWED' });
    await this.visible(staff, personId);
    return this.unitOfWork.run(
      async (tx) => {
        await this.useProof(tx, personId, body.proofFileId);
        const fact = await this.people.recordFact(tx, personId, {
          kind: body.kind,
          // `recordFact` holds the value against the schema of its kind.
          value: body.value as NewFact['value'],
          source: 'window',
          proofFileId: body.proofFileId ?? null,
        });
        await this.audit.record(tx, staff, {
          action: 'people.record-fact',
          objectType: 'person',
          objectId: personId,
          fields: [body.kind],
        });
        return fact;
      },
      { idempotency },
    );
  }

  /** Takes the WeChat account off the person and ends its sessions. @throws DomainError NOT_FOUND */
  async unbind(
    staff: StaffPrincipal,
    personId: string,
    reason: string,
    idempotency: IdempotencyContext,
  ): Promise<void> {
    await this.visible(staff, personId);
    await this.unitOfWork.run(
      async (tx) => {
        const accountId = await this.accounts.accountOfPerson(tx.manager, personId);
        // The account before the person. One that is erased meanwhile takes the person along, who is asked for next.
        if (accountId !== null) await this.accounts.hasTurn(tx, accountId);
        await this.inTurn(tx, personId);
        await this.reasons.keep(tx, staff, personId, 'unbind', reason);
        await this.accounts.unbindPerson(tx, personId);
        await this.audit.record(tx, staff, {
          action: 'people.unbind',
          objectType: 'person',
          objectId: personId,
        });
        return null;
      },
      { idempotency },
    );
  }

  /** @throws DomainError NOT_FOUND */
  async visible(staff: StaffPrincipal, personId: string): Promise<Person> {
    const { manager } = this.database;
    const person = await this.persons.find(manager, personId);
    if (!person || person.erasedAt !== null) throw new DomainError('NOT_FOUND');
    if (staff.zoneCode === CITY_ZONE) return person;
    if (await this.people.isVisible(manager, personId, staff.zoneCode)) return person;
    throw new DomainError('NOT_FOUND');
  }

  /** Whoever writes of somebody and the erasure wait for each other here. @throws DomainError NOT_FOUND */
  private async inTurn(tx: Tx, personId: string): Promise<Person> {
    await this.people.lock(tx, personId);
    const person = await this.persons.find(tx.manager, personId);
    if (!person) throw new DomainError('NOT_FOUND');
    return person;
  }

  /** A proof is a file of the person. One that hangs on nothing yet stays with them from now on. */
  private async useProof(tx: Tx, personId: string, fileId: string | undefined): Promise<void> {
    if (fileId === undefined) return;
    try {
      await this.files.attachable(tx.manager, fileId, personId);
    } catch (error) {
      if (error instanceof DomainError) throw fieldError({ path: 'proofFileId', code: 'NOT_ALLOWED' });
      throw error;
    }
    await this.files
      .attach(tx, [fileId], personId, { type: 'person', id: personId })
      .catch((error: unknown) => {
        // Part of an application already, which keeps it.
        if (!(error instanceof DomainError)) throw error;
      });
  }
}
