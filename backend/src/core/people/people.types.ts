import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { Fact, FactKind, FactSource, FactValue } from '@talent-card/shared/people/schema';
import type { IdentityType } from '@talent-card/shared/validators/identity-document';

/** Everything that rules may know of a person, read at one moment. */
export interface PersonSnapshot {
  readonly person: {
    readonly personId: string;
    readonly name: string;
    readonly identityType: IdentityType;
    /** `YYYY-MM-DD`, null where the document does not carry it and nobody said. */
    readonly birthDate: string | null;
    readonly sex: 'male' | 'female' | null;
    /** ISO 3166-1 alpha-3. */
    readonly nationality: string | null;
    readonly zoneCode: ZoneCode | null;
  };
  /** Newest observation first. */
  readonly facts: Fact[];
}

/** A fact on its way into the books. */
export interface NewFact<K extends FactKind = FactKind> {
  readonly kind: K;
  readonly value: FactValue<K>;
  readonly source: FactSource;
  /** When the source said so; the moment of the transaction where left out. */
  readonly observedAt?: Date;
  readonly proofFileId?: string | null;
}
