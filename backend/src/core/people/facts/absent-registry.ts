import { DomainError } from '../../../platform/errors/domain-error.js';
import type { DataSource } from './data-sources.js';

/** Stands where the city has no line to a registry yet: staff record what they see on paper instead. */
export class AbsentRegistry implements DataSource<never> {
  async match(): Promise<never[]> {
    throw new DomainError('UPSTREAM_UNAVAILABLE');
  }
}
