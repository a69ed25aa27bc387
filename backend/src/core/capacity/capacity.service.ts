import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import {
  type BelowTaken,
  type Cause,
  OFFER,
  type PoolCounts,
  type PoolPlan,
  type Waiter,
} from './capacity.types.js';
import { CapacityHandlers } from './capacity-handlers.js';
import { type Offered, PoolBook, type PoolLimits } from './pool-book.js';
import { PoolsRepository } from './pools.repository.js';

export interface LoadOptions {
  /** Causes whose places the book is to know: to confirm or release them. */
  readonly causes?: readonly Cause[];
  /** Those in line whom the book is to know: to let them leave or accept. */
  readonly waiterIds?: readonly string[];
}

/**
 * How many? Places that run out: claimed several at once, held until a time, given back, waited for. Nothing is sold
 * twice: the pool's row is locked first, everything is decided over it, and a CHECK holds the sum besides.
 *
 * Lock order of the house: people, pools, quota counters, each by ascending id.
 */
@Injectable()
export class Capacity {
  constructor(
    private readonly pools: PoolsRepository,
    private readonly handlers: CapacityHandlers,
  ) {}

  async openPool(tx: Tx, plan: PoolPlan): Promise<string> {
    const [id] = await this.openPools(tx, [plan]);
    if (id === undefined) throw new Error('no pool was opened');
    return id;
  }

  /** Opens a pool for each plan, in their order, by few statements. */
  async openPools(tx: Tx, plans: readonly PoolPlan[]): Promise<string[]> {
    const ids = plans.map(() => newId(tx.now));
    const rows = plans.map(({ capacity, classCapacities }, index) => ({
      id: ids[index] ?? '',
      capacity,
      shrinkTo: null,
      taken: 0,
      waiting: 0,
      closed: false,
      hasClasses: Object.keys(classCapacities).length > 0,
    }));
    const limits = plans.flatMap((plan, index) =>
      Object.entries(plan.classCapacities).map(([cardClass, capacity]) => ({
        poolId: ids[index] ?? '',
        cardClass,
        capacity,
        shrinkTo: null,
        taken: 0,
      })),
    );
    await this.pools.insertPools(tx, rows, limits);
    return ids;
  }

  /** Removes pools that nothing was ever claimed in; the database refuses others. */
  async removePools(tx: Tx, poolIds: readonly string[]): Promise<void> {
    await this.pools.dropPools(tx, poolIds);
  }

  /**
   * Gives a pool other limits; places that come with it are offered to the line.
   * @param below what to do where more is taken than they allow. `shrink`: what is taken stays, nobody more gets in, and
   *   the pool or the class shrinks as places are given back
   * @throws DomainError SLOT_CAPACITY_BELOW_TAKEN with `taken`, and `cardClass` where it is that of a class
   */
  async resize(
    tx: Tx,
    poolId: string,
    { capacity, classCapacities }: Partial<PoolPlan>,
    below: BelowTaken = 'refuse',
  ): Promise<void> {
    await this.pools.lock(tx, [poolId]);
    const inLine = await this.pools.waitersOf(tx.manager, poolId);
    // What is only put aside is promised to nobody: the new limits say anew for whom it may be.
    const aside = inLine.filter(isAside);
    const book = await this.load(tx, [poolId], offersOf(aside));
    for (const { id } of aside) book.giveUpKept(id);
    const classes = classCapacities && (await this.classLimits(tx, poolId, classCapacities));
    const limits = { ...(capacity === undefined ? {} : { capacity }), ...(classes ? { classes } : {}) };
    const tooMany = book.resize(poolId, limits, below);
    if (tooMany) throw new DomainError('SLOT_CAPACITY_BELOW_TAKEN', { ...tooMany });
    if (classes) await this.pools.dropLimits(tx, poolId);
    await this.write(tx, book);
  }

  /** Closes a pool: it takes nobody more, and whoever waits for it is told. Claims stay, the feature ends them. */
  async close(tx: Tx, poolId: string): Promise<void> {
    await this.pools.lock(tx, [poolId]);
    const waiters = await this.pools.waitersOf(tx.manager, poolId);
    const book = await this.load(tx, [poolId], offersOf(waiters));
    book.setClosed(poolId, true);
    for (const { id } of waiters) book.leave(id);
    await this.write(tx, book);
    await this.tell(waiters, (handler, some) => handler.waitEnded(tx, some, 'closed'));
  }

  /** Opens a closed pool again. */
  async reopen(tx: Tx, poolId: string): Promise<void> {
    const book = await this.load(tx, [poolId]);
    book.setClosed(poolId, false);
    await this.write(tx, book);
  }

  /**
   * Locks pools by ascending id, with those of the causes and waiters named, and opens the book over them.
   * Decide with the book, then `write` it.
   */
  async load(tx: Tx, poolIds: readonly string[], options: LoadOptions = {}): Promise<PoolBook> {
    const { causes = [], waiterIds = [] } = options;
    const { manager } = tx;
    const ids = new Set(poolIds);
    // Where nothing is named the lock is asked for in this very turn, before whatever the caller asks for beside it.
    if (causes.length > 0) for (const { poolId } of await this.pools.claims(manager, causes)) ids.add(poolId);
    if (waiterIds.length > 0)
      for (const { poolId } of await this.pools.waiters(manager, waiterIds)) ids.add(poolId);
    const pools = await this.pools.lock(tx, [...ids]);
    const withClasses = pools.filter(({ hasClasses }) => hasClasses).map(({ id }) => id);
    return new PoolBook({
      pools,
      classes: await this.pools.limits(manager, withClasses),
      // Read again: what was read before the lock may be gone.
      claims: await this.pools.claims(manager, causes),
      waiters: await this.pools.waiters(manager, waiterIds),
    });
  }

