import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../../platform/accounts/principal.js';
import type { Tx } from '../../platform/database/tx.js';

export interface SlotToClose {
  readonly slotId: string;
  readonly poolId: string;
}

/** What venues ask of bookings, which know venues and not the other way round. */
export interface SlotBookingsPort {
  /** Bookings that keep a place, held ones included. */
  count(manager: EntityManager, slotIds: readonly string[]): Promise<number>;
  /**
   * Closes the pools of the slots, so that nobody gets in any more and the line is sent home, cancels their bookings,
   * gives back what they spent and tells each holder the reason. Answers how many.
   */
  close(tx: Tx, principal: Principal, slots: readonly SlotToClose[], reason: string): Promise<number>;
}

@Injectable()
export class SlotBookings implements SlotBookingsPort {
  private port: SlotBookingsPort | undefined;

  /** Call in `onModuleInit`. */
  register(port: SlotBookingsPort): void {
    this.port = port;
  }

  count(manager: EntityManager, slotIds: readonly string[]): Promise<number> {
    return this.port && slotIds.length > 0 ? this.port.count(manager, slotIds) : Promise.resolve(0);
  }

  close(tx: Tx, principal: Principal, slots: readonly SlotToClose[], reason: string): Promise<number> {
    if (!this.port) throw new Error('nobody answers for the bookings of a slot');
    return this.port.close(tx, principal, slots, reason);
  }
}
