import { Injectable } from '@nestjs/common';
import type { RealNameInput } from '@talent-card/shared/accounts/schema';
import { checkIdentityNumber } from '@talent-card/shared/validators/identity-document';
import { isRealDate, residentIdBirthDate, residentIdSex } from '@talent-card/shared/validators/resident-id';
import { checkPersonName } from '@talent-card/shared/validators/text';
import { Accounts } from '../../../platform/accounts/accounts.js';
import { CitizenUnits } from '../../../platform/accounts/citizen-units.js';
import { Consents } from '../../../platform/accounts/consents.js';
import type { CitizenPrincipal, PersonPrincipal } from '../../../platform/accounts/principal.js';
import { AuditTrail } from '../../../platform/audit/audit-trail.js';
import { Clock } from '../../../platform/clock/clock.js';
import { serviceDate } from '../../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../../platform/database/database.module.js';
import { IdempotencyStore } from '../../../platform/database/idempotency-store.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';
import { IdentityIndex } from '../identity-index.js';
import { type ConfirmedIdentity, PersonsRepository } from '../persons/persons.repository.js';
import { type ClaimedIdentity, type IdentityVerdict, IdentityVerifier } from './identity-verifier.js';
import { RealNameTryCounter } from './real-name-tries.js';

/** What a feature does in the transaction that proves a name, such as issuing the card that the roster promises. */
export type OnProved = (tx: Tx, person: PersonPrincipal) => Promise<void>;

/**
 * Binds a signed-in account to the person it says it is. Before the authority has said yes the talent roster is never
 * looked at, so that neither a refusal nor its timing tells whether somebody is listed.
 */
@Injectable()
export class RealNameProof {
  private readonly provedHandlers: OnProved[] = [];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
    private readonly kept: IdempotencyStore,
    private readonly verifier: IdentityVerifier,
    private readonly tries: RealNameTryCounter,
    private readonly persons: PersonsRepository,
    private readonly identityIndex: IdentityIndex,
    private readonly accounts: Accounts,
    private readonly consents: Consents,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  onProved(handler: OnProved): void {
    this.provedHandlers.push(handler);
  }

  /**
   * Proves name and document with the authority and binds the person.
   *
   * @throws DomainError REAL_NAME_NOT_FOUND, REAL_NAME_MISMATCH, REAL_NAME_TOO_MANY_TRIES,
   *   REAL_NAME_BOUND_ELSEWHERE, REAL_NAME_ALREADY_PROVED, CONSENT_VERSION_OUTDATED, UPSTREAM_UNAVAILABLE,
   *   VALIDATION_FAILED
   */
  async prove(
    citizen: CitizenPrincipal,
    input: RealNameInput,
    idempotency: IdempotencyContext,
  ): Promise<{ personId: string }> {
    // A repeated key gets its first answer before a try is spent or the authority is asked again.
    const before = await this.kept.find<{ personId: string }>(this.database.manager, idempotency);
    if (before) return before.answer();
    if (citizen.personId !== null) throw new DomainError('REAL_NAME_ALREADY_PROVED');
    this.consents.assertCurrent('real-name', input.consentVersion);
    const claimed = this.clean(input);

    const subjects = [
      `a:${citizen.accountId}`,
      `d:${this.identityIndex.of(claimed.identityType, claimed.identityNumber)}`,
    ];
    await this.units.run(citizen, async (tx) => {
      // The count first: its row makes parallel calls of one account wait for each other.
      await this.tries.spend(tx, subjects);
      await this.consents.grant(tx, citizen.accountId, 'real-name', input.consentVersion);
    });
    const verdict = await this.ask(claimed, subjects);
    return this.units.run(
      citizen,
      async (tx) => {
        if (verdict === 'not-found') throw new DomainError('REAL_NAME_NOT_FOUND');
        if (verdict === 'mismatch') throw new DomainError('REAL_NAME_MISMATCH');
        const person = await this.persons.confirm(tx, this.confirmed(claimed));
        await this.accounts.bindPerson(tx, citizen.accountId, person.id);
        await this.audit.record(tx, citizen, {
          action: 'people.prove-real-name',
          objectType: 'person',
          objectId: person.id,
          fields: ['name', 'identityNumber'],
        });
        for (const handler of this.provedHandlers) await handler(tx, { ...citizen, personId: person.id });
        return { personId: person.id };
      },
      { idempotency },
    );
  }

  /** @throws DomainError UPSTREAM_UNAVAILABLE, after giving the try back: it told nobody anything */
  private async ask(claimed: ClaimedIdentity, subjects: readonly string[]): Promise<IdentityVerdict> {
    try {
      return await this.verifier.verify(claimed);
    } catch (error) {
      await this.unitOfWork.run((tx) => this.tries.giveBack(tx, subjects));
      throw error;
    }
  }

  private clean(input: RealNameInput): ClaimedIdentity {
    const name = checkPersonName(input.name);
    const number = checkIdentityNumber(input.identityType, input.identityNumber);
    const problems = [
      ...(name.ok ? [] : [{ path: 'name', code: name.problem }]),
      ...(number.ok ? [] : [{ path: 'identityNumber', code: number.problem }]),
    ];
    const inNumber =
      number.ok && /^\d{17}[\dX]$/.test(number.value) ? residentIdBirthDate(number.value) : null;
    const birthDate = inNumber ?? input.birthDate ?? null;
    if (input.identityType !== 'resident-id') {
      if (birthDate === null) problems.push({ path: 'birthDate', code: 'REQUIRED' });
      else if (!isRealDate(birthDate)) problems.push({ path: 'birthDate', code: 'DATE_INVALID' });
      else if (birthDate > serviceDate(this.clock.now()))
        problems.push({ path: 'birthDate', code: 'DATE_IN_FUTURE' });
      if (!input.nationality) problems.push({ path: 'nationality', code: 'REQUIRED' });
    }
    if (problems.length > 0 || !name.ok || !number.ok) throw fieldError(...problems);
    return {
      name: input.identityType === 'resident-id' ? name.value : name.value.toUpperCase(),
      identityType: input.identityType,
      identityNumber: number.value,
      birthDate,
      nationality: input.identityType === 'resident-id' ? 'CHN' : (input.nationality ?? null),
    };
  }

  private confirmed(claimed: ClaimedIdentity): ConfirmedIdentity {
    const carriesSex = /^\d{17}[\dX]$/.test(claimed.identityNumber);
    return { ...claimed, sex: carriesSex ? residentIdSex(claimed.identityNumber) : null };
  }
}
