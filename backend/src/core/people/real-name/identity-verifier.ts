import type { IdentityType } from '@talent-card/shared/validators/identity-document';
import { DomainError } from '../../../platform/errors/domain-error.js';

/** What somebody says of themselves, cleaned by the validators of the contract. */
export interface ClaimedIdentity {
  readonly name: string;
  readonly identityType: IdentityType;
  readonly identityNumber: string;
  /** `YYYY-MM-DD`; in resident numbers already, asked for with passports. */
  readonly birthDate: string | null;
  /** ISO 3166-1 alpha-3. */
  readonly nationality: string | null;
}

export type IdentityVerdict =
  /** The document exists and carries this name. */
  | 'match'
  /** The document exists and carries another name or birth date. */
  | 'mismatch'
  /** The registry does not know the document. */
  | 'not-found';

/** Asks the authority whether a name belongs to a document. Never called inside a transaction. */
export abstract class IdentityVerifier {
  /** @throws DomainError UPSTREAM_UNAVAILABLE when the authority does not answer in time or not in a known way */
  abstract verify(identity: ClaimedIdentity): Promise<IdentityVerdict>;
}

/** Stands where no authority is set up: nobody can prove anything, and nobody is told that they are wrong. */
export class AbsentIdentityVerifier extends IdentityVerifier {
  async verify(): Promise<IdentityVerdict> {
    throw new DomainError('UPSTREAM_UNAVAILABLE');
  }
}
