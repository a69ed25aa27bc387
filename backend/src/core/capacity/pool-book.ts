import type { ClaimRow, ClassLimitRow, PoolRow } from './capacity.entity.js';
import {
  type Cause,
  type ClaimAnswer,
  type NewWaiter,
  OFFER,
  type PlaceClaim,
  type Waiter,
} from './capacity.types.js';

/** What the book was opened with, read after the pools were locked. */
export interface BookContent {
  readonly pools: readonly PoolRow[];
  readonly classes: readonly ClassLimitRow[];
  readonly claims: readonly ClaimRow[];
  readonly waiters: readonly Waiter[];
}

export interface BookChanges {
  /** `taken` and `waiting` say by how much; the rest what is. */
  readonly pools: readonly PoolRow[];
  /** `taken` says by how much. */
  readonly classes: readonly ClassLimitRow[];
  /** Limits that were not there before. */
  readonly newClasses: readonly ClassLimitRow[];
  readonly newClaims: readonly ClaimRow[];
  readonly changedClaims: readonly ClaimRow[];
  readonly goneClaims: readonly ClaimRow[];
  readonly newWaiters: readonly Waiter[];
  readonly offeredWaiters: readonly Waiter[];
  readonly goneWaiters: readonly Waiter[];
}

export type Offered = Waiter & { readonly offeredUntil: Date };

/** A row as it was stored and as it is now; null: not there. */
interface Entry<T> {
  readonly stored: T | null;
  now: T | null;
}

const MINUTE_MS = 60_000;
const keyOf = ({ type, id }: Cause): string => `${type} ${id}`;
export const causeOf = ({ causeType, causeId }: ClaimRow): Cause => ({ type: causeType, id: causeId });

/**
 * The locked pools of one transaction, in memory. Everything is decided here, without a statement, so that a batch and
 * a single call decide alike; `Capacity.write` then writes what has changed.
 */
export class PoolBook {
  private readonly pools = new Map<string, Entry<PoolRow>>();
  private readonly classes = new Map<string, Map<string, Entry<ClassLimitRow>>>();
  private readonly claims = new Map<string, Map<string, Entry<ClaimRow>>>();
  private readonly waiters = new Map<string, Entry<Waiter>>();
  private readonly freed = new Set<string>();

  constructor(content: BookContent) {
    for (const pool of content.pools) this.pools.set(pool.id, { stored: pool, now: { ...pool } });
    for (const limit of content.classes) {
      const ofPool = this.classes.get(limit.poolId) ?? new Map<string, Entry<ClassLimitRow>>();
      this.classes.set(limit.poolId, ofPool.set(limit.cardClass, { stored: limit, now: { ...limit } }));
    }
    for (const claim of content.claims)
      this.claimsOf(causeOf(claim)).set(claim.poolId, { stored: claim, now: claim });
    for (const waiter of content.waiters) this.waiters.set(waiter.id, { stored: waiter, now: waiter });
  }

  /** Places that somebody of the class could get now; 0 where the pool is closed. */
  left(poolId: string, cardClass: string | null): number {
    const pool = this.pool(poolId);
    if (pool.closed) return 0;
    const limit = this.limit(poolId, cardClass);
    const left = pool.capacity - pool.taken;
    return limit ? Math.min(left, limit.capacity - limit.taken) : left;
  }

  isClosed(poolId: string): boolean {
    return this.pool(poolId).closed;
  }

  /** Takes places for a cause that has none in this pool. */
  claim(claim: PlaceClaim): ClaimAnswer {
    const { poolId, amount, cardClass, cause, heldUntil } = claim;
    const left = this.left(poolId, cardClass);
    if (this.pool(poolId).closed) return { ok: false, code: 'SLOT_CLOSED', left };
    if (amount > left) return { ok: false, code: 'SLOT_FULL', left };
    const ofCause = this.claimsOf(cause);
    const entry = ofCause.get(poolId) ?? { stored: null, now: null };
    if (entry.now) throw new Error(`${cause.type} ${cause.id} has places in pool ${poolId} already`);
    entry.now = { causeType: cause.type, causeId: cause.id, poolId, amount, cardClass, heldUntil };
    ofCause.set(poolId, entry);
    this.count(poolId, cardClass, amount);
    return { ok: true, left: left - amount };
  }

