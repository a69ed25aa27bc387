import { Injectable } from '@nestjs/common';
import { offlineUseMessage } from '@talent-card/shared/card-code/signed-texts';
import { CLOCK_TOLERANCE } from '@talent-card/shared/card-code/verify';
import type { OfflineUse, Synced, syncSchema } from '@talent-card/shared/uses/schema';
import type { Verdict } from '@talent-card/shared/uses/verdicts';
import type * as z from 'zod';
import type { CitizenPrincipal, Principal, StaffPrincipal } from '../../platform/accounts/principal.js';
import { StaffPrincipals } from '../../platform/accounts/staff/staff-principals.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { CardFacts } from '../cards/cards.service.js';
import { Channels } from '../channels/channels.service.js';
import { ClerkDevices, type HandingDevice, type KnownClerkDevice } from '../codes/clerk-devices.js';
import { Codes } from '../codes/codes.service.js';
import { signedBy } from '../codes/ed25519.js';
import { VenueAccess } from '../venues/venue-access.js';
import { Venues } from '../venues/venues.service.js';
import { newUse, type Recorder } from './new-use.js';
import type { SettleReason, UseRow } from './use.entity.js';
import { LATE_HOURS } from './use.rules.js';
import { UseCounter } from './use-counter.js';
import { type SaidUse, UsesRepository } from './uses.repository.js';

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

/** Who sends uses, and for whom. */
interface Sender {
  /** Who acts: a clerk at the window, or the WeChat account of a phone that is a clerk's no more. */
  readonly principal: Principal;
  /** Whose uses they are. */
  readonly clerk: Recorder;
  /** Null where the clerk works no more: nobody knows any longer which venues were theirs. */
  readonly staff: StaffPrincipal | null;
  readonly device: KnownClerkDevice;
  /** What was signed from then on is refused. */
  readonly until: Date | null;
  /** What stands against each of them, where nothing else does. */
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
    private readonly staff: StaffPrincipals,
    private readonly venues: Venues,
    private readonly access: VenueAccess,
    private readonly channels: Channels,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Takes the uses of a clerk's phone in. @throws DomainError CLERK_DEVICE_REVOKED: its uses are handed in, see below */
  sync(staff: StaffPrincipal, batch: Batch, idempotency: IdempotencyContext): Promise<Synced> {
    return this.takeEach(batch, idempotency, async (tx) => {
      const device = await this.clerks.known(tx.manager, batch.deviceId, staff.staffId);
      const other = staff.clerkDeviceId !== undefined && staff.clerkDeviceId !== batch.deviceId;
      if (!device || other) throw new DomainError('CLERK_DEVICE_REVOKED');
      return { principal: staff, clerk: staff, staff, device, until: null, doubt: null };
    });
  }

  /**
   * Takes in what a phone signed while it was a clerk's, once it cannot sign in at the window any more: sent by the
   * account that enrolled it and proven by its key. Each waits for somebody of the office, and none is counted before;
   * those signed after the revocation are refused.
   * @throws DomainError CLERK_DEVICE_REVOKED for a phone of another account
   */
  handIn(citizen: CitizenPrincipal, batch: Batch, idempotency: IdempotencyContext): Promise<Synced> {
    return this.takeEach(batch, idempotency, async (tx) => {
      const device = await this.clerks.handing(tx.manager, citizen.accountId, batch.deviceId);
      return this.handing(tx, citizen, device);
    });
  }

  private async handing(tx: Tx, principal: CitizenPrincipal, device: HandingDevice): Promise<Sender> {
    const { staffId, staffName: displayName, revokedAt: until } = device;
    const staff = await this.staff.find(tx.manager, staffId, '');
    const doubt = { verdict: 'clerk-revoked', settleReason: 'clerk-revoked' } as const;
    return { principal, clerk: { staffId, displayName }, staff, device, until, doubt };
  }

  /**
   * Each in a transaction of its own, so that a long batch holds nobody up and a broken one goes on where it was; who
   * sends is looked up anew for each.
   */
  private async takeEach(
    batch: Batch,
    idempotency: IdempotencyContext,
    senderOf: (tx: Tx) => Promise<Sender>,
  ): Promise<Synced> {
    const items: Item[] = [];
    for (const use of batch.uses) {
      items.push(await this.unitOfWork.run(async (tx) => this.take(tx, await senderOf(tx), use)));
    }
    return this.unitOfWork.run(
      async (tx) => {
        await this.clerks.noteSeen(tx, batch.deviceId);
        return { items };
      },
      { idempotency },
    );
  }

