import type { FactKind, FactValue } from '@talent-card/shared/people/schema';
import type { IdentityType } from '@talent-card/shared/validators/identity-document';

/** Whom a registry is asked about. */
export interface DataSubject {
  readonly name: string;
  readonly identityType: IdentityType;
  readonly identityNumber: string;
}

/** What a registry says, in the shape of our facts. */
export interface RegistryFact<K extends FactKind = FactKind> {
  readonly kind: K;
  readonly value: FactValue<K>;
}

/**
 * A registry that is asked about a person, never inside a transaction. An empty answer means that it knows nothing of
 * them.
 */
export interface DataSource<K extends FactKind> {
  /** @throws DomainError UPSTREAM_UNAVAILABLE when it does not answer in time or not in a known way */
  match(subject: DataSubject): Promise<RegistryFact<K>[]>;
}

/** 学信网: degrees. */
export abstract class EducationRegistry implements DataSource<'degree'> {
  abstract match(subject: DataSubject): Promise<RegistryFact<'degree'>[]>;
}

/** 社保: who employs somebody, since when. */
export abstract class SocialInsurance implements DataSource<'employment'> {
  abstract match(subject: DataSubject): Promise<RegistryFact<'employment'>[]>;
}

/** 工商: companies that somebody stands behind. */
export abstract class BusinessRegistry implements DataSource<'business'> {
  abstract match(subject: DataSubject): Promise<RegistryFact<'business'>[]>;
}
