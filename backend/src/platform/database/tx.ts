import type { EntityManager } from 'typeorm';

export type Dialect = 'sqlite' | 'mysql';

/**
 * One transaction, passed on explicitly to everything that writes. It is over when the function given to
 * `unitOfWork.run` returns; keeping it longer is a mistake that the database answers with an error.
 */
export interface Tx {
  readonly manager: EntityManager;
  readonly dialect: Dialect;
  /** Moment of the transaction; one value for every row it writes. */
  readonly now: Date;
}