  private async take(tx: Tx, sender: Sender, use: OfflineUse): Promise<Item> {
    const { device, until } = sender;
    const { clientUseId } = use;
    const refused = (verdict: Verdict): Item => ({ clientUseId, outcome: 'refused', verdict, useId: null });
    const { signature, ...signed } = use;
    if (!signedBy(device.publicKey, offlineUseMessage(device.deviceId, signed), signature))
      return this.refuse(tx, sender, refused('forged'));
    const known = await this.known(tx, sender, clientUseId);
    if (known) return known;
    if (until !== null && new Date(use.at) >= until)
      return this.refuse(tx, sender, refused('after-revocation'));
    const judged = await this.judge(tx, sender, use);
    if ('refused' in judged) return this.refuse(tx, sender, refused(judged.refused));
    return this.keep(tx, sender, judged);
  }

  /** What became of a use that is known; its id is its phone's own, and another's is none. */
  private async known(tx: Tx, { device }: Sender, clientUseId: string): Promise<Item | null> {
    const row = await this.repository.byClientId(tx.manager, clientUseId);
    if (!row) return null;
    if (row.clerkDeviceId === device.deviceId) return itemOf(row);
    return { clientUseId, outcome: 'refused', verdict: 'forged', useId: null };
  }

  /** Whether it is a use at all, and what stands against it, quota and booking left aside. */
  private async judge(
    tx: Tx,
    sender: Sender,
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
      if (
        (sender.staff && !this.access.mayAct(sender.staff, venue)) ||
        !channel.venueIds.includes(venue.venueId)
      )
        return { verdict: 'wrong-venue', settleReason: 'not-entitled' };
      return channel.offline === 'online-only'
        ? { verdict: 'online-only', settleReason: 'not-entitled' }
        : sender.doubt;
    })();
    return { use, at, card, codeId, doubt };
  }

  private async keep(tx: Tx, sender: Sender, { use, at, card, codeId, doubt }: Genuine): Promise<Item> {
    const { principal, clerk, device } = sender;
    const { cardId, personId, cardClass } = card;
    const { venueId, channelId, companions, clientUseId } = use;
    const row: UseRow = {
      ...newUse(tx, clerk, { cardId, personId, cardClass, venueId, channelId, companions, at, codeId }),
      offline: true,
      clientUseId,
      clerkDeviceId: device.deviceId,
      syncVerdict: 'ok-offline',
    };
    // Another device, or the same window, has let this code in before: the first keeps it.
    const first = await this.repository.add(tx, row);
    const said = first ? null : await this.saidBefore(tx, { ...row, clerkDeviceId: device.deviceId });
    if (said) return { ...itemOf(said), clientUseId };
    const replay: Doubt | null = first ? null : { verdict: 'already-used', settleReason: 'replayed' };
    if (replay && !(await this.repository.add(tx, { ...row, codeKey: null }))) {
      // The same batch came twice at the same moment, and the other was faster by a hair.
      const same = await this.known(tx, sender, clientUseId);
      if (!same) throw new Error('a use that is neither new nor known');
      return same;
    }
    const decided = await this.decide(tx, principal, row, replay ?? doubt);
    await this.repository.complete(tx, row.id, decided);
    await this.audit.record(tx, principal, { action: 'uses.sync', objectType: 'use', objectId: row.id });
    if (decided.status === 'used') await this.outbox.publish(tx, 'use.recorded', { personId, useId: row.id });
    return itemOf({ ...row, ...decided });
  }

  /**
   * What the same phone has said before of the same party at the same window with the same code, once and not twice:
   * without network under another id, or to the service, whose answer it did not get before its clerk let in without
   * network. One of those that was given back since says nothing of who was let in: somebody has to look.
   */
  private async saidBefore(tx: Tx, use: SaidUse): Promise<UseRow | null> {
    const said = await this.repository.alike(tx.manager, use);
    return said.find(({ offline, status }) => offline || status !== 'refunded') ?? null;
  }

  private async decide(
    tx: Tx,
    principal: Principal,
    row: UseRow,
    doubt: Doubt | null,
  ): Promise<Partial<UseRow> & Pick<UseRow, 'status'>> {
    if (doubt) return toSettle(doubt);
    const counted = await this.counter.count(tx, principal, { ...row, useId: row.id });
    if (counted.ok) {
      const { bookingId, cardClass } = counted;
      return { status: 'used', bookingId, cardClass };
    }
    await this.counter.recordExcess(tx, counted.spend);
    return toSettle(counted);
  }

  private async refuse(tx: Tx, { principal }: Sender, item: Item): Promise<Item> {
    await this.audit.record(tx, principal, {
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
