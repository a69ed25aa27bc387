import { hash } from 'node:crypto';
import type { QuotaLimit } from '@talent-card/shared/channels/schema';
import {
  ownerOf,
  type QuotaCause,
  type QuotaOutcome,
  type QuotaSpend,
  type QuotaTerms,
} from './quota.types.js';
import { COUNTED_WINDOWS, type CountedWindow, nextWindow, windowStart } from './quota-windows.js';

/** Names a counter before anybody has read it. */
export interface CounterName {
  readonly id: string;
  readonly personId: string;
  /** Key, or the group of a funding row. */
  readonly quotaKey: string;
  readonly countedIn: CountedWindow | 'funding';
  readonly startsOn: string;
}

/** A counter as the database holds it, locked. */
export interface CounterState extends CounterName {
  readonly used: number;
  readonly cap: number;
  readonly excess: number;
  readonly counted: boolean;
  readonly fundedBy: string | null;
}

/** An entry of the ledger that counts. */
export interface EntryState {
  readonly id: string;
  readonly personId: string;
  readonly quotaKey: string;
  readonly onDay: string;
  readonly party: number;
  readonly state: 'spent' | 'excess';
  readonly causeType: QuotaCause['type'];
  readonly causeId: string;
  readonly fundingGroup: string | null;
}
export type NewEntry = Omit<EntryState, 'id'>;

/** What the ledger already holds, by person, key, day, group and state. */
export interface LedgerCount {
  readonly personId: string;
  readonly quotaKey: string;
  readonly onDay: string;
  readonly fundingGroup: string | null;
  readonly state: 'spent' | 'excess';
  readonly uses: number;
}

/** What a book has to have written: differences, so that the database's CHECK sees every step. */
export interface BookChanges {
  readonly counters: {
    readonly id: string;
    readonly used: number;
    readonly excess: number;
    readonly cap: number;
    readonly fundedBy: string | null;
  }[];
  readonly added: NewEntry[];
  readonly returned: string[];
}

type Use = Pick<EntryState, 'personId' | 'quotaKey' | 'onDay' | 'fundingGroup'>;

const isCounted = (limit: QuotaLimit): limit is QuotaLimit & { window: CountedWindow } =>
  limit.window !== 'use';

/** Names of counters. Each is a digest, and one decision asks for the same few time and again: made once, kept here. */
export class CounterNames {
  private readonly known = new Map<string, CounterName>();

  /** The counters that a spend is held against; made where missing. */
  heldAgainst({ personId, terms, on }: Pick<QuotaSpend, 'personId' | 'terms' | 'on'>): CounterName[] {
    const windows = terms.limits
      .filter(isCounted)
      .map((limit) => this.ofWindow(personId, terms.key, limit.window, on));
    return terms.fundingGroup === null
      ? windows
      : [...windows, this.ofFunding(personId, terms.fundingGroup, on)];
  }

  /**
   * Every counter that a use on its day is counted in, if it is there: also those of windows that nobody limits now,
   * which an earlier matrix limited and a later one may again.
   */
  touchedBy({ personId, quotaKey, onDay, fundingGroup }: Use): CounterName[] {
    const windows = COUNTED_WINDOWS.map((window) => this.ofWindow(personId, quotaKey, window, onDay));
    return fundingGroup === null ? windows : [...windows, this.ofFunding(personId, fundingGroup, onDay)];
  }

  ofWindow(personId: string, quotaKey: string, window: CountedWindow, day: string): CounterName {
    const key = `${personId} ${quotaKey} ${window} ${day}`;
    return this.known.get(key) ?? this.make(key, personId, quotaKey, window, windowStart(window, day));
  }

  ofFunding(personId: string, group: string, day: string): CounterName {
    const key = `${personId} ${group} funding ${day}`;
    return this.known.get(key) ?? this.make(key, personId, group, 'funding', windowStart('year', day));
  }

  private make(
    key: string,
    personId: string,
    quotaKey: string,
    countedIn: CounterName['countedIn'],
    startsOn: string,
  ): CounterName {
    const id = hash('sha256', `${personId}\0${quotaKey}\0${countedIn}\0${startsOn}`, 'hex').slice(0, 26);
    const name = { id, personId, quotaKey, countedIn, startsOn };
    this.known.set(key, name);
    return name;
  }
}