  /** What a cause holds, as far as the book was opened with it. */
  claimed(cause: Cause): ClaimRow[] {
    return [...this.claimsOf(cause).values()].flatMap(({ now }) => (now ? [now] : []));
  }

  /** Makes held places sure; false when the cause has none. */
  confirm(cause: Cause): boolean {
    const held = this.standing(cause);
    for (const entry of held) if (entry.now) entry.now = { ...entry.now, heldUntil: null };
    return held.length > 0;
  }

  /** Gives all places of a cause back and answers how many; they go to the line when the book is written. */
  release(cause: Cause): number {
    let places = 0;
    for (const entry of this.standing(cause)) {
      const { now } = entry;
      if (!now) continue;
      entry.now = null;
      this.count(now.poolId, now.cardClass, -now.amount);
      this.freed.add(now.poolId);
      places += now.amount;
    }
    return places;
  }

  join(waiter: NewWaiter): void {
    this.waiters.set(waiter.id, { stored: null, now: { ...waiter, offeredUntil: null } });
    this.pool(waiter.poolId).waiting += 1;
  }

  waiter(waiterId: string): Waiter | null {
    return this.waiters.get(waiterId)?.now ?? null;
  }

  /** Leaves the line; places that were offered go to the next. False when there is nobody of this id. */
  leave(waiterId: string): boolean {
    const waiter = this.take(waiterId);
    if (!waiter) return false;
    if (waiter.offeredUntil) this.release({ type: OFFER, id: waiterId });
    else this.pool(waiter.poolId).waiting -= 1;
    return true;
  }

  /** Turns the offered places into those of a cause; false when there is no offer, or no more. */
  accept(waiterId: string, cause: Cause, heldUntil: Date | null, now: Date): boolean {
    const waiter = this.waiters.get(waiterId)?.now;
    if (!waiter?.offeredUntil || waiter.offeredUntil <= now) return false;
    this.take(waiterId);
    this.release({ type: OFFER, id: waiterId });
    const { poolId, amount, cardClass } = waiter;
    return this.claim({ poolId, amount, cardClass, cause, heldUntil }).ok;
  }

  /** Gives a pool other limits. False when more is taken than the new ones allow. */
  resize(poolId: string, capacity: number, classes: readonly ClassLimitRow[] | null): boolean {
    const pool = this.pool(poolId);
    if (capacity < pool.taken || classes?.some((limit) => limit.taken > limit.capacity)) return false;
    pool.capacity = capacity;
    if (classes) {
      pool.hasClasses = classes.length > 0;
      const limits = classes.map((limit) => [limit.cardClass, { stored: null, now: limit }] as const);
      this.classes.set(poolId, new Map(limits));
    }
    this.freed.add(poolId);
    return true;
  }

  setClosed(poolId: string, closed: boolean): void {
    this.pool(poolId).closed = closed;
    this.freed.add(poolId);
  }

  /** Pools with free places and somebody in line. */
  poolsToOffer(): string[] {
    return [...this.freed].filter((id) => {
      const pool = this.pool(id);
      return !pool.closed && pool.waiting > 0 && pool.taken < pool.capacity;
    });
  }

  /** What those in line could be given: free places, and the classes that have none of theirs left. */
  room(poolId: string): { readonly places: number; readonly fullClasses: readonly string[] } {
    const { capacity, taken } = this.pool(poolId);
    const limits = [...(this.classes.get(poolId)?.values() ?? [])].flatMap(({ now }) => (now ? [now] : []));
    const full = limits.filter((limit) => limit.taken >= limit.capacity);
    return { places: capacity - taken, fullClasses: full.map(({ cardClass }) => cardClass) };
  }

