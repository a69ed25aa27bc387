import { Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/accounts/principal.js';
import type { Tx } from '../../platform/database/tx.js';

/** A check-in that was taken back. */
export interface UndoneVisit {
  readonly bookingId: string;
  readonly personId: string;
  /** What the member of staff wrote; the holder reads it. */
  readonly reason: string;
}

/** Whoever keeps a record of visits, and took over what their bookings had spent. */
export interface VisitRecord {
  /** Ends the record and hands what it spent back to the booking, which stands again. */
  undo(tx: Tx, principal: Principal, visit: UndoneVisit): Promise<void>;
}

/** Where the one who records visits registers. */
@Injectable()
export class VisitRecords {
  private record: VisitRecord | undefined;

  /** Call in `onModuleInit`. */
  register(record: VisitRecord): void {
    if (this.record) throw new Error('somebody records visits already');
    this.record = record;
  }

  /** Null where nobody records visits. */
  get(): VisitRecord | null {
    return this.record ?? null;
  }
}