const causeKey = (cause: QuotaCause): string => `${cause.type}:${cause.id}`;
const causeOf = (entry: NewEntry): string => `${entry.causeType}:${entry.causeId}`;

interface Counter {
  readonly was: CounterState;
  used: number;
  excess: number;
  cap: number;
  fundedBy: string | null;
}

/** What a row that was just made must begin with. */
function fromLedger(counter: CounterState, ledger: readonly LedgerCount[]): Counter {
  const funding = counter.countedIn === 'funding';
  const mine = ledger.filter((entry) => {
    if (entry.personId !== counter.personId) return false;
    if (counter.countedIn === 'funding') {
      return (
        entry.state === 'spent' &&
        entry.fundingGroup === counter.quotaKey &&
        windowStart('year', entry.onDay) === counter.startsOn
      );
    }
    return (
      entry.quotaKey === counter.quotaKey && windowStart(counter.countedIn, entry.onDay) === counter.startsOn
    );
  });
  const sum = (state: LedgerCount['state']) =>
    mine.filter((entry) => entry.state === state).reduce((total, entry) => total + entry.uses, 0);
  const used = sum('spent');
  return {
    was: counter,
    used,
    excess: sum('excess'),
    cap: Math.max(counter.cap, used),
    fundedBy: funding ? (mine[0]?.quotaKey ?? null) : null,
  };
}

/**
 * The counters and ledger entries of one transaction, locked, and everything decided on them in memory. Decisions see
 * those before them, so that many of one person in one batch are answered as if they had come one after another.
 * Nothing is written until `changes` are.
 */
export class QuotaBook {
  private readonly counters = new Map<string, Counter>();
  /** Entries by cause; null for a cause that was asked for and has none. */
  private readonly entries = new Map<string, EntryState | NewEntry | null>();
  private readonly added = new Set<NewEntry>();
  private readonly returned = new Set<string>();

  constructor(
    counters: readonly CounterState[],
    entries: readonly EntryState[],
    causes: readonly QuotaCause[],
    ledger: readonly LedgerCount[],
    private readonly names = new CounterNames(),
  ) {
    const byPerson = new Map<string, LedgerCount[]>();
    for (const entry of ledger) {
      const known = byPerson.get(entry.personId);
      if (known) known.push(entry);
      else byPerson.set(entry.personId, [entry]);
    }
    for (const counter of counters) {
      const { used, excess, cap, fundedBy } = counter;
      this.counters.set(
        counter.id,
        counter.counted
          ? { was: counter, used, excess, cap, fundedBy }
          : fromLedger(counter, byPerson.get(counter.personId) ?? []),
      );
    }
    for (const cause of causes) this.entries.set(causeKey(cause), null);
    for (const entry of entries) this.entries.set(causeOf(entry), entry);
  }

  /** Spends one use, or says why not and leaves all as it was. */
  spend(spend: QuotaSpend): QuotaOutcome {
    const refusal = this.refusal(spend);
    if (refusal) return refusal;
    this.note(spend, 'spent');
    return { ok: true, left: this.left(spend) };
  }

  /** Whether a spend would go through now; changes nothing. */
  check(spend: Omit<QuotaSpend, 'cause'>): QuotaOutcome {
    return this.refusal(spend) ?? { ok: true, left: this.left(spend) };
  }

  /** Writes down a use that was made offline beyond the limit: apart from those that count, until it is settled. */
  recordExcess(spend: QuotaSpend): void {
    this.note(spend, 'excess');
  }

  /**
   * Gives back what the cause spent, or settles what it used in excess. False where it holds nothing (any more).
   */
  giveBack(cause: QuotaCause): boolean {
    const entry = this.entries.get(causeKey(cause));
    if (entry === undefined) throw new Error(`the book was not loaded with ${causeKey(cause)}`);
    if (entry === null) return false;
    this.entries.set(causeKey(cause), null);
    if ('id' in entry) this.returned.add(entry.id);
    else this.added.delete(entry);
    this.count(entry, -1);
    return true;
  }

