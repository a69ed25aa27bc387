import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';

/** Records that outlive an erasure, without identity, because a rule demands it. */
export interface KeptRecords {
  /** What is kept, such as `card-history`. */
  readonly records: string;
  /** The rule, such as `档案法 art. 13`. */
  readonly because: string;
}

const LAYERS = ['feature', 'core', 'last'] as const;
type Layer = (typeof LAYERS)[number];

/** One part of what the service holds about somebody, registered by whoever owns its tables. */
export interface PersonalDataPart {
  /** Key of the part in the export, such as `cards`. */
  readonly section: string;
  /**
   * `core` is erased after every `feature`, since features point at persons; `last` when the person's row is locked and
   * empty, for what is written of somebody by nobody they wait for, such as messages.
   */
  readonly layer: Layer;
  /** Everything held, readable by its owner; plain JSON. */
  export(personId: string | null, accountId: string): Promise<Record<string, unknown>[]>;
  /** Erases or strips of identity, in the transaction of the erasure. */
  erase(tx: Tx, personId: string | null, accountId: string): Promise<void>;
  readonly keeps?: readonly KeptRecords[];
}

/** Where features register their part of export and erasure (PIPL art. 45 and 47). */
@Injectable()
export class PersonalData {
  private readonly parts: PersonalDataPart[] = [];

  /** Call in `onModuleInit`. */
  register(part: PersonalDataPart): void {
    if (this.parts.some((known) => known.section === part.section))
      throw new Error(`personal data section "${part.section}" is registered twice`);
    this.parts.push(part);
  }

  async export(
    personId: string | null,
    accountId: string,
  ): Promise<Record<string, Record<string, unknown>[]>> {
    const sections: Record<string, Record<string, unknown>[]> = {};
    for (const part of this.parts) sections[part.section] = await part.export(personId, accountId);
    return sections;
  }

  async erase(tx: Tx, personId: string | null, accountId: string): Promise<void> {
    for (const layer of LAYERS) {
      for (const part of this.parts.filter((one) => one.layer === layer))
        await part.erase(tx, personId, accountId);
    }
  }

  kept(): KeptRecords[] {
    return this.parts.flatMap((part) => part.keeps ?? []);
  }
}
