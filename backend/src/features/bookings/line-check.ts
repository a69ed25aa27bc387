import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Capacity } from '../../core/capacity/capacity.service.js';
import type { Waiter } from '../../core/capacity/capacity.types.js';
import type { PoolBook } from '../../core/capacity/pool-book.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { DomainError } from '../../platform/errors/domain-error.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { OutboxHandlers, type OutboxPayload } from '../../platform/outbox/outbox-handlers.js';
import { Cards } from '../cards/cards.service.js';
import type { WaitingRow } from './booking.entity.js';
import { BookingDesk, bookingCause } from './booking-desk.js';
import { BookingsRepository } from './bookings.repository.js';
import { judge, type Obstacle, obstacleOf, type Standing, type Verdict } from './waiting.rules.js';
import { LINE_TOPIC, WaitingEvents } from './waiting-events.js';

export const LINE_JOB = 'bookings.line';
/** So many people each time, for they and the pools of all their lines are locked together. */
const UNIT = 25;

/**
 * Asks those in line whether they could accept if their turn came now, by the very questions of a booking. Who could not is
 * passed over: what is held for them goes to the next, and they keep their place until they could. It happens right after
 * their card moved, a place was offered to them or an offer of theirs ended, and round and round for all else: a channel that
 * no longer serves them, a booking elsewhere, a pause, and for those whose obstacle may be gone.
 */
@Injectable()
export class LineCheck implements OnModuleInit {
  /** The last one asked of: the next run goes on behind them. */
  private after = '';

  constructor(
    private readonly jobs: Jobs,
    private readonly handlers: OutboxHandlers,
    private readonly cards: Cards,
    private readonly capacity: Capacity,
    private readonly bookings: BookingsRepository,
    private readonly desk: BookingDesk,
    private readonly events: WaitingEvents,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
  ) {}

  onModuleInit(): void {
    // Not in the transaction of the card: it holds the card, and an erasure the card after people and pools.
    this.cards.onMoved((tx, { personId }) => this.events.lookAt(tx, [personId]));
    this.handlers.register(LINE_TOPIC, {
      idempotent: true,
      handle: (payload) => this.lookAt([payload]),
      handleMany: (deliveries) => this.lookAt(deliveries.map(({ payload }) => payload)),
    });
    this.jobs.register({ name: LINE_JOB, everySeconds: 10, run: (lease) => this.round(lease) });
  }

  private async lookAt(payloads: readonly OutboxPayload[]): Promise<void> {
    const named = payloads.flatMap(({ personId }) => (typeof personId === 'string' ? [personId] : []));
    // Most whose card moves wait for nothing: they are left alone without a transaction.
    const waits = await this.bookings.liveWaitsOf(this.database.manager, named);
    const people = [...new Set(waits.map(({ personId }) => personId))];
    for (let at = 0; at < people.length; at += UNIT) {
      await this.unitOfWork.run((tx) => this.look(tx, people.slice(at, at + UNIT)));
    }
  }

  private async round(lease: Lease): Promise<void> {
    const { manager } = this.database;
    const ids = await this.capacity.watched(manager, 'booking', this.after, UNIT);
    this.after = ids.length < UNIT ? '' : (ids.at(-1) ?? '');
    const people = (await this.bookings.findManyWaiting(manager, ids)).map(({ personId }) => personId);
    if (people.length === 0) return;
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      await this.look(tx, people);
    });
  }

  /** People, pools, counters: in the order of the house, since everything is asked for by the desk of bookings. */
  private async look(tx: Tx, personIds: readonly string[]): Promise<void> {
    const waits = await this.bookings.liveWaitsOf(tx.manager, personIds);
    if (waits.length === 0) return;
    const { answers, places, quota } = await this.desk.askInLine(tx, waits);
    const waiters = new Map<string, Waiter>();
    const standings = new Map<string, Standing[]>();
    for (const [index, row] of waits.entries()) {
      const [waiter, answer] = [places.waiter(row.id), answers[index]];
      // Left, accepted or closed meanwhile; or an offer that the job of lapsing is about to find.
      if (!waiter || !answer || (waiter.offeredUntil && waiter.offeredUntil <= tx.now)) continue;
      const obstacle = answer.ok ? null : await this.obstacleTo(tx, row, answer.error);
      // The slot is past or closed: its line ends by itself.
      if (!answer.ok && !obstacle) continue;
      waiters.set(row.id, waiter);
      const standing: Standing = {
        id: row.id,
        time: row,
        offered: waiter.offeredUntil !== null,
        kept: waiter.kept,
        obstacle,
        affordable: () => answer.ok && quota.check(answer.value.spend).ok,
        spend: () => {
          if (answer.ok) quota.spend({ ...answer.value.spend, cause: bookingCause(row.id) });
        },
      };
      standings.set(row.personId, [...(standings.get(row.personId) ?? []), standing]);
    }
    for (const verdict of [...standings.values()].flatMap(judge)) {
      const waiter = waiters.get(verdict.id);
      if (waiter) await this.carryOut(tx, places, waiter, verdict);
    }
    await this.capacity.write(tx, places);
    const gone = waits.filter(({ id }) => !places.waiter(id) && !waiters.has(id));
    await this.bookings.forgetFirstTurns(
      tx,
      gone.map(({ personId }) => personId),
    );
  }

  /** @param waiter as they stood before the look: who had something held is told why it went */
  private async carryOut(
    tx: Tx,
    places: PoolBook,
    waiter: Waiter,
    { id, obstacle, keepNothing }: Verdict,
  ): Promise<void> {
    if (keepNothing) places.keepNoMore(id);
    if (!obstacle) {
      if (places.takeUp(id)) await this.events.takenUp(tx, waiter);
    } else if (obstacle.forGood) {
      places.leave(id);
      await this.events.endedFor(tx, waiter, obstacle.reason);
    } else if (places.passOver(id)) {
      await this.events.passedOver(tx, waiter, obstacle.reason);
    } else {
      await this.events.stillPassedOver(tx, waiter, obstacle.reason);
    }
  }

  /** A channel that serves their kind of card no more says that they hold none: it may serve it again, and they have it still. */
  private async obstacleTo(tx: Tx, row: WaitingRow, error: DomainError): Promise<Obstacle | null> {
    const obstacle = obstacleOf(error);
    if (!obstacle?.forGood) return obstacle;
    const cards = await this.cards.validCards(tx.manager, row.personId, serviceDate(row.startsAt));
    return cards.length > 0 ? { reason: 'channel', forGood: false } : obstacle;
  }
}
