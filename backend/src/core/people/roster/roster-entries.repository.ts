import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { CardCategory } from '@talent-card/shared/cards/categories';
import { Brackets, type EntityManager, In, IsNull, MoreThan, Not } from 'typeorm';
import { FieldCipher } from '../../../platform/crypto/field-cipher.js';
import { BY_ID, pageByKey } from '../../../platform/database/key-cursor.js';
import { insertRows, queryList } from '../../../platform/database/many-rows.js';
import type { PageQuery, RowPage } from '../../../platform/database/page.js';
import type { Tx } from '../../../platform/database/tx.js';
import { RosterBatch } from './import/roster-batch.entity.js';
import type { RosterContent } from './roster.types.js';
import { RosterEntryRow } from './roster-entry.entity.js';

export const ENTRY_NUMBER_PURPOSE = 'roster.identity-number';
export const ENTRY_MOBILE_PURPOSE = 'roster.mobile';

export interface EntryFilter {
  readonly zones: readonly ZoneCode[];
  /** Beginning of a name, employer or programme, without wildcards. */
  readonly text?: string | undefined;
  /** Blind indexes that the same text may stand for as a whole identity number. */
  readonly identityIndexes: readonly string[];
  readonly category?: CardCategory | undefined;
  readonly batchId?: string | undefined;
}

/** All but what the database makes itself. */
type NewEntry = Omit<RosterEntryRow, 'activeIndex'>;
const COLUMNS = [
  'id',
  'name',
  'identityType',
  'identityNumber',
  'identityIndex',
  'category',
  'programme',
  'documentNumber',
  'provincialCardNumber',
  'employer',
  'creditCode',
  'zoneCode',
  'cardClass',
  'mobile',
  'validUntil',
  'contentDigest',
  'batchId',
  'rowNumber',
  'status',
  'previousId',
  'usedAt',
  'createdAt',
  'endedAt',
] as const satisfies readonly (keyof NewEntry)[];

/** The only SQL of `roster_entries`, and the only place that opens its encrypted columns. */
@Injectable()
export class RosterEntriesRepository {
  constructor(private readonly cipher: FieldCipher) {}

  find(manager: EntityManager, entryId: string): Promise<RosterEntryRow | null> {
    return manager.findOneBy(RosterEntryRow, { id: entryId });
  }

  /**
   * By `activeIndex`: of an index on the document and one on the status, SQLite takes that on the status, and every active
   * entry is looked at.
   */
  activeOf(manager: EntityManager, identityIndex: string): Promise<RosterEntryRow[]> {
    return manager.find(RosterEntryRow, {
      where: { activeIndex: identityIndex },
      order: { category: 'ASC' },
    });
  }

  /** The same of many documents in one statement. */
  activeOfMany(manager: EntityManager, identityIndexes: readonly string[]): Promise<RosterEntryRow[]> {
    if (identityIndexes.length === 0) return Promise.resolve([]);
    return manager.find(RosterEntryRow, {
      where: { activeIndex: In([...identityIndexes]) },
      order: { category: 'ASC' },
    });
  }

  activeNamed(manager: EntityManager, name: string, limit: number): Promise<RosterEntryRow[]> {
    return manager.find(RosterEntryRow, { where: { name, activeIndex: Not(IsNull()) }, take: limit });
  }

  /** The newest first. */
  page(manager: EntityManager, filter: EntryFilter, page: PageQuery): Promise<RowPage<RosterEntryRow>> {
    const query = manager
      .createQueryBuilder(RosterEntryRow, 'entry')
      .where('entry.zoneCode IN (:...zones)', { zones: filter.zones });
    // Without a batch asked for, the roster is what holds now; a batch shows all it brought, whatever became of it.
    if (filter.batchId) query.andWhere('entry.batchId = :batchId', { batchId: filter.batchId });
    else query.andWhere("entry.status = 'active'");
    if (filter.category) query.andWhere('entry.category = :category', { category: filter.category });
    if (filter.text) {
      // Prefixes only, so that each arm can use its index.
      const prefix = `${filter.text}%`;
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
    return pageByKey<RosterEntryRow>(query, BY_ID, page);
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

  /** Id and content digest of the active entries of some identities, by `<blind index>/<category>`. */
  async activeDigests(
    manager: EntityManager,
    identityIndexes: readonly string[],
  ): Promise<Map<string, { id: string; contentDigest: string }>> {
    const rows = await queryList<Pick<RosterEntryRow, 'id' | 'identityIndex' | 'category' | 'contentDigest'>>(
      manager,
      'SELECT id, identityIndex, category, contentDigest FROM roster_entries WHERE activeIndex IN (:list)',
      [],
      [...new Set(identityIndexes)],
    );
    return new Map(rows.map((row) => [`${row.identityIndex}/${row.category}`, row]));
  }

  async supersede(tx: Tx, ids: readonly string[]): Promise<void> {
    await queryList(
      tx.manager,
      "UPDATE roster_entries SET status = 'superseded', endedAt = ? WHERE status = 'active' AND id IN (:list)",
      [tx.now],
      ids,
    );
  }

  addAll(tx: Tx, rows: readonly NewEntry[]): Promise<void> {
    return insertRows(tx, 'roster_entries', COLUMNS, rows);
  }

  /** Entries that a batch made and that are not taken back yet, in the order of its file. */
  ofBatchAfter(
    manager: EntityManager,
    batchId: string,
    rowNumber: number,
    limit: number,
  ): Promise<Pick<RosterEntryRow, 'id' | 'rowNumber'>[]> {
    return manager.find(RosterEntryRow, {
      select: { id: true, rowNumber: true },
      where: { batchId, rowNumber: MoreThan(rowNumber), status: Not<RosterEntryRow['status']>('withdrawn') },
      order: { rowNumber: 'ASC' },
      take: limit,
    });
  }

  /**
   * Takes entries back as if they had never been: what they superseded is active again, and where a later import
   * superseded them in turn, that import now follows on what was before. The caller has made sure that none was used;
   * the database refuses it otherwise.
   */
  async takeBack(tx: Tx, ids: readonly string[]): Promise<void> {
    const entries = await tx.manager.find(RosterEntryRow, {
      select: { id: true, status: true, previousId: true },
      where: { id: In([...ids]), status: Not('withdrawn') },
    });
    // Those that were active go first: the unique key lets only one version be active.
    await tx.manager.update(
      RosterEntryRow,
      { id: In([...ids]), status: Not('withdrawn') },
      { status: 'withdrawn', endedAt: tx.now },
    );
    const restored = entries.flatMap(({ status, previousId }) =>
      status === 'active' && previousId ? [previousId] : [],
    );
    if (restored.length > 0) {
      await tx.manager.update(
        RosterEntryRow,
        { id: In(restored), status: 'superseded' },
        { status: 'active', endedAt: null },
      );
    }
    for (const { id, status, previousId } of entries) {
      if (status === 'superseded') {
        await tx.manager.update(RosterEntryRow, { previousId: id }, { previousId });
      }
    }
  }

  encrypt(content: RosterContent): Pick<RosterEntryRow, 'identityNumber' | 'mobile'> {
    return {
      identityNumber: this.cipher.encrypt(ENTRY_NUMBER_PURPOSE, content.identityNumber),
      mobile: content.mobile === null ? null : this.cipher.encrypt(ENTRY_MOBILE_PURPOSE, content.mobile),
    };
  }

  identityNumberOf(entry: RosterEntryRow): string {
    return this.cipher.decrypt(ENTRY_NUMBER_PURPOSE, entry.identityNumber);
  }
}
