import type { Me } from '@talent-card/shared/accounts/schema';

export type PersonDescription = NonNullable<Me['person']>;

/**
 * What `/me` shows of a proven person. The platform knows no persons: `core/people` implements this and provides it
 * from its module as `{ provide: PersonDirectory, useExisting: … }`.
 */
export abstract class PersonDirectory {
  /** The number comes masked. @throws Error when there is no such person */
  abstract describe(personId: string): Promise<PersonDescription>;
}
