import { Injectable } from '@nestjs/common';
import { offlineUseMessage } from '@talent-card/shared/card-code/signed-texts';
import { CLOCK_TOLERANCE } from '@talent-card/shared/card-code/verify';
import type { OfflineUse, Synced, syncSchema } from '@talent-card/shared/uses/schema';
import type { Verdict } from '@talent-card/shared/uses/verdicts';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { CardFacts } from '../cards/cards.service.js';
import { Channels } from '../channels/channels.service.js';
import { ClerkDevices, type KnownClerkDevice } from '../codes/clerk-devices.js';
import { Codes } from '../codes/codes.service.js';
import { signedBy } from '../codes/ed25519.js';
import { VenueAccess } from '../venues/venue-access.js';
import { Venues } from '../venues/venues.service.js';
import { newUse } from './new-use.js';
import type { SettleReason, UseRow } from './use.entity.js';
import { LATE_HOURS } from './use.rules.js';
import { UseCounter } from './use-counter.js';
import { UsesRepository } from './uses.repository.js';

type Batch = z.output<typeof syncSchema>;
type Item = Synced['items'][number];

/** Why somebody has to look at a use before it counts; null: it counts as it is. */
interface Doubt {
  readonly verdict: Verdict;
  readonly settleReason: SettleReason;
}

/** A use whose code is genuine: somebody was let in, whatever is to be said of it. */
interface Genuine {
  readonly use: OfflineUse;
  readonly at: Date;
  readonly card: CardFacts;
  readonly codeId: string;
  readonly doubt: Doubt | null;
}

/** Verdicts that say that nobody's card was shown: such a use is not kept. */
const NO_CARD: readonly Verdict[] = [
  'not-a-code',
  'unknown-issuer',
  'forged',
  'code-expired',
  'clock-wrong',
  'credential-expired',
];

const HOUR_MS = 3_600_000;

/**
 * Uses that clerks' devices let in without network. Each is judged by what was so at its moment: a card suspended an
 * hour later does not undo it. Whoever was let in is never forgotten: what does not hold waits for a decision.
 */
