import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids.js';
import type { UseRow } from './use.entity.js';

export type UsedAt = Pick<
  UseRow,
  'personId' | 'cardId' | 'cardClass' | 'channelId' | 'venueId' | 'companions' | 'at' | 'codeId'
>;

export type Recorder = Pick<StaffPrincipal, 'staffId' | 'displayName' | 'clerkDeviceId'>;

/** A use as a window with network makes it, before anything is counted. */
export function newUse(tx: Tx, staff: Recorder, used: UsedAt): UseRow {
  const { personId, cardId, cardClass, channelId, venueId, companions, at, codeId } = used;
  return {
    id: newId(tx.now),
    personId,
    cardId,
    cardClass,
    channelId,
    venueId,
    serviceDate: serviceDate(at),
    at,
    companions,
    status: 'used',
    offline: false,
    bookingId: null,
    leftAfter: null,
    staffId: staff.staffId,
    staffName: staff.displayName,
    clerkDeviceId: staff.clerkDeviceId ?? null,
    clientUseId: null,
    codeId,
    codeKey: codeId,
    syncVerdict: null,
    settleReason: null,
    settledNote: null,
    settledByStaffId: null,
    settledAt: null,
    refundReason: null,
    disputeReason: null,
    disputeOpenedAt: null,
    disputeAnswer: null,
    recordedAt: tx.now,
    version: 1,
  };
}
