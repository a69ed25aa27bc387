import { Injectable } from '@nestjs/common';
import type { BookingRules } from '@talent-card/shared/channels/schema';
import { Capacity } from '../../core/capacity/capacity.service.js';
import type { PoolCounts } from '../../core/capacity/capacity.types.js';
import { addDays } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { type SlotRow, Slots } from '../venues/slots.service.js';
import { bookingTimes } from './booking.rules.js';

/** What somebody wanted and did not get. */
export interface Wanted {
  readonly slot: SlotRow;
  readonly rules: BookingRules;
  /** One and the companions. */
  readonly party: number;
  readonly cardClass: string | null;
}

export interface FreeSlot {
  readonly slotId: string;
  readonly startsAt: string;
  readonly left: number;
}

const MOST = 3;
const DAYS_AROUND = 3;

/** Where places are left: bookable slots of the same channel and venue, the nearest in time first. */
@Injectable()
export class FreeSlots {
  constructor(
    private readonly slots: Slots,
    private readonly capacity: Capacity,
  ) {}

  /** At most three for each; two statements for each slot that is wanted, however many want it. */
  async nearest(tx: Tx, wanted: readonly Wanted[]): Promise<FreeSlot[][]> {
    const around = new Map<string, { slots: SlotRow[]; counts: Map<string, PoolCounts> }>();
    for (const { slot, rules } of wanted) {
      if (!around.has(slot.slotId)) around.set(slot.slotId, await this.around(tx, slot, rules));
    }
    const known = new Map<string, FreeSlot[]>();
    return wanted.map((one) => {
      const key = `${one.slot.slotId} ${one.party} ${one.cardClass}`;
      const found = known.get(key) ?? freeOf(one, around.get(one.slot.slotId));
      known.set(key, found);
      return found;
    });
  }

  private async around(
    tx: Tx,
    { slotId, channelId, venueId, serviceDate, startsAt }: SlotRow,
    rules: BookingRules,
  ): Promise<{ slots: SlotRow[]; counts: Map<string, PoolCounts> }> {
    const from = addDays(serviceDate, -DAYS_AROUND);
    const to = addDays(serviceDate, DAYS_AROUND);
    const distance = (slot: SlotRow): number => Math.abs(slot.startsAt.getTime() - startsAt.getTime());
    const slots = (await this.slots.week(tx.manager, venueId, from, to, channelId))
      .filter((slot) => {
        if (slot.slotId === slotId || slot.status === 'closed') return false;
        const { opensAt, bookableUntil } = bookingTimes(rules, slot);
        return opensAt <= tx.now && tx.now < bookableUntil;
      })
      .sort((a, b) => distance(a) - distance(b));
    const counts = await this.capacity.counts(
      tx.manager,
      slots.map(({ poolId }) => poolId),
    );
    return { slots, counts };
  }
}

function freeOf(
  { party, cardClass }: Wanted,
  around: { slots: readonly SlotRow[]; counts: ReadonlyMap<string, PoolCounts> } | undefined,
): FreeSlot[] {
  const free: FreeSlot[] = [];
  for (const { slotId, startsAt, poolId } of around?.slots ?? []) {
    const counts = around?.counts.get(poolId);
    if (!counts || counts.closed) continue;
    const left =
      (cardClass === null ? undefined : counts.classLeft[cardClass]) ?? counts.capacity - counts.taken;
    if (left < party) continue;
    free.push({ slotId, startsAt: startsAt.toISOString(), left });
    if (free.length === MOST) break;
  }
  return free;
}