  /** Tells a book of more of those in line of the pools that it has locked, to let them leave. */
  async learn(tx: Tx, book: PoolBook, waiterIds: readonly string[]): Promise<void> {
    book.learn(await this.pools.waiters(tx.manager, waiterIds));
  }

  /**
   * Offers what became free to those in line, writes what the book says, and tells whom it was offered.
   * @param to where to write it: `tx`, or `tx.atCommit` where nobody reads it in this transaction
   */
  async write(tx: Tx, book: PoolBook, to = tx): Promise<void> {
    const offers: Offered[] = [];
    for (const poolId of book.poolsToOffer()) {
      const line = await this.pools.line(tx, poolId, book.room(poolId));
      offers.push(...book.offer(poolId, line, tx.now));
    }
    await this.pools.save(to, book.changes());
    await this.tell(offers, (handler, some) => handler.offered(tx, some));
  }

  /** Gives back all places of these causes. */
  async release(tx: Tx, causes: readonly Cause[]): Promise<void> {
    const book = await this.load(tx, [], { causes });
    for (const cause of causes) book.release(cause);
    await this.write(tx, book);
  }

  async counts(manager: EntityManager, poolIds: readonly string[]): Promise<Map<string, PoolCounts>> {
    const pools = await this.pools.pools(manager, poolIds);
    const withClasses = pools.filter(({ hasClasses }) => hasClasses).map(({ id }) => id);
    const limits = await this.pools.limits(manager, withClasses);
    const classes = new Map<string, Record<string, number>>();
    const left = new Map(pools.map((pool) => [pool.id, pool.closed ? 0 : pool.capacity - pool.taken]));
    for (const { poolId, cardClass, capacity, taken } of limits) {
      const ofPool = classes.get(poolId) ?? {};
      ofPool[cardClass] = Math.min(capacity - taken, left.get(poolId) ?? 0);
      classes.set(poolId, ofPool);
    }
    return new Map(
      pools.map(({ id, capacity, taken, waiting, closed }) => [
        id,
        { capacity, taken, waiting, closed, classLeft: classes.get(id) ?? {} },
      ]),
    );
  }

  /**
   * Places taken in each pool by class, whatever its limits; null: by those of no class. What is only put aside is left
   * out: new limits say anew for whom it may be.
   */
  async takenByClass(
    manager: EntityManager,
    poolIds: readonly string[],
  ): Promise<Map<string, Map<string | null, number>>> {
    const taken = await this.pools.takenByClass(manager, poolIds);
    for (const { id, waiting } of await this.pools.pools(manager, poolIds)) {
      const ofPool = taken.get(id);
      if (waiting === 0 || !ofPool) continue;
      for (const waiter of (await this.pools.waitersOf(manager, id)).filter(isAside)) {
        ofPool.set(waiter.cardClass, (ofPool.get(waiter.cardClass) ?? 0) - waiter.kept);
      }
    }
    return taken;
  }

  /** Those in line, by id; who left, accepted or let an offer pass is missing. */
  async waiters(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Waiter>> {
    return new Map((await this.pools.waiters(manager, ids)).map((waiter) => [waiter.id, waiter]));
  }

  /**
   * Some of an owner's waiters whose standing matters to others or may have changed, by id, those after one: for whom places
   * are held, offered or put aside, and who are passed over.
   */
  watched(manager: EntityManager, ownerType: string, after: string, limit: number): Promise<string[]> {
    return this.pools.watched(manager, { ownerType, after, limit });
  }

  /** How many without an offer stand before each. */
  ahead(manager: EntityManager, waiters: readonly Waiter[]): Promise<Map<string, number>> {
    return this.pools.ahead(manager, waiters);
  }

  /** Hands waiters to the handlers of their owners. */
  async tell<W extends Waiter>(
    waiters: readonly W[],
    tell: (handler: ReturnType<CapacityHandlers['of']>, waiters: readonly W[]) => Promise<void>,
  ): Promise<void> {
    for (const ownerType of new Set(waiters.map((waiter) => waiter.ownerType))) {
      const some = waiters.filter((waiter) => waiter.ownerType === ownerType);
      await tell(this.handlers.of(ownerType), some);
    }
  }

  private async classLimits(
    tx: Tx,
    poolId: string,
    wanted: Readonly<Record<string, number>>,
  ): Promise<NonNullable<PoolLimits['classes']>> {
    const pools = await this.takenByClass(tx.manager, [poolId]);
    const taken = pools.get(poolId) ?? new Map<string | null, number>();
    return Object.entries(wanted).map(([cardClass, capacity]) => ({
      cardClass,
      capacity,
      taken: taken.get(cardClass) ?? 0,
    }));
  }
}

/** Has some places put aside, and not yet all. */
const isAside = ({ kept, offeredUntil }: Waiter): boolean => kept > 0 && offeredUntil === null;

/** What a book must know to let these leave: themselves, and the places offered to them. */
function offersOf(waiters: readonly Waiter[]): LoadOptions {
  return {
    causes: waiters.filter(({ kept }) => kept > 0).map(({ id }) => ({ type: OFFER, id })),
    waiterIds: waiters.map(({ id }) => id),
  };
}
