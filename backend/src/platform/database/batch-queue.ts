import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../errors/domain-error.js';
import { type Outcome, orThrow, refused } from '../errors/outcome.js';
import { isConnectionLost, isTransient, isUniqueViolation } from './database-errors.js';
import type { IdempotencyStore } from './idempotency-store.js';
import type { ReadDatabase } from './read-database.js';
import type { Tx } from './tx.js';
import type { BatchDefinition, IdempotencyContext } from './unit-of-work.js';

/**
 * More share few statements more. Fewer than those who wait at a time, so that the database works on one batch while
 * this process answers the one before and takes in the next.
 */
const MOST = 100;
/** Fewer are not worth the statements of a second batch beside the one that runs: they wait for its end. */
const WORTHWHILE = 50;
/** How often a batch is begun anew because other nodes answered keys of it meanwhile. */
const KEY_TRIES = 6;
/** After a key came that was answered before, so many batches look theirs up first: who repeats costs others nothing then. */
const WARY_FOR = 20;
/** Nodes that go on answering each other's keys: the caller tries again, and finds the answer. */
const UNANSWERED = refused('SERVICE_UNAVAILABLE');

interface Entry<I, R> {
  readonly item: I;
  readonly idempotency: IdempotencyContext;
  readonly settle: (outcome: Outcome<R>) => void;
  readonly fail: (error: unknown) => void;
  /** Its key was being answered when it came: whether it was is looked up before any work. */
  repeats: boolean;
}

const pathOf = <I, R>({ idempotency: { owner, key } }: Entry<I, R>): string => `${owner} ${key}`;

/** Keys of a batch were answered before: nothing of it stays, and the others begin anew. */
class AnsweredBefore<R> extends Error {
  constructor(readonly known: readonly (Outcome<R> | undefined)[]) {
    super('answered before');
  }
}

export interface BatchSurroundings {
  /** How many batches of a queue may run side by side. */
  readonly batchesAtOnce: number;
  readonly store: IdempotencyStore;
  readonly read: ReadDatabase['manager'];
  /** Runs `work` in a transaction, repeated from the start after deadlocks and lost connections. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * One queue for one kind of work. While a batch runs, what arrives gathers and becomes the next one: nobody waits for a
 * timer, and the batch is as large as the load. Where the engine takes several writers, a second batch begins beside the
 * first as soon as enough wait for one, so that this process and the database work at the same time; both take their
 * locks in the same order, as two nodes would.
 */
export class BatchQueue<I, R> {
  private waiting: Entry<I, R>[] = [];
  private running = 0;
  /** A batch is about to take from those who wait. */
  private beginning = false;
  /** Keys that a batch is answering: who repeats one of them waits for that answer. */
  private readonly answering = new Set<string>();
  private wary = 0;

  constructor(
    private readonly batch: BatchDefinition<I, R>,
    private readonly around: BatchSurroundings,
  ) {}

  /** Whether a batch runs or waits. */
  get busy(): boolean {
    return this.running > 0;
  }

  add(item: I, idempotency: IdempotencyContext): Promise<R> {
    const settled = new Promise<Outcome<R>>((settle, fail) => {
      const entry = { item, idempotency, settle, fail, repeats: false };
      this.waiting.push({ ...entry, repeats: this.answering.has(pathOf(entry)) });
    });
    this.begin();
    return settled.then((outcome) => orThrow(outcome));
  }

  /** Begins a batch where one is due. */
  private begin(): void {
    if (this.beginning || this.waiting.length === 0) return;
    const worthwhile = this.running < this.around.batchesAtOnce && this.waiting.length >= WORTHWHILE;
    if (this.running > 0 && !worthwhile) return;
    this.running += 1;
    this.beginning = true;
    void this.run();
  }

  private async run(): Promise<void> {
    // What else came in with the same turn of the event loop belongs to this batch.
    await nextTurn();
    this.beginning = false;
    const entries = this.take();
    this.begin();
    try {
      await this.settle(entries);
    } catch (error) {
      for (const entry of entries) entry.fail(error);
    } finally {
      for (const entry of entries) this.answering.delete(pathOf(entry));
      this.running -= 1;
      // Where all who wait repeat a key that is being answered, the batch that answers it is the next to look.
      if (entries.length > 0) this.begin();
    }
  }

  private take(): Entry<I, R>[] {
    const taken: Entry<I, R>[] = [];
    const left: Entry<I, R>[] = [];
    for (const entry of this.waiting) {
      entry.repeats ||= this.answering.has(pathOf(entry));
      const free = taken.length < MOST && !this.answering.has(pathOf(entry));
      (free ? taken : left).push(entry);
    }
    this.waiting = left;
    for (const entry of taken) this.answering.add(pathOf(entry));
    return taken;
  }

  private async settle(entries: readonly Entry<I, R>[]): Promise<void> {
    const { first, repeats } = byKey(entries);
    await this.settleFirst(first, KEY_TRIES);
    if (repeats.length === 0) return;
    // A double tap: by now its key is answered, or its fault is known and it may try by itself.
    await this.settle(repeats);
  }

