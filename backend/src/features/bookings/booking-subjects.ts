import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { MessageKind } from '@talent-card/shared/messages/schema';
import type { EntityManager } from 'typeorm';
import { ChannelWords } from '../channels/channel-words.js';
import { MessageSubjects, type Subject } from '../messages/message-subjects.js';
import { type SlotRow, Slots } from '../venues/slots.service.js';
import type { BookingRow, WaitingRow } from './booking.entity.js';
import { BookingsRepository } from './bookings.repository.js';

/** What messages say of bookings, places in line and slots; read when they are written. */
@Injectable()
export class BookingSubjects implements OnModuleInit {
  constructor(
    private readonly bookings: BookingsRepository,
    private readonly slots: Slots,
    private readonly words: ChannelWords,
    private readonly subjects: MessageSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register('booking', async (manager, id, { kind }) => {
      const booking = await this.bookings.find(manager, id);
      return booking && this.booking(manager, booking, kind);
    });
    this.subjects.register('waiting', async (manager, id, { kind }) => {
      const waiting = await this.bookings.findWaiting(manager, id);
      return waiting && this.waiting(manager, waiting, kind);
    });
    this.subjects.register('slot', async (manager, id) => {
      const slot = (await this.slots.byIds(manager, [id])).get(id);
      return slot && this.slot(manager, slot);
    });
  }

  private async booking(manager: EntityManager, booking: BookingRow, kind: MessageKind): Promise<Subject> {
    const { number, companions, cancelledBy, caseId, startsAt } = booking;
    return {
      params: {
        ...(await this.visit(manager, booking)),
        number,
        companions,
        ...(kind === 'booking-cancelled' && cancelledBy ? { by: cancelledBy } : {}),
      },
      ...(kind === 'booking-reminder' ? { usefulUntil: startsAt } : {}),
      known: isKnown(kind, cancelledBy, caseId),
    };
  }

  private async waiting(manager: EntityManager, waiting: WaitingRow, kind: MessageKind): Promise<Subject> {
    const { offeredUntil, companions, status, reason } = waiting;
    const params = {
      ...(await this.visit(manager, waiting)),
      companions,
      ...(reason ? { why: reason } : {}),
    };
    // An offer that was taken back, in line or with the line, or somebody who was taken up again, before they were told.
    const takenBack = kind === 'waiting-offered' && (status === 'waiting' || reason !== null);
    const moot = takenBack || (kind === 'waiting-passed-over' && reason === null);
    if (kind !== 'waiting-offered' || !offeredUntil) return { params, moot };
    return { params: { ...params, offeredUntil: offeredUntil.toISOString() }, usefulUntil: offeredUntil };
  }

  private async slot(manager: EntityManager, slot: SlotRow): Promise<Subject> {
    const { channelId, venueId, serviceDate: day, startsAt } = slot;
    return {
      params: { ...(await this.visit(manager, slot)), channelId, venueId, day },
      usefulUntil: startsAt,
    };
  }

  private async visit(
    manager: EntityManager,
    row: BookingRow | WaitingRow | SlotRow,
  ): Promise<Subject['params']> {
    return {
      ...(await this.words.of(manager, row)),
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
    };
  }
}

/** Whoever books or cancels sees it happen; a booking that an office let through is news. */
function isKnown(kind: MessageKind, cancelledBy: BookingRow['cancelledBy'], caseId: string | null): boolean {
  if (kind === 'booking-cancelled') return cancelledBy === 'holder';
  return kind === 'booking-booked' && caseId === null;
}
