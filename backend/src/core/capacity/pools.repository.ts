import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  changeRows,
  insertRows,
  momentOf,
  queryList,
  queryPairs,
} from '../../platform/database/many-rows.js';
import type { Tx } from '../../platform/database/tx.js';
import { ClaimRow, ClassLimitRow, PoolRow, WaiterRow } from './capacity.entity.js';
import type { Cause, Waiter } from './capacity.types.js';
import type { BookChanges, Room } from './pool-book.js';

/** Longest part of a line that is looked at when places become free. */
const LINE = 200;

const POOL = ['id', 'capacity', 'shrinkTo', 'taken', 'waiting', 'closed', 'hasClasses'] as const;
const LIMIT = ['poolId', 'cardClass', 'capacity', 'shrinkTo', 'taken'] as const;
const CLAIM = ['causeType', 'causeId', 'poolId', 'amount', 'cardClass', 'heldUntil'] as const;
const CLAIM_KEY = ['causeType', 'causeId', 'poolId'] as const;
const WAITER = [
  'id',
  'poolId',
  'ownerType',
  'amount',
  'cardClass',
  'offerMinutes',
  'waitUntil',
  'keepUntil',
  'kept',
  'offeredUntil',
  'passedOver',
] as const;

type Plain<T> = {
  [K in keyof T]: T[K] extends boolean ? number : T[K] extends Date | null ? Date | string | null : T[K];
};

const poolOf = (row: Plain<PoolRow>): PoolRow => ({
  ...row,
  closed: Boolean(row.closed),
  hasClasses: Boolean(row.hasClasses),
});
const claimOf = (row: Plain<ClaimRow>): ClaimRow => ({
  ...row,
  heldUntil: row.heldUntil === null ? null : momentOf(row.heldUntil),
});
const waiterOf = (row: Plain<WaiterRow>): Waiter => ({
  ...row,
  waitUntil: momentOf(row.waitUntil ?? ''),
  keepUntil: row.keepUntil === null ? null : momentOf(row.keepUntil),
  offeredUntil: row.offeredUntil === null ? null : momentOf(row.offeredUntil),
  passedOver: Boolean(row.passedOver),
});

/** The only SQL of the capacity tables; it alone changes `taken`. */
@Injectable()
export class PoolsRepository {
  async pools(manager: EntityManager, ids: readonly string[]): Promise<PoolRow[]> {
    return this.readPools(manager, ids, '');
  }

  /**
   * Locks the pools by ascending id, so that two transactions never wait for each other. On SQLite the unit of work has
   * the only write connection already.
   */
  async lock(tx: Tx, ids: readonly string[]): Promise<PoolRow[]> {
    return this.readPools(tx.manager, ids, tx.dialect === 'mysql' ? ' FOR UPDATE' : '');
  }

  private async readPools(manager: EntityManager, ids: readonly string[], lock: string): Promise<PoolRow[]> {
    const rows = await queryList<Plain<PoolRow>>(
      manager,
      `SELECT ${POOL.join(', ')} FROM capacity_pools WHERE id IN (:list) ORDER BY id${lock}`,
      [],
      [...new Set(ids)].sort(),
    );
    return rows.map(poolOf);
  }

  limits(manager: EntityManager, poolIds: readonly string[]): Promise<ClassLimitRow[]> {
    const sql = `SELECT ${LIMIT.join(', ')} FROM capacity_class_limits WHERE poolId IN (:list)`;
    return queryList<ClassLimitRow>(manager, sql, [], poolIds);
  }

  /** Places of pools by class, counted anew from their claims. */
  async takenByClass(
    manager: EntityManager,
    poolIds: readonly string[],
  ): Promise<Map<string, Map<string | null, number>>> {
    const rows = await queryList<{ poolId: string; cardClass: string | null; taken: number | string }>(
      manager,
      `SELECT poolId, cardClass, SUM(amount) AS taken FROM capacity_claims WHERE poolId IN (:list)
       GROUP BY poolId, cardClass`,
      [],
      [...new Set(poolIds)],
    );
    const pools = new Map<string, Map<string | null, number>>();
    for (const { poolId, cardClass, taken } of rows) {
      const ofPool = pools.get(poolId) ?? new Map<string | null, number>();
      pools.set(poolId, ofPool.set(cardClass, Number(taken)));
    }
    return pools;
  }

  async claims(manager: EntityManager, causes: readonly Cause[]): Promise<ClaimRow[]> {
    const rows = await queryPairs<Plain<ClaimRow>>(
      manager,
      'SELECT causeType, causeId, poolId, amount, cardClass, heldUntil FROM capacity_claims WHERE :pairs',
      ['causeType', 'causeId'],
      causes.map(({ type, id }) => [type, id] as const),
    );
    return rows.map(claimOf);
  }

  async waiters(manager: EntityManager, ids: readonly string[]): Promise<Waiter[]> {
    const sql = `SELECT ${WAITER.join(', ')} FROM capacity_waiters WHERE id IN (:list)`;
    return (await queryList<Plain<WaiterRow>>(manager, sql, [], ids)).map(waiterOf);
  }