  private async settleFirst(asked: readonly Entry<I, R>[], tries: number): Promise<void> {
    const entries = this.looksFirst(asked) ? await this.answerKnown(asked) : asked;
    if (entries.length === 0) return;
    try {
      const kept = await this.around.transact((tx) => this.workAndKeep(tx, entries));
      entries.forEach((entry, index) => {
        entry.settle(kept[index] ?? UNANSWERED);
      });
    } catch (error) {
      if (error instanceof AnsweredBefore) {
        this.wary = WARY_FOR;
        return this.settleFirst(settleKnown(entries, error.known), tries);
      }
      // Another node may have answered some of the keys while this batch ran.
      const open = isUniqueViolation(error) && tries > 1 ? await this.answerKnown(entries) : entries;
      if (open.length < entries.length) return this.settleFirst(open, tries - 1);
      await this.afterFault(entries, error);
    }
  }

  /** Whether some of the keys may well have been answered. */
  private looksFirst(entries: readonly Entry<I, R>[]): boolean {
    if (this.wary > 0) this.wary -= 1;
    return this.wary > 0 || entries.some(({ repeats }) => repeats);
  }

  /** Settles those whose key was answered before, and returns the others. */
  private async answerKnown(entries: readonly Entry<I, R>[]): Promise<Entry<I, R>[]> {
    return settleKnown(entries, await this.known(this.around.read, entries));
  }

  private known(manager: EntityManager, entries: readonly Entry<I, R>[]) {
    return this.around.store.findMany<R>(
      manager,
      entries.map((entry) => entry.idempotency),
    );
  }

  private async workAndKeep(tx: Tx, entries: readonly Entry<I, R>[]): Promise<Outcome<R>[]> {
    // Asked beside what the work asks first: that a key was answered before is rare, and then the work is for nothing.
    const [known, working] = [this.known(tx.manager, entries), this.startWork(tx, entries)];
    const answered = await known;
    if (answered.some((one) => one !== undefined)) throw new AnsweredBefore(answered);
    const outcomes = await working;
    if (outcomes.length !== entries.length) throw new Error(`batch ${this.batch.name} left items out`);
    // With the COMMIT, and in one statement: a key that another node answers at this moment makes it wait and then fail,
    // and with it everything this batch did. What was lost with a connection during COMMIT is found out in the same way.
    return this.around.store.keepMany(
      tx,
      entries.map(({ idempotency }, index) => ({ context: idempotency, outcome: outcomes[index] })),
    );
  }

  private startWork(tx: Tx, entries: readonly Entry<I, R>[]): Promise<readonly Outcome<R>[]> {
    const items = entries.map((entry) => entry.item);
    const working = this.batch.work(tx, items);
    // Where nobody waits for it any more it ends with the transaction.
    working.catch(() => undefined);
    return working;
  }

  private async afterFault(entries: readonly Entry<I, R>[], error: unknown): Promise<void> {
    const [alone] = entries;
    // The database itself is in trouble: halves would only knock more often.
    if (isTransient(error) || isConnectionLost(error)) {
      for (const entry of entries) entry.fail(error);
    } else if (alone && entries.length === 1) {
      await this.failAlone(alone, error);
    } else {
      const middle = Math.ceil(entries.length / 2);
      await this.settleFirst(entries.slice(0, middle), KEY_TRIES);
      await this.settleFirst(entries.slice(middle), KEY_TRIES);
    }
  }

  /** A refusal that was thrown instead of returned is an answer too, kept after the roll-back. */
  private async failAlone(entry: Entry<I, R>, error: unknown): Promise<void> {
    // Perhaps its key was answered elsewhere at this moment.
    if (isUniqueViolation(error) && (await this.answerKnown([entry])).length === 0) return;
    if (!(error instanceof DomainError)) {
      entry.fail(error);
      return;
    }
    const outcome: Outcome<R> = { ok: false, error };
    try {
      const context = entry.idempotency;
      const [kept] = await this.around.transact((tx) =>
        this.around.store.keepMany<R>(tx, [{ context, outcome }]),
      );
      entry.settle(kept ?? UNANSWERED);
    } catch (fault) {
      if (!isUniqueViolation(fault)) entry.fail(fault);
      else if ((await this.answerKnown([entry])).length > 0) entry.settle(UNANSWERED);
    }
  }
}

/** Settles the entries that have an answer, and returns the others. */
function settleKnown<I, R>(
  entries: readonly Entry<I, R>[],
  known: readonly (Outcome<R> | undefined)[],
): Entry<I, R>[] {
  return entries.filter((entry, index) => {
    const answered = known[index];
    if (answered) entry.settle(answered);
    return !answered;
  });
}

/** The first entry of each key, and the later ones. */
function byKey<I, R>(entries: readonly Entry<I, R>[]): { first: Entry<I, R>[]; repeats: Entry<I, R>[] } {
  const keys = new Set<string>();
  const first: Entry<I, R>[] = [];
  const repeats: Entry<I, R>[] = [];
  for (const entry of entries) {
    const key = pathOf(entry);
    entry.repeats ||= keys.has(key);
    (keys.has(key) ? repeats : first).push(entry);
    keys.add(key);
  }
  return { first, repeats };
}
