import type { ClaimRow, ClassLimitRow, PoolRow } from './capacity.entity.js';
import {
  type BelowTaken,
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
  readonly changedWaiters: readonly Waiter[];
  readonly goneWaiters: readonly Waiter[];
}

/** What those in line of a pool could be given. */
export interface Room {
  /** Free now. */
  readonly places: number;
  /** Who needs more than this never gets them. */
  readonly most: number;
  /** Classes that get fewer: 0 where none of theirs is free. */
  readonly classes: readonly { readonly cardClass: string; readonly most: number }[];
}

export type Offered = Waiter & { readonly offeredUntil: Date };

export interface PoolLimits {
  readonly capacity?: number;
  /** All limits of classes, with what is taken of each; left out: as they are. */
  readonly classes?: readonly Pick<ClassLimitRow, 'cardClass' | 'capacity' | 'taken'>[];
}

/** Of what more is taken than was wanted: of a class, or of the pool. */
export interface TooManyTaken {
  readonly cardClass: string | null;
  readonly taken: number;
}

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

  /** How many places somebody of the class could ever get at once. */
  most(poolId: string, cardClass: string | null): number {
    const most = ({ capacity, shrinkTo }: PoolRow | ClassLimitRow): number => shrinkTo ?? capacity;
    const limit = this.limit(poolId, cardClass);
    return Math.min(most(this.pool(poolId)), limit ? most(limit) : Number.POSITIVE_INFINITY);
  }

  isClosed(poolId: string): boolean {
    return this.pool(poolId).closed;
  }

  /** Takes places for a cause that has none in this pool. */
  claim(claim: PlaceClaim): ClaimAnswer {
    const { poolId, amount, cardClass } = claim;
    const left = this.left(poolId, cardClass);
    if (this.pool(poolId).closed) return { ok: false, code: 'SLOT_CLOSED', left };
    if (amount > left) return { ok: false, code: 'SLOT_FULL', left };
    this.put(claim);
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

  /** Joins the line; free places that are too few for somebody may be put aside for them when the book is written. */
  join(waiter: NewWaiter): void {
    this.waiters.set(waiter.id, {
      stored: null,
      now: { ...waiter, kept: 0, offeredUntil: null, passedOver: false },
    });
    this.pool(waiter.poolId).waiting += 1;
    this.freed.add(waiter.poolId);
  }

  /** Whether somebody without an offer is in line. */
  isWaitedFor(poolId: string): boolean {
    return this.pool(poolId).waiting > 0;
  }

  /** Learns of more of those in line of its pools, and of what is held for them, to let them leave. */
  learn(waiters: readonly Waiter[]): void {
    for (const waiter of waiters) this.know(waiter);
  }

  waiter(waiterId: string): Waiter | null {
    return this.waiters.get(waiterId)?.now ?? null;
  }

  /** Leaves the line; places that were offered or put aside go to the next. False when there is nobody of this id. */
  leave(waiterId: string): boolean {
    const waiter = this.take(waiterId);
    if (!waiter) return false;
    if (waiter.kept > 0) this.release({ type: OFFER, id: waiterId });
    if (!waiter.offeredUntil) this.pool(waiter.poolId).waiting -= 1;
    return true;
  }

  /** Gives back what was put aside for somebody, who stays in line. */
  giveUpKept(waiterId: string): void {
    const entry = this.waiters.get(waiterId);
    if (!entry?.now || entry.now.offeredUntil) return;
    this.release({ type: OFFER, id: waiterId });
    entry.now = { ...entry.now, kept: 0 };
  }

  /** The same for good: they stay in line, and from now on go behind whoever needs no more than is free. */
  keepNoMore(waiterId: string): void {
    this.giveUpKept(waiterId);
    const entry = this.waiters.get(waiterId);
    if (entry?.now && !entry.now.offeredUntil) entry.now = { ...entry.now, keepUntil: null };
  }

  /**
   * Passes somebody over: what is held for them, offered or put aside, goes to the next, and they stand in line where they
   * stood, given nothing, until they are taken up again. False where they are passed over already, or not there.
   */
  passOver(waiterId: string): boolean {
    const entry = this.waiters.get(waiterId);
    if (!entry?.now || entry.now.passedOver) return false;
    const { poolId, kept, offeredUntil } = entry.now;
    if (kept > 0) this.release({ type: OFFER, id: waiterId });
    if (offeredUntil) this.pool(poolId).waiting += 1;
    entry.now = { ...entry.now, kept: 0, offeredUntil: null, passedOver: true };
    return true;
  }

  /** Takes somebody up again who was passed over: what is free may be theirs when the book is written. */
  takeUp(waiterId: string): boolean {
    const entry = this.waiters.get(waiterId);
    if (!entry?.now?.passedOver) return false;
    entry.now = { ...entry.now, passedOver: false };
    this.freed.add(entry.now.poolId);
    return true;
  }

  /**
   * Turns the offered places into those of a cause; false when there is no offer, or no more. They are handed over and
   * not claimed anew: what was offered stands, even where less is wanted of the pool or the class since.
   */
  accept(waiterId: string, cause: Cause, heldUntil: Date | null, now: Date): boolean {
    const waiter = this.waiters.get(waiterId)?.now;
    if (!waiter?.offeredUntil || waiter.offeredUntil <= now || this.isClosed(waiter.poolId)) return false;
    const { poolId, amount, cardClass } = waiter;
    const offer = this.claimsOf({ type: OFFER, id: waiterId }).get(poolId);
    if (offer?.now?.amount !== amount) throw new Error(`the offer to ${waiterId} has not its places`);
    this.take(waiterId);
    offer.now = null;
    this.put({ poolId, amount, cardClass, cause, heldUntil });
    return true;
  }

  /**
   * Gives a pool other limits. Where more is taken than they allow it is refused and the answer says of what, or what is
   * taken stays, nobody more gets in, and the limit shrinks to what is wanted as places are given back.
   */
  resize(poolId: string, { capacity, classes }: PoolLimits, below: BelowTaken): TooManyTaken | null {
    const pool = this.pool(poolId);
    if (below === 'refuse') {
      const over = classes?.find((limit) => limit.taken > limit.capacity);
      if (over) return { cardClass: over.cardClass, taken: over.taken };
      if (capacity !== undefined && capacity < pool.taken) return { cardClass: null, taken: pool.taken };
    }
    if (capacity !== undefined) Object.assign(pool, limitOf(capacity, pool.taken));
    if (classes) {
      pool.hasClasses = classes.length > 0;
      const limits = classes.map((limit) => {
        const { cardClass, taken } = limit;
        const now: ClassLimitRow = { poolId, cardClass, taken, ...limitOf(limit.capacity, taken) };
        return [cardClass, { stored: null, now }] as const;
      });
      this.classes.set(poolId, new Map(limits));
    }
    this.freed.add(poolId);
    return null;
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

  /** What those in line could be given. */
  room(poolId: string): Room {
    const { capacity, taken } = this.pool(poolId);
    const limits = [...(this.classes.get(poolId)?.values() ?? [])].flatMap(({ now }) => (now ? [now] : []));
    const classes = limits.map(({ cardClass, capacity: ofClass, taken: takenOf }) => ({
      cardClass,
      most: takenOf < ofClass ? this.most(poolId, cardClass) : 0,
    }));
    const most = this.most(poolId, null);
    return { places: capacity - taken, most, classes: classes.filter((limit) => limit.most < most) };
  }

  /**
   * Hands free places to those in line, each in their turn. Who needs more than is free has it put aside and waits for
   * the rest, so that nobody behind them is faster, as long as that may be; then whoever is next and needs no more.
   * @param line of the pool without those who have an offer, as it was stored, in its order
   * @returns who has all they need now
   */
  offer(poolId: string, line: readonly Waiter[], now: Date): Offered[] {
    const offers: Offered[] = [];
    for (const entry of this.waitingNow(poolId, line)) {
      const waiter = nowOf(entry);
      // Waits in vain: the job that ends waiting will find them.
      if (waiter.waitUntil <= now) continue;
      const missing = waiter.amount - waiter.kept;
      const got = Math.min(missing, this.left(poolId, waiter.cardClass));
      if (got <= 0 || (got < missing && !this.mayKeep(waiter, now))) continue;
      if (got < missing) {
        this.keep(entry, waiter.kept + got, null);
        continue;
      }
      const until = Math.min(now.getTime() + waiter.offerMinutes * MINUTE_MS, waiter.waitUntil.getTime());
      const offeredUntil = new Date(until);
      this.keep(entry, waiter.amount, offeredUntil);
      this.pool(poolId).waiting -= 1;
      offers.push({ ...waiter, kept: waiter.amount, offeredUntil });
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
      changedWaiters: changed(waiters, (waiter) => waiter),
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
    const limit = this.limit(poolId, cardClass);
    for (const row of limit ? [this.pool(poolId), limit] : [this.pool(poolId)]) {
      row.taken += amount;
      if (row.shrinkTo !== null) Object.assign(row, limitOf(row.shrinkTo, row.taken));
    }
  }

  /** Writes a claim down; who counts its places is the caller. */
  private put({ poolId, amount, cardClass, cause, heldUntil }: PlaceClaim): void {
    const ofCause = this.claimsOf(cause);
    const entry = ofCause.get(poolId) ?? { stored: null, now: null };
    if (entry.now) throw new Error(`${cause.type} ${cause.id} has places in pool ${poolId} already`);
    entry.now = { causeType: cause.type, causeId: cause.id, poolId, amount, cardClass, heldUntil };
    ofCause.set(poolId, entry);
  }

  /** Whose turn may come in a pool, as the book knows them, who joined in it included, in the order of the line. */
  private waitingNow(poolId: string, line: readonly Waiter[]): Entry<Waiter>[] {
    for (const stored of line) this.know(stored);
    return [...this.waiters.values()]
      .filter(({ now }) => now?.poolId === poolId && now.offeredUntil === null && !now.passedOver)
      .sort((a, b) => (nowOf(a).id < nowOf(b).id ? -1 : 1));
  }

  /** What is held for somebody in line is said by themselves, so that their claim needs no reading. */
  private know(waiter: Waiter): void {
    const { id: causeId, poolId, kept, cardClass, keepUntil, offeredUntil } = waiter;
    if (!this.waiters.has(causeId)) this.waiters.set(causeId, { stored: waiter, now: waiter });
    const ofCause = this.claimsOf({ type: OFFER, id: causeId });
    if (kept === 0 || ofCause.has(poolId)) return;
    const heldUntil = offeredUntil ?? keepUntil;
    const stored = { causeType: OFFER, causeId, poolId, amount: kept, cardClass, heldUntil };
    ofCause.set(poolId, { stored, now: stored });
  }

  /** Whether places may be put aside for somebody: there is time, and the pool has as many as they need. */
  private mayKeep({ poolId, cardClass, amount, keepUntil }: Waiter, now: Date): boolean {
    if (keepUntil === null || keepUntil <= now) return false;
    return amount <= this.most(poolId, cardClass);
  }

  /** Sets how many places are held for somebody in line, and until when all are; null: they are put aside. */
  private keep(entry: Entry<Waiter>, kept: number, offeredUntil: Date | null): void {
    const waiter = nowOf(entry);
    const { id: causeId, poolId, cardClass } = waiter;
    const ofCause = this.claimsOf({ type: OFFER, id: causeId });
    const claim = ofCause.get(poolId) ?? { stored: null, now: null };
    const heldUntil = offeredUntil ?? waiter.keepUntil;
    claim.now = { causeType: OFFER, causeId, poolId, amount: kept, cardClass, heldUntil };
    ofCause.set(poolId, claim);
    this.count(poolId, cardClass, kept - waiter.kept);
    entry.now = { ...waiter, kept, offeredUntil };
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

/** `capacity` as it can be now where so many are wanted and so many taken. */
const limitOf = (wanted: number, taken: number): { capacity: number; shrinkTo: number | null } =>
  wanted < taken ? { capacity: taken, shrinkTo: wanted } : { capacity: wanted, shrinkTo: null };

function nowOf({ now }: Entry<Waiter>): Waiter {
  if (!now) throw new Error('somebody left the line while it was served');
  return now;
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
