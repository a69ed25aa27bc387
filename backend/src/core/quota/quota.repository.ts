import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThan, Not } from 'typeorm';
import { changeRows, insertMissingRows, insertRows, queryList } from '../../platform/database/many-rows.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids.js';
import { QuotaCounterRow, QuotaEntryRow } from './quota.entity.js';
import { QUOTA_CAUSES, type QuotaCause } from './quota.types.js';
import type { BookChanges, CounterName, CounterState, EntryState, LedgerCount } from './quota-book.js';

/** MariaDB turns a longer list into a join with a table of its own, which no longer reads in the order of the key. */
const LONGEST_LIST = 500;

type LedgerRecord = Omit<LedgerCount, 'uses'> & { uses: number | string };
const countsOf = (rows: readonly LedgerRecord[]): LedgerCount[] =>
  rows.map(({ personId, quotaKey, onDay, fundingGroup, state, uses }) => {
    return { personId, quotaKey, onDay, fundingGroup, state, uses: Number(uses) };
  });

/** A count with the counter that asked for it; nobody's where the person has used nothing. */
type UncountedRecord = { counterId: string } & (LedgerRecord | { [K in keyof LedgerRecord]: null });

/** Each counter of a person brings all of the person's uses: those that came with the first are enough. */
function onceForEach(records: readonly UncountedRecord[]): LedgerCount[] {
  const firstOf = new Map<string, string>();
  return countsOf(
    records.filter((record): record is UncountedRecord & LedgerRecord => {
      const { personId, counterId } = record;
      if (personId === null) return false;
      const first = firstOf.get(personId) ?? counterId;
      firstOf.set(personId, first);
      return first === counterId;
    }),
  );
}

type CounterRecord = Omit<CounterState, 'counted'> & { counted: number | boolean };

const COUNTER_COLUMNS = [
  'id',
  'personId',
  'quotaKey',
  'countedIn',
  'startsOn',
  'used',
  'cap',
  'excess',
  'counted',
  'fundedBy',
] as const;
/** A counter that nothing is counted in yet. */
const EMPTY = { used: 0, cap: 0, excess: 0, counted: false, fundedBy: null } as const;
const ENTRY_COLUMNS = [
  'id',
  'personId',
  'quotaKey',
  'onDay',
  'party',
  'state',
  'causeType',
  'causeId',
  'fundingGroup',
  'createdAt',
] as const;

function* pieces<T>(list: readonly T[], length: number): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += length) yield list.slice(at, at + length);
}

/** The only SQL of the quota tables. */
@Injectable()
export class QuotaRepository {
  /**
   * Makes the counters that are missing and locks all that are there, by ascending id. Making them with a no-op for
   * those that exist takes the full lock at once: `INSERT IGNORE` would take a shared one, and two callers who then
   * both want the full one would be a deadlock. Of people with a counter that nothing is counted in yet, the ledger says
   * what it must begin with.
   */
  async lock(
    tx: Tx,
    made: readonly CounterName[],
    touched: readonly CounterName[],
  ): Promise<{ counters: CounterState[]; ledger: LedgerCount[] }> {
    const missing = [...made].sort((a, b) => (a.id < b.id ? -1 : 1));
    const begun = missing.map((name) => ({ ...name, ...EMPTY }));
    const names = [...missing, ...touched];
    const ids = [...new Set(names.map(({ id }) => id))].sort();
    const people = [...new Set(names.map(({ personId }) => personId))].sort();
    // Asked for before the lock beside it.
    const making = insertMissingRows(tx, 'quota_counters', ['id'], COUNTER_COLUMNS, begun);
    const [counters, ledger] = await Promise.all([
      Promise.all([...pieces(ids, LONGEST_LIST)].map((piece) => this.locked(tx, piece))),
      Promise.all([...pieces(people, LONGEST_LIST)].map((piece) => this.ofUncounted(tx.manager, piece))),
      making,
    ]);
    return { counters: counters.flat(), ledger: onceForEach(ledger.flat()) };
  }

  /** LEFT JOIN, because MariaDB would otherwise begin with the whole ledger. */
  private ofUncounted(manager: EntityManager, personIds: readonly string[]): Promise<UncountedRecord[]> {
    return queryList<UncountedRecord>(
      manager,
      `SELECT fresh.id AS counterId, entry.personId AS personId, entry.quotaKey AS quotaKey, entry.onDay AS onDay,
         entry.fundingGroup AS fundingGroup, entry.state AS state, COUNT(entry.id) AS uses
       FROM quota_counters fresh
       LEFT JOIN quota_entries entry ON entry.personId = fresh.personId AND entry.state <> 'returned'
       WHERE fresh.counted = ? AND fresh.personId IN (:list)
       GROUP BY fresh.id, entry.personId, entry.quotaKey, entry.onDay, entry.fundingGroup, entry.state`,
      [false],
      personIds,
    );
  }