  /**
   * Holds free places for those in line, first come first: who needs more than is left is passed over until more is.
   * @param lines those without an offer, in the order of the line
   */
  offer(lines: readonly Waiter[], now: Date): Offered[] {
    const offers: Offered[] = [];
    for (const stored of lines) {
      const entry = this.waiters.get(stored.id) ?? { stored, now: stored };
      // Left in this very transaction, or waits in vain: the job that ends waiting will find them.
      if (!entry.now || entry.now.offeredUntil || stored.waitUntil <= now) continue;
      const until = Math.min(now.getTime() + stored.offerMinutes * MINUTE_MS, stored.waitUntil.getTime());
      const offeredUntil = new Date(until);
      const { poolId, amount, cardClass } = stored;
      const cause = { type: OFFER, id: stored.id };
      if (!this.claim({ poolId, amount, cardClass, cause, heldUntil: offeredUntil }).ok) continue;
      entry.now = { ...stored, offeredUntil };
      this.waiters.set(stored.id, entry);
      this.pool(poolId).waiting -= 1;
      offers.push({ ...stored, offeredUntil });
    }
    return offers;
  }

  changes(): BookChanges {
    const claims = [...this.claims.values()].flatMap((ofCause) => [...ofCause.values()]);
    const waiters = [...this.waiters.values()];
    const classes = [...this.classes.values()].flatMap((ofPool) => [...ofPool.values()]);
    return {
      pools: changed([...this.pools.values()], (pool, was) => ({
        ...pool,
        taken: pool.taken - was.taken,
        waiting: pool.waiting - was.waiting,
      })),
      classes: changed(classes, (limit, was) => ({ ...limit, taken: limit.taken - was.taken })),
      newClasses: added(classes),
      newClaims: added(claims),
      changedClaims: changed(claims, (claim) => claim),
      goneClaims: gone(claims),
      newWaiters: added(waiters),
      offeredWaiters: changed(waiters, (waiter) => waiter),
      goneWaiters: gone(waiters),
    };
  }

  private pool(poolId: string): PoolRow {
    const pool = this.pools.get(poolId)?.now;
    if (!pool) throw new Error(`pool ${poolId} was not loaded`);
    return pool;
  }

  private limit(poolId: string, cardClass: string | null): ClassLimitRow | null {
    if (cardClass === null) return null;
    return this.classes.get(poolId)?.get(cardClass)?.now ?? null;
  }

  private count(poolId: string, cardClass: string | null, amount: number): void {
    this.pool(poolId).taken += amount;
    const limit = this.limit(poolId, cardClass);
    if (limit) limit.taken += amount;
  }

  private claimsOf(cause: Cause): Map<string, Entry<ClaimRow>> {
    const key = keyOf(cause);
    const known = this.claims.get(key);
    if (known) return known;
    const none = new Map<string, Entry<ClaimRow>>();
    this.claims.set(key, none);
    return none;
  }

  private standing(cause: Cause): Entry<ClaimRow>[] {
    return [...this.claimsOf(cause).values()].filter(({ now }) => now !== null);
  }

  private take(waiterId: string): Waiter | null {
    const entry = this.waiters.get(waiterId);
    const waiter = entry?.now ?? null;
    if (entry) entry.now = null;
    return waiter;
  }
}

const same = (a: object, b: object): boolean =>
  Object.entries(a).every(([name, value]) => {
    const other: unknown = (b as Record<string, unknown>)[name];
    return value instanceof Date && other instanceof Date
      ? value.getTime() === other.getTime()
      : value === other;
  });

const changed = <T extends object>(entries: readonly Entry<T>[], how: (now: T, was: T) => T): T[] =>
  entries.flatMap(({ stored, now }) => (now && stored && !same(stored, now) ? [how(now, stored)] : []));
const added = <T extends object>(entries: readonly Entry<T>[]): T[] =>
  entries.flatMap(({ stored, now }) => (now && !stored ? [now] : []));
const gone = <T extends object>(entries: readonly Entry<T>[]): T[] =>
  entries.flatMap(({ stored, now }) => (stored && !now ? [stored] : []));
