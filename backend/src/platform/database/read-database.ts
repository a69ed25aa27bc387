import type { EntityManager } from 'typeorm';

/** For everything that only reads: sees what is committed, cannot write. */
export class ReadDatabase {
  constructor(readonly manager: EntityManager) {}
}
