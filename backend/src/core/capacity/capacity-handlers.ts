import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import type { Cause, Waiter } from './capacity.types.js';

/** What a feature does when places come or go by themselves; called in the transaction in which they do. */
export interface CapacityHandler {
  /** Places are held for each of these until `offeredUntil`. */
  offered(tx: Tx, waiters: readonly (Waiter & { readonly offeredUntil: Date })[]): Promise<void>;
  /**
   * These are out of the line: `offer-lapsed` did not answer in time, for `too-late` the time of the thing has come,
   * `closed` waited for something that will not be.
   */
  waitEnded(tx: Tx, waiters: readonly Waiter[], why: 'offer-lapsed' | 'too-late' | 'closed'): Promise<void>;
  /** The holds of these causes ran out; their places are given back. */
  holdLapsed(tx: Tx, causes: readonly Cause[]): Promise<void>;
}

/** Where features register, by the type of their causes and waiters. */
@Injectable()
export class CapacityHandlers {
  private readonly handlers = new Map<string, CapacityHandler>();

  /** Call in `onModuleInit`. */
  register(ownerType: string, handler: CapacityHandler): void {
    if (this.handlers.has(ownerType)) throw new Error(`capacity has a handler for ${ownerType} already`);
    this.handlers.set(ownerType, handler);
  }

  of(ownerType: string): CapacityHandler {
    const handler = this.handlers.get(ownerType);
    if (!handler) throw new Error(`nobody handles the places of ${ownerType}`);
    return handler;
  }
}