  /** What is to be written; the book is of no more use afterwards. */
  changes(): BookChanges {
    const changed = [...this.counters.values()].filter(
      ({ was, used, excess, cap, fundedBy }) =>
        used !== was.used || excess !== was.excess || cap !== was.cap || fundedBy !== was.fundedBy,
    );
    return {
      counters: changed.map(({ was, used, excess, cap, fundedBy }) => ({
        id: was.id,
        used: used - was.used,
        excess: excess - was.excess,
        cap,
        fundedBy,
      })),
      added: [...this.added],
      returned: [...this.returned],
    };
  }

  private refusal({ personId, terms, party, on }: Omit<QuotaSpend, 'cause'>): QuotaOutcome | null {
    for (const limit of terms.limits) {
      const used = isCounted(limit)
        ? this.counter(this.names.ofWindow(personId, terms.key, limit.window, on)).used + 1
        : party;
      if (used <= limit.most) continue;
      const renewsOn = nextWindow(limit.window, on);
      return {
        ok: false,
        code: 'QUOTA_GONE',
        details: { window: limit.window, most: limit.most, renewsOn },
      };
    }
    return this.fundedElsewhere(personId, terms, on);
  }

  private fundedElsewhere(personId: string, terms: QuotaTerms, on: string): QuotaOutcome | null {
    if (terms.fundingGroup === null) return null;
    const { fundedBy } = this.counter(this.names.ofFunding(personId, terms.fundingGroup, on));
    if (fundedBy === null || ownerOf(fundedBy) === ownerOf(terms.key)) return null;
    return { ok: false, code: 'FUNDED_ELSEWHERE', details: { key: fundedBy, year: on.slice(0, 4) } };
  }

  private note(spend: QuotaSpend, state: EntryState['state']): void {
    const key = causeKey(spend.cause);
    if (this.entries.get(key)) throw new Error(`${key} has spent already`);
    const entry: NewEntry = {
      personId: spend.personId,
      quotaKey: spend.terms.key,
      onDay: spend.on,
      party: spend.party,
      state,
      causeType: spend.cause.type,
      causeId: spend.cause.id,
      fundingGroup: spend.terms.fundingGroup,
    };
    this.entries.set(key, entry);
    this.added.add(entry);
    this.count(entry, 1);
    for (const limit of spend.terms.limits.filter(isCounted)) {
      const counter = this.counter(
        this.names.ofWindow(entry.personId, entry.quotaKey, limit.window, entry.onDay),
      );
      counter.cap = Math.max(limit.most, counter.used);
    }
  }

  /** Counts an entry in, or out again, wherever a counter is there for it. */
  private count(entry: NewEntry, by: 1 | -1): void {
    for (const { id } of this.names.touchedBy(entry)) {
      const counter = this.counters.get(id);
      if (counter) countIn(counter, entry, by);
    }
  }

  /** What remains of the tightest limit; null where nothing limits. */
  private left({ personId, terms, on }: Omit<QuotaSpend, 'cause'>): number | null {
    const left = terms.limits
      .filter(isCounted)
      .map(
        (limit) => limit.most - this.counter(this.names.ofWindow(personId, terms.key, limit.window, on)).used,
      );
    return left.length > 0 ? Math.min(...left) : null;
  }

  private counter(name: CounterName): Counter {
    const counter = this.counters.get(name.id);
    if (!counter) throw new Error(`the book was not loaded for ${name.quotaKey} of this person and day`);
    return counter;
  }
}

function countIn(counter: Counter, entry: NewEntry, by: 1 | -1): void {
  const funding = counter.was.countedIn === 'funding';
  if (entry.state === 'excess') {
    // What is settled later has not been paid for yet.
    if (!funding) counter.excess += by;
    return;
  }
  counter.used += by;
  counter.cap = Math.max(counter.cap, counter.used);
  if (!funding) return;
  if (counter.used === 0) counter.fundedBy = null;
  else counter.fundedBy ??= entry.quotaKey;
}