  private async locked(tx: Tx, ids: readonly string[]): Promise<CounterState[]> {
    const lock = tx.dialect === 'sqlite' ? '' : 'FOR UPDATE';
    const rows = await queryList<CounterRecord>(
      tx.manager,
      `SELECT ${COUNTER_COLUMNS.join(', ')} FROM quota_counters WHERE id IN (:list) ORDER BY id ${lock}`,
      [],
      ids,
    );
    return rows.map((row) => ({ ...row, counted: Boolean(row.counted) }));
  }

  /** What the ledger holds of these people, uses that count. */
  ledger(manager: EntityManager, personIds: readonly string[]): Promise<LedgerCount[]> {
    return queryList<LedgerRecord>(
      manager,
      `SELECT personId, quotaKey, onDay, fundingGroup, state, COUNT(*) AS uses FROM quota_entries
       WHERE state <> 'returned' AND personId IN (:list)
       GROUP BY personId, quotaKey, onDay, fundingGroup, state`,
      [],
      personIds,
    ).then(countsOf);
  }

  /**
   * The entries that count for these causes, locked: who comes second waits here, and then finds that the cause holds
   * nothing any more.
   */
  async ofCauses(tx: Tx, causes: readonly QuotaCause[]): Promise<EntryState[]> {
    const lock = tx.dialect === 'sqlite' ? '' : 'FOR UPDATE';
    const found: EntryState[] = [];
    for (const type of QUOTA_CAUSES) {
      const ids = causes.filter((cause) => cause.type === type).map(({ id }) => id);
      found.push(
        ...(await queryList<EntryState>(
          tx.manager,
          `SELECT id, personId, quotaKey, onDay, party, state, causeType, causeId, fundingGroup
           FROM quota_entries WHERE causeType = ? AND countingCauseId IN (:list) ORDER BY countingCauseId ${lock}`,
          [type],
          [...ids].sort(),
        )),
      );
    }
    return found;
  }

  /** Writes what a book decided. Differences, so that the CHECK refuses even where a lock was not held. */
  async write(tx: Tx, { counters, added, returned }: BookChanges): Promise<void> {
    const counted = counters.map((counter) => ({ ...counter, counted: true }));
    const entries = added.map((entry) => ({
      ...entry,
      id: newId(tx.now),
      createdAt: tx.now,
    }));
    await Promise.all([
      changeRows(tx, 'quota_counters', ['id'], ['used', 'excess'], ['cap', 'fundedBy', 'counted'], counted),
      ...[...pieces(returned, LONGEST_LIST)].map((piece) =>
        queryList(
          tx.manager,
          "UPDATE quota_entries SET state = 'returned', returnedAt = ? WHERE id IN (:list)",
          [tx.now],
          piece,
        ),
      ),
      insertRows(tx, 'quota_entries', ENTRY_COLUMNS, entries),
    ]);
  }

  /** Hands an entry that counts to another cause; false where the first holds none. */
  async attach(tx: Tx, from: QuotaCause, to: QuotaCause): Promise<boolean> {
    const [entry] = await this.ofCauses(tx, [from]);
    if (!entry) return false;
    await tx.manager.update(QuotaEntryRow, { id: entry.id }, { causeType: to.type, causeId: to.id });
    return true;
  }

  /** Everything ever spent by a person, for their own export. */
  ofPerson(manager: EntityManager, personId: string): Promise<QuotaEntryRow[]> {
    return manager.find(QuotaEntryRow, { where: { personId }, order: { id: 'ASC' } });
  }

  async erase(tx: Tx, personId: string): Promise<void> {
    await tx.manager.delete(QuotaEntryRow, { personId });
    await tx.manager.delete(QuotaCounterRow, { personId });
  }

  /** Removes some counters of windows that began before a day, but for lifetimes. Answers how many. */
  async forgetCounters(tx: Tx, startedBefore: string, limit: number): Promise<number> {
    const old = await tx.manager.find(QuotaCounterRow, {
      select: { id: true },
      where: { countedIn: Not('lifetime'), startsOn: LessThan(startedBefore) },
      take: limit,
    });
    if (old.length > 0) await tx.manager.delete(QuotaCounterRow, { id: In(old.map(({ id }) => id)) });
    return old.length;
  }

  /** Removes some entries that were given back before a moment. Answers how many. */
  async forgetReturned(tx: Tx, before: Date, limit: number): Promise<number> {
    const old = await tx.manager.find(QuotaEntryRow, {
      select: { id: true },
      where: { returnedAt: LessThan(before) },
      take: limit,
    });
    if (old.length > 0) await tx.manager.delete(QuotaEntryRow, { id: In(old.map(({ id }) => id)) });
    return old.length;
  }
}