  /**
   * Those without an offer whom free places concern, in the order of the line: many who cannot be served, now or ever, or
   * are passed over, do not hide those behind them who can.
   */
  line(tx: Tx, poolId: string, { places, most, classes }: Room): Promise<Waiter[]> {
    const line = tx.manager
      .createQueryBuilder(WaiterRow, 'waiter')
      .where('waiter.poolId = :poolId AND waiter.offeredUntil IS NULL AND NOT waiter.passedOver', { poolId })
      .andWhere('(waiter.amount - waiter.kept <= :places OR waiter.keepUntil > :now)', {
        places,
        now: tx.now,
      })
      .andWhere('waiter.amount <= :most', { most });
    for (const [index, limit] of classes.entries()) {
      const [cardClass, ofClass] = [`class${index}`, `most${index}`];
      line.andWhere(
        `(waiter.cardClass IS NULL OR waiter.cardClass <> :${cardClass} OR waiter.amount <= :${ofClass})`,
        { [cardClass]: limit.cardClass, [ofClass]: limit.most },
      );
    }
    return line.orderBy('waiter.id', 'ASC').limit(LINE).getMany();
  }

  /** Everybody who waits for a pool or has an offer of it. */
  async waitersOf(manager: EntityManager, poolId: string): Promise<Waiter[]> {
    return manager.find(WaiterRow, { where: { poolId }, order: { id: 'ASC' } });
  }

  /** Those of an owner for whom places are held, offered or put aside, or who are passed over; by id. */
  async watched(
    manager: EntityManager,
    { ownerType, after, limit }: { ownerType: string; after: string; limit: number },
  ): Promise<string[]> {
    const rows: unknown = await manager.query(
      `SELECT id FROM capacity_waiters WHERE ownerType = ? AND id > ? AND (kept > 0 OR passedOver)
       ORDER BY id LIMIT ?`,
      [ownerType, after, limit],
    );
    return (rows as { id: string }[]).map(({ id }) => id);
  }

  async ahead(manager: EntityManager, waiters: readonly Waiter[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const { id, poolId } of waiters) {
      const rows: unknown = await manager.query(
        'SELECT COUNT(*) AS ahead FROM capacity_waiters WHERE poolId = ? AND offeredUntil IS NULL AND id < ?',
        [poolId, id],
      );
      counts.set(id, Number((rows as { ahead: number | string }[])[0]?.ahead ?? 0));
    }
    return counts;
  }

  /** Causes whose hold has run out. */
  async overdueCauses(manager: EntityManager, now: Date, limit: number): Promise<Cause[]> {
    const claims = await manager
      .createQueryBuilder(ClaimRow, 'claim')
      .where('claim.heldUntil <= :now', { now })
      .orderBy('claim.heldUntil', 'ASC')
      .limit(limit)
      .getMany();
    return claims.map(({ causeType, causeId }) => ({ type: causeType, id: causeId }));
  }

  /** Those who wait, without an offer, for something whose time has come. */
  async overdueWaiters(manager: EntityManager, now: Date, limit: number): Promise<string[]> {
    const waiters = await manager
      .createQueryBuilder(WaiterRow, 'waiter')
      .where('waiter.waitUntil <= :now AND waiter.offeredUntil IS NULL', { now })
      .orderBy('waiter.waitUntil', 'ASC')
      .limit(limit)
      .getMany();
    return waiters.map(({ id }) => id);
  }

  async insertPools(tx: Tx, pools: readonly PoolRow[], limits: readonly ClassLimitRow[]): Promise<void> {
    await insertRows(tx, 'capacity_pools', POOL, pools);
    await insertRows(tx, 'capacity_class_limits', LIMIT, limits);
  }

  async dropLimits(tx: Tx, poolId: string): Promise<void> {
    await tx.manager.delete(ClassLimitRow, { poolId });
  }

  async dropPools(tx: Tx, poolIds: readonly string[]): Promise<void> {
    await queryList(tx.manager, 'DELETE FROM capacity_class_limits WHERE poolId IN (:list)', [], poolIds);
    await queryList(tx.manager, 'DELETE FROM capacity_pools WHERE id IN (:list)', [], poolIds);
  }

  async save(tx: Tx, changes: BookChanges): Promise<void> {
    const { manager } = tx;
    for (const { causeType, causeId, poolId } of changes.goneClaims) {
      await manager.delete(ClaimRow, { causeType, causeId, poolId });
    }
    const settings = ['capacity', 'shrinkTo', 'closed', 'hasClasses'] as const;
    const limits = ['capacity', 'shrinkTo'] as const;
    const limitKey = ['poolId', 'cardClass'] as const;
    const leaving = changes.goneWaiters.map(({ id }) => id);
    const served = ['keepUntil', 'kept', 'offeredUntil', 'passedOver'] as const;
    await Promise.all([
      changeRows(tx, 'capacity_pools', ['id'], ['taken', 'waiting'], settings, changes.pools),
      changeRows(tx, 'capacity_class_limits', limitKey, ['taken'], limits, changes.classes),
      insertRows(tx, 'capacity_class_limits', LIMIT, changes.newClasses),
      insertRows(tx, 'capacity_claims', CLAIM, changes.newClaims),
      changeRows(tx, 'capacity_claims', CLAIM_KEY, [], ['amount', 'heldUntil'], changes.changedClaims),
      queryList(manager, 'DELETE FROM capacity_waiters WHERE id IN (:list)', [], leaving),
      insertRows(tx, 'capacity_waiters', WAITER, changes.newWaiters),
      changeRows(tx, 'capacity_waiters', ['id'], [], served, changes.changedWaiters),
    ]);
  }
}
