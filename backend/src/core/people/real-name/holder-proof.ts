import { Injectable } from '@nestjs/common';
import { checkIdentityNumber } from '@talent-card/shared/validators/identity-document';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';
import { IdentityIndex } from '../identity-index.js';
import { PersonsRepository } from '../persons/persons.repository.js';
import { RealNameTryCounter } from './real-name-tries.js';

/** What became of one try. */
export interface HolderTry {
  readonly right: boolean;
  /** Wrong tries that the person has left today, where this was one. */
  readonly triesLeft: number;
}

/**
 * Whether whoever holds the phone also knows the number of the document that its owner proved their name with: a phone
 * found unlocked signs in as its owner, but shows their number nowhere (docs/decisions/0104).
 */
@Injectable()
export class HolderProof {
  constructor(
    private readonly persons: PersonsRepository,
    private readonly identityIndex: IdentityIndex,
    private readonly tries: RealNameTryCounter,
  ) {}

  /**
   * Compares by the blind index of the person's row. A wrong try is spent in `tx`: the caller must let the unit commit
   * and refuse after it. A right one costs nothing, nor does a number that cannot be one.
   *
   * @throws DomainError IDENTITY_NUMBER_TOO_MANY_TRIES, also for the right number; VALIDATION_FAILED at
   *   `identityNumber`; NOT_FOUND for somebody erased
   */
  async check(tx: Tx, personId: string, identityNumber: string): Promise<HolderTry> {
    const person = await this.persons.find(tx.manager, personId);
    if (!person || person.identityIndex === null) throw new DomainError('NOT_FOUND');
    const { identityType } = person;
    const number = checkIdentityNumber(identityType, identityNumber);
    if (!number.ok) throw fieldError({ path: 'identityNumber', code: number.problem });
    const subject = `p:${personId}`;
    // The count first: its row makes tries at the same moment wait for each other.
    await this.tries.spend(tx, [subject], 'IDENTITY_NUMBER_TOO_MANY_TRIES');
    const ofMonth = await this.tries.assertFew(tx, subject, 'IDENTITY_NUMBER_TOO_MANY_TRIES');
    const triesLeft = Math.min(await this.tries.left(tx, subject), ofMonth);
    const right = this.identityIndex.of(identityType, number.value) === person.identityIndex;
    if (right) await this.tries.giveBack(tx, [subject]);
    return { right, triesLeft };
  }
}
