import { Injectable } from '@nestjs/common';
import type { Booking, Waiting } from '@talent-card/shared/bookings/schema';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { OFFER } from '../../core/capacity/capacity.types.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { orThrow } from '../../platform/errors/outcome.js';
import { newId } from '../../platform/ids.js';
import type { WaitingRow } from './booking.entity.js';
import { overlap } from './booking.rules.js';
import { BookingDesk, type Candidate } from './booking-desk.js';
import { BookingViews } from './booking-views.js';
import { BookingsRepository, type NewWaiting } from './bookings.repository.js';
import { inOrderUntil } from './waiting.rules.js';
import { WaitingEvents } from './waiting-events.js';
import { WaitingViews } from './waiting-views.js';

/** How many of their waits a person sees. */
const SHOWN = 50;
/** Lines that one person stands in at a time: each offer keeps a place from others until it is answered. */
const MOST_WAITS = 5;

/** Waiting for a place in a full slot: a freed place is held for the next in line until they accept or let it pass. */
@Injectable()
export class WaitingLine {
  constructor(
    private readonly bookings: BookingsRepository,
    private readonly desk: BookingDesk,
    private readonly capacity: Capacity,
    private readonly bookingViews: BookingViews,
    private readonly views: WaitingViews,
    private readonly events: WaitingEvents,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @throws DomainError as a booking would be refused, WAITING_NOT_NEEDED while places are left, WAITING_EXISTS,
   *   WAITING_TOO_MANY; for a party for whom the slot will never have enough places COMPANIONS_TOO_MANY, and SLOT_FULL
   *   where it has none for the class at all
   */
  join(
    person: PersonPrincipal,
    wish: { readonly slotId: string; readonly companions: number },
    idempotency: IdempotencyContext,
  ): Promise<Waiting> {
    return this.unitOfWork.run(
      async (tx) => {
        const asked = orThrow(await this.desk.ask(tx, { principal: person, ...wish, note: null }));
        const waits = await this.bookings.liveWaitsOf(tx.manager, [person.personId]);
        const known = waits.find(({ slotId }) => slotId === wish.slotId);
        if (known) throw new DomainError('WAITING_EXISTS', { waitingId: known.id });
        if (waits.length >= MOST_WAITS) throw new DomainError('WAITING_TOO_MANY', { most: MOST_WAITS });
        const { slot, spend, cardClass, times, rules, places } = asked;
        const most = places.most(slot.poolId, cardClass);
        if (spend.party > most) throw tooManyFor(slot.slotId, most);
        const left = places.left(slot.poolId, cardClass);
        if (left >= spend.party) throw new DomainError('WAITING_NOT_NEEDED', { left });
        const waiting = waitingOf(tx, person, asked);
        // Places are put aside for one wait at a time, and not again for whoever let them pass.
        const atOnce = waits.some((one) => overlap(one, slot));
        const inTurn = !atOnce && !(await this.bookings.hasLetPass(tx.manager, person.personId, slot.slotId));
        places.join({
          id: waiting.id,
          poolId: slot.poolId,
          ownerType: 'booking',
          amount: spend.party,
          cardClass,
          offerMinutes: rules.offerMinutes,
          waitUntil: times.bookableUntil,
          keepUntil: inTurn ? inOrderUntil(times) : null,
        });
        await this.bookings.insertWaiting(tx, waiting);
        await this.capacity.write(tx, places);
        await this.note(tx, person, waiting.id, 'wait');
        // An offer of theirs may stand in the way of this one.
        if (waits.length > 0) await this.events.lookAt(tx, [person.personId]);
        return this.view(tx, waiting.id);
      },
      { idempotency },
    );
  }

  /** Turns the offered place into a booking. @throws DomainError NOT_FOUND, OFFER_ENDED, or as `book` */
  accept(person: PersonPrincipal, waitingId: string, idempotency: IdempotencyContext): Promise<Booking> {
    return this.unitOfWork.run(
      async (tx) => {
        const waiting = await this.ownInTurn(tx, person, waitingId);
        const over = waiting.offeredUntil === null || waiting.offeredUntil <= tx.now;
        if (waiting.status !== 'offered' || over) throw new DomainError('OFFER_ENDED');
        const { slotId, companions } = waiting;
        const request = { principal: person, slotId, companions, note: null, offerOf: waitingId };
        const [outcome] = await this.desk.bookMany(tx, [request]);
        const booking = orThrow(outcome);
        const accepted = { status: 'accepted', bookingId: booking.id } as const;
        if (!(await this.bookings.changeWaiting(tx, waiting, accepted))) throw new DomainError('OFFER_ENDED');
        await this.events.lookAt(tx, [person.personId]);
        return this.bookingViews.booking(tx.manager, booking, tx.now);
      },
      { idempotency },
    );
  }

  /** Leaves the line or declines the offer, which goes to the next. @throws DomainError NOT_FOUND, OFFER_ENDED */
  leave(person: PersonPrincipal, waitingId: string, idempotency: IdempotencyContext): Promise<Waiting> {
    return this.unitOfWork.run(
      async (tx) => {
        const waiting = await this.ownInTurn(tx, person, waitingId);
        if (waiting.status !== 'waiting' && waiting.status !== 'offered')
          throw new DomainError('OFFER_ENDED');
        await this.takeOut(tx, [waiting]);
        await this.note(tx, person, waitingId, 'stop-waiting');
        // What this offer kept from them elsewhere may be theirs now.
        if (waiting.status === 'offered') await this.events.lookAt(tx, [person.personId]);
        return this.view(tx, waitingId);
      },
      { idempotency },
    );
  }

  async mine(person: PersonPrincipal): Promise<{ items: Waiting[] }> {
    const { manager } = this.database;
    const rows = await this.bookings.waitingOf(manager, person.personId, SHOWN);
    return { items: await this.views.describe(manager, rows) };
  }

  /** Takes a person out of every line, for an erasure. */
  async leaveAll(tx: Tx, personId: string): Promise<void> {
    const rows = await this.bookings.liveWaitsOf(tx.manager, [personId]);
    if (rows.length > 0) await this.takeOut(tx, rows);
  }

  private async takeOut(tx: Tx, rows: readonly WaitingRow[]): Promise<void> {
    const ids = rows.map(({ id }) => id);
    const places = await this.capacity.load(tx, [], {
      causes: ids.map((id) => ({ type: OFFER, id })),
      waiterIds: ids,
    });
    // Under the lock now: an offer may have come since the row was read, or the line may have ended.
    for (const row of await this.bookings.findManyWaiting(tx.manager, ids)) {
      if (!places.leave(row.id)) continue;
      await this.bookings.changeWaiting(tx, row, { status: row.status === 'offered' ? 'declined' : 'left' });
    }
    await this.capacity.write(tx, places);
  }

  private async ownInTurn(tx: Tx, person: PersonPrincipal, waitingId: string): Promise<WaitingRow> {
    await this.bookings.takeTurns(tx, [person.personId]);
    const waiting = await this.bookings.findWaiting(tx.manager, waitingId);
    if (waiting?.personId !== person.personId) throw new DomainError('NOT_FOUND');
    return waiting;
  }

  private async view(tx: Tx, waitingId: string): Promise<Waiting> {
    const rows = await this.bookings.findManyWaiting(tx.manager, [waitingId]);
    const [waiting] = await this.views.describe(tx.manager, rows);
    if (!waiting) throw new DomainError('NOT_FOUND');
    return waiting;
  }

  private note(tx: Tx, principal: PersonPrincipal, waitingId: string, verb: string): Promise<void> {
    return this.audit.record(tx, principal, {
      action: `bookings.${verb}`,
      objectType: 'waiting',
      objectId: waitingId,
    });
  }
}

/** Who needs more places than the slot has would wait in vain. */
const tooManyFor = (slotId: string, most: number): DomainError =>
  most > 0
    ? new DomainError('COMPANIONS_TOO_MANY', { most: most - 1 })
    : new DomainError('SLOT_FULL', { slotId, left: 0 });

function waitingOf(tx: Tx, person: PersonPrincipal, { slot, request }: Candidate): NewWaiting {
  const { channelId, venueId, slotId, startsAt, endsAt } = slot;
  return {
    id: newId(tx.now),
    personId: person.personId,
    channelId,
    venueId,
    slotId,
    startsAt,
    endsAt,
    companions: request.companions,
    status: 'waiting',
    offeredUntil: null,
    reason: null,
    bookingId: null,
    createdAt: tx.now,
  };
}
