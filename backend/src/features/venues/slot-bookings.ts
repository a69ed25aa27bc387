import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../../platform/accounts/principal.js';
import type { Tx } from '../../platform/database/tx.js';

/** What venues ask of bookings, which know venues and not the other way round. */
export interface SlotBookingsPort {
  /** Bookings that keep a place, held ones included. */
  count(manager: EntityManager, slotIds: readonly string[]): Promise<number>;
  /** Cancels them, gives back what they spent and tells each holder the reason. Answers how many. */
  cancel(tx: Tx, principal: Principal, slotIds: readonly string[], reason: string): Promise<number>;
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

  cancel(tx: Tx, principal: Principal, slotIds: readonly string[], reason: string): Promise<number> {
    return this.port && slotIds.length > 0
      ? this.port.cancel(tx, principal, slotIds, reason)
      : Promise.resolve(0);
  }
}