@Injectable()
export class OfflineUses {
  constructor(
    private readonly repository: UsesRepository,
    private readonly counter: UseCounter,
    private readonly codes: Codes,
    private readonly clerks: ClerkDevices,
    private readonly venues: Venues,
    private readonly access: VenueAccess,
    private readonly channels: Channels,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Takes a device's uses in, each in a transaction of its own, so that a long batch holds nobody up and a broken one
   * goes on where it was. @throws DomainError CLERK_DEVICE_REVOKED
   */
  async sync(staff: StaffPrincipal, batch: Batch, idempotency: IdempotencyContext): Promise<Synced> {
    const items: Item[] = [];
    for (const use of batch.uses) {
      items.push(
        await this.unitOfWork.run(async (tx) => {
          const device = await this.clerks.known(tx.manager, batch.deviceId, staff.staffId);
          const other = staff.clerkDeviceId !== undefined && staff.clerkDeviceId !== batch.deviceId;
          if (!device || other) throw new DomainError('CLERK_DEVICE_REVOKED');
          return this.take(tx, staff, device, use);
        }),
      );
    }
    return this.unitOfWork.run(
      async (tx) => {
        await this.clerks.noteSeen(tx, batch.deviceId);
        return { items };
      },
      { idempotency },
    );
  }

  private async take(
    tx: Tx,
    staff: StaffPrincipal,
    device: KnownClerkDevice,
    use: OfflineUse,
  ): Promise<Item> {
    const { clientUseId } = use;
    const refused = (verdict: Verdict): Item => ({ clientUseId, outcome: 'refused', verdict, useId: null });
    const { signature, ...signed } = use;
    if (!signedBy(device.publicKey, offlineUseMessage(device.deviceId, signed), signature))
      return this.refuse(tx, staff, refused('forged'));
    const known = await this.repository.byClientId(tx.manager, clientUseId);
    if (known) return known.clerkDeviceId === device.deviceId ? itemOf(known) : refused('forged');
    const judged = await this.judge(tx, staff, use);
    if ('refused' in judged) return this.refuse(tx, staff, refused(judged.refused));
    return this.keep(tx, staff, device, judged);
  }

  /** Whether it is a use at all, and what stands against it, quota and booking left aside. */
  private async judge(
    tx: Tx,
    staff: StaffPrincipal,
    use: OfflineUse,
  ): Promise<Genuine | { readonly refused: Verdict }> {
    const at = new Date(use.at);
    if (at.getTime() - tx.now.getTime() > CLOCK_TOLERANCE * 1000) return { refused: 'clock-wrong' };
    const venue = (await this.venues.byIds(tx.manager, [use.venueId])).get(use.venueId);
    const channel = (await this.channels.bookingRules(tx.manager, [use.channelId])).get(use.channelId);
    if (!venue || !channel) return { refused: 'wrong-venue' };
    const { verdict, card, codeId } = await this.codes.verify(tx.manager, use.code, at);
    if (NO_CARD.includes(verdict) || !card || codeId === null) return { refused: verdict };
    const doubt = ((): Doubt | null => {
      if (tx.now.getTime() - at.getTime() > LATE_HOURS * HOUR_MS)
        return { verdict: 'kit-expired', settleReason: 'late' };
      if (verdict === 'device-revoked') return { verdict, settleReason: 'device-revoked' };
      if (verdict !== 'ok') return { verdict, settleReason: 'card-not-valid' };
      if (!this.access.mayAct(staff, venue) || !channel.venueIds.includes(venue.venueId))
        return { verdict: 'wrong-venue', settleReason: 'not-entitled' };
      return channel.offline === 'online-only'
        ? { verdict: 'online-only', settleReason: 'not-entitled' }
        : null;
    })();
    return { use, at, card, codeId, doubt };
  }

  private async keep(
    tx: Tx,
    staff: StaffPrincipal,
    device: KnownClerkDevice,
    { use, at, card, codeId, doubt }: Genuine,
  ): Promise<Item> {
    const { cardId, personId, cardClass } = card;
    const { venueId, channelId, companions, clientUseId } = use;
    const row: UseRow = {
      ...newUse(tx, staff, { cardId, personId, cardClass, venueId, channelId, companions, at, codeId }),
      offline: true,
      clientUseId,
      clerkDeviceId: device.deviceId,
      syncVerdict: 'ok-offline',
    };
    // Another device, or the same window, has let this code in before: the first keeps it.
    const first = await this.repository.add(tx, row);
    const replay: Doubt | null = first ? null : { verdict: 'already-used', settleReason: 'replayed' };
    if (replay && !(await this.repository.add(tx, { ...row, codeKey: null }))) throw new Error('a use twice');
    const decided = await this.decide(tx, staff, row, replay ?? doubt);
    await this.repository.complete(tx, row.id, decided);
    await this.audit.record(tx, staff, { action: 'uses.sync', objectType: 'use', objectId: row.id });
    if (decided.status === 'used') await this.outbox.publish(tx, 'use.recorded', { personId, useId: row.id });
    return itemOf({ ...row, ...decided });
  }

  private async decide(
    tx: Tx,
    staff: StaffPrincipal,
    row: UseRow,
    doubt: Doubt | null,
  ): Promise<Partial<UseRow> & Pick<UseRow, 'status'>> {
    if (doubt) return toSettle(doubt);
    const counted = await this.counter.count(tx, staff, { ...row, useId: row.id });
    if (counted.ok) {
      const { bookingId, cardClass } = counted;
      return { status: 'used', bookingId, cardClass };
    }
    await this.counter.recordExcess(tx, counted.spend);
    return toSettle(counted);
  }

  private async refuse(tx: Tx, staff: StaffPrincipal, item: Item): Promise<Item> {
    await this.audit.record(tx, staff, {
      action: 'uses.refuse-offline',
      objectType: 'offline-use',
      objectId: item.clientUseId,
    });
    return item;
  }
}

const toSettle = ({ verdict, settleReason }: Doubt) =>
  ({ status: 'to-settle', syncVerdict: verdict, settleReason }) as const;

const itemOf = ({ id, clientUseId, settleReason, syncVerdict }: UseRow): Item => ({
  clientUseId: clientUseId ?? '',
  outcome: settleReason === null ? 'counted' : 'to-settle',
  verdict: syncVerdict ?? 'ok-offline',
  useId: id,
});
