import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { CardCategory } from '@talent-card/shared/cards/categories';
import { Brackets, type EntityManager, In } from 'typeorm';
import { FieldCipher } from '../../../platform/crypto/field-cipher.js';
import type { Tx } from '../../../platform/database/tx.js';
import { RosterBatch } from './import/roster-batch.entity.js';
import type { RosterContent } from './roster.types.js';
import { RosterEntryRow } from './roster-entry.entity.js';

const NUMBER_PURPOSE = 'roster.identity-number';
const MOBILE_PURPOSE = 'roster.mobile';

export interface EntryFilter {
  readonly zones: readonly ZoneCode[];
  /** Beginning of a name, employer or programme. */
  readonly text?: string | undefined;
  /** Blind indexes that the same text may stand for as a whole identity number. */
  readonly identityIndexes: readonly string[];
  readonly category?: CardCategory | undefined;
  readonly batchId?: string | undefined;
  /** Entries with a smaller id only. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** The only SQL of `roster_entries`, and the only place that opens its encrypted columns. */
@Injectable()
export class RosterEntriesRepository {
  constructor(private readonly cipher: FieldCipher) {}

  find(manager: EntityManager, entryId: string): Promise<RosterEntryRow | null> {
    return manager.findOneBy(RosterEntryRow, { id: entryId });
  }

  activeOf(manager: EntityManager, identityIndex: string): Promise<RosterEntryRow[]> {
    return manager.find(RosterEntryRow, {
      where: { identityIndex, status: 'active' },
      order: { category: 'ASC' },
    });
  }

  activeNamed(manager: EntityManager, name: string, limit: number): Promise<RosterEntryRow[]> {
    return manager.find(RosterEntryRow, { where: { name, status: 'active' }, take: limit });
  }

  list(manager: EntityManager, filter: EntryFilter): Promise<RosterEntryRow[]> {
    const query = manager
      .createQueryBuilder(RosterEntryRow, 'entry')
      .where('entry.zoneCode IN (:...zones)', { zones: filter.zones })
      .orderBy('entry.id', 'DESC')
      .take(filter.limit);
    // Without a batch asked for, the roster is what holds now; a batch shows all it brought, whatever became of it.
    if (filter.batchId) query.andWhere('entry.batchId = :batchId', { batchId: filter.batchId });
    else query.andWhere("entry.status = 'active'");
    if (filter.category) query.andWhere('entry.category = :category', { category: filter.category });
    if (filter.before) query.andWhere('entry.id < :before', { before: filter.before });
    if (filter.text) {
      // Prefixes only, so that each arm can use its index.
      const prefix = `${filter.text.replace(/[\\%_]/g, '')}%`;
      query.andWhere(
        new Brackets((any) => {
          any.where('entry.name LIKE :prefix', { prefix });
          any.orWhere('entry.employer LIKE :prefix', { prefix });
          any.orWhere('entry.programme LIKE :prefix', { prefix });
          if (filter.identityIndexes.length > 0) {
            any.orWhere('entry.identityIndex IN (:...indexes)', { indexes: filter.identityIndexes });
          }
        }),
      );
    }
    return query.getMany();
  }

  /** Marks that a card was issued because of the entry; false when the entry is not active any more. */
  async markUsed(tx: Tx, entry: RosterEntryRow): Promise<boolean> {
    // The batch first: undoing takes the same two rows in the same order.
    const batch = await tx.manager
      .createQueryBuilder()
      .update(RosterBatch)
      .set({ cardsCaused: () => 'cardsCaused + 1' })
      .where({ id: entry.batchId, status: In(['applying', 'applied']) })
      .execute();
    if (batch.affected !== 1) return false;
    const marked = await tx.manager.update(
      RosterEntryRow,
      { id: entry.id, status: 'active' },
      { usedAt: entry.usedAt ?? tx.now },
    );
    return marked.affected === 1;
  }

  async addAll(tx: Tx, rows: Omit<RosterEntryRow, 'activeIndex'>[]): Promise<void> {
    if (rows.length > 0) await tx.manager.insert(RosterEntryRow, rows);
  }

  encrypt(content: RosterContent): Pick<RosterEntryRow, 'identityNumber' | 'mobile'> {
    return {
      identityNumber: this.cipher.encrypt(NUMBER_PURPOSE, content.identityNumber),
      mobile: content.mobile === null ? null : this.cipher.encrypt(MOBILE_PURPOSE, content.mobile),
    };
  }

  identityNumberOf(entry: RosterEntryRow): string {
    return this.cipher.decrypt(NUMBER_PURPOSE, entry.identityNumber);
  }
}
