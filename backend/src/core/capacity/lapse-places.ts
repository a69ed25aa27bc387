import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { Capacity } from './capacity.service.js';
import { type Cause, OFFER, type Waiter } from './capacity.types.js';
import { CapacityHandlers } from './capacity-handlers.js';
import { PoolsRepository } from './pools.repository.js';

export const LAPSE_JOB = 'capacity.lapse';
const UNIT = 50;

/**
 * Gives back what was held, offered or put aside and not taken in time, which goes to the next in line, and ends vain
 * waiting.
 */
@Injectable()
export class LapsePlaces implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly capacity: Capacity,
    private readonly pools: PoolsRepository,
    private readonly handlers: CapacityHandlers,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: LAPSE_JOB, everySeconds: 5, run: (lease) => this.lapse(lease) });
  }

  private async lapse(lease: Lease): Promise<void> {
    const { manager } = this.database;
    for (;;) {
      const now = this.clock.now();
      const causes = await this.pools.overdueCauses(manager, now, UNIT);
      const waiterIds = await this.pools.overdueWaiters(manager, now, UNIT);
      if ((causes.length === 0 && waiterIds.length === 0) || lease.signal.aborted) return;
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        await this.end(tx, causes, waiterIds);
      });
      if (causes.length < UNIT && waiterIds.length < UNIT) return;
    }
  }

  private async end(tx: Tx, causes: readonly Cause[], waiterIds: readonly string[]): Promise<void> {
    const offered = causes.filter(({ type }) => type === OFFER).map(({ id }) => id);
    const book = await this.capacity.load(tx, [], {
      causes: [...causes, ...waiterIds.map((id) => ({ type: OFFER, id }))],
      waiterIds: [...waiterIds, ...offered],
    });
    const isOver = (until: Date | null): boolean => until !== null && until <= tx.now;
    const lapsedOffers: Waiter[] = [];
    const tooLate: Waiter[] = [];
    const holds: Cause[] = [];
    // What was accepted, confirmed or given back since it was read is left alone.
    for (const cause of causes) {
      if (!book.claimed(cause).some((claim) => isOver(claim.heldUntil))) continue;
      const waiter = cause.type === OFFER ? book.waiter(cause.id) : null;
      if (waiter?.offeredUntil) {
        book.leave(cause.id);
        lapsedOffers.push(waiter);
      } else if (waiter) {
        book.giveUpKept(cause.id);
      } else {
        book.release(cause);
        if (cause.type !== OFFER) holds.push(cause);
      }
    }
    for (const id of waiterIds) {
      const waiter = book.waiter(id);
      if (!waiter || waiter.offeredUntil || waiter.waitUntil > tx.now) continue;
      book.leave(id);
      tooLate.push(waiter);
    }
    await this.capacity.write(tx, book);
    await this.capacity.tell(lapsedOffers, (handler, some) => handler.waitEnded(tx, some, 'offer-lapsed'));
    await this.capacity.tell(tooLate, (handler, some) => handler.waitEnded(tx, some, 'too-late'));
    for (const type of new Set(holds.map((cause) => cause.type))) {
      const some = holds.filter((cause) => cause.type === type);
      await this.handlers.of(type).holdLapsed(tx, some);
    }
  }
}
