import type { EntityManager } from 'typeorm';

/**
 * Which venues exist, for postings of staff. The platform knows no venues: `features/venues` implements this and
 * provides it from its module as `{ provide: VenueDirectory, useExisting: … }`.
 */
export abstract class VenueDirectory {
  /** Those of the ids that are no venue. */
  abstract unknown(manager: EntityManager, venueIds: readonly string[]): Promise<string[]>;
}
