import fc from 'fast-check';
import { follow, type QuotaStore, rounds } from '../../../test/quota-model.js';
import type { Tx } from '../../platform/database/tx.js';
import type { QuotaRepository } from './quota.repository.js';
import { Quota } from './quota.service.js';
import type { QuotaCause } from './quota.types.js';
import type { BookChanges, CounterName, CounterState, EntryState, LedgerCount } from './quota-book.js';

type Kept = Omit<EntryState, 'state'> & { state: 'spent' | 'excess' | 'returned' };

/** The tables in memory, with the database's CHECK and unique key. */
class MemoryTables {
  counters = new Map<string, CounterState>();
  entries: Kept[] = [];

  async lock(
    _: Tx,
    made: readonly CounterName[],
    touched: readonly CounterName[],
  ): Promise<{ counters: CounterState[]; ledger: LedgerCount[] }> {
    for (const name of made) {
      if (this.counters.has(name.id)) continue;
      this.counters.set(name.id, { ...name, used: 0, cap: 0, excess: 0, counted: false, fundedBy: null });
    }
    const ids = new Set([...made, ...touched].map(({ id }) => id));
    const counters = [...ids].flatMap((id) => this.counters.get(id) ?? []);
    const uncounted = counters.filter(({ counted }) => !counted).map(({ personId }) => personId);
    return { counters, ledger: await this.ledger(null, uncounted) };
  }

  ledger(_: unknown, personIds: readonly string[]): Promise<LedgerCount[]> {
    return Promise.resolve(
      this.entries.flatMap((entry) =>
        entry.state !== 'returned' && personIds.includes(entry.personId)
          ? [{ ...entry, state: entry.state, uses: 1 }]
          : [],
      ),
    );
  }

  ofCauses(_: Tx, causes: readonly QuotaCause[]): Promise<EntryState[]> {
    return Promise.resolve(
      this.entries.flatMap((entry) =>
        entry.state !== 'returned' &&
        causes.some(({ type, id }) => type === entry.causeType && id === entry.causeId)
          ? [{ ...entry, state: entry.state }]
          : [],
      ),
    );
  }

  write(_: Tx, { counters, added, returned }: BookChanges): Promise<void> {
    for (const change of counters) {
      const counter = this.counters.get(change.id);
      if (!counter) throw new Error('a counter that nobody made');
      const used = counter.used + change.used;
      const excess = counter.excess + change.excess;
      if (used < 0 || used > change.cap || excess < 0) throw new Error('CHECK');
      const { cap, fundedBy } = change;
      this.counters.set(change.id, { ...counter, used, excess, cap, fundedBy, counted: true });
    }
    this.entries = this.entries.map((entry) =>
      returned.includes(entry.id) ? { ...entry, state: 'returned' } : entry,
    );
    for (const entry of added) this.entries.push({ ...entry, id: String(this.entries.length) });
    return Promise.resolve();
  }

  attach(_: Tx, from: QuotaCause, to: QuotaCause): Promise<boolean> {
    const at = this.entries.findIndex(
      ({ state, causeType, causeId }) =>
        state !== 'returned' && causeType === from.type && causeId === from.id,
    );
    const entry = this.entries[at];
    if (entry) this.entries[at] = { ...entry, causeType: to.type, causeId: to.id };
    return Promise.resolve(entry !== undefined);
  }
}

describe('the kernel quota', () => {
  it('answers as a plain list of uses would, whatever is spent, given back, moved or forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, async (history) => {
        const tables = new MemoryTables();
        const tx = { manager: {}, now: new Date(0), dialect: 'sqlite' } as unknown as Tx;
        const store: QuotaStore = {
          run: (work) => work(tx),
          counters: () => Promise.resolve([...tables.counters.values()]),
          entries: () => Promise.resolve(tables.entries),
          forgetCounters: () => Promise.resolve(tables.counters.clear()),
        };
        await follow(new Quota(tables as unknown as QuotaRepository), store, history, ['lin', 'wang']);
      }),
      { numRuns: 150 },
    );
  });
});
