import { Injectable } from '@nestjs/common';
import type { Looked, RecordUse, Use } from '@talent-card/shared/uses/schema';
import type { Verdict } from '@talent-card/shared/uses/verdicts';
import { maskName } from '@talent-card/shared/validators/text';
import type { EntityManager } from 'typeorm';
import { People } from '../../core/people/people.service.js';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { type CardFacts, Cards } from '../cards/cards.service.js';
import { ClerkDevices } from '../codes/clerk-devices.js';
import { Codes, type VerifiedCode } from '../codes/codes.service.js';
import { VenueAccess } from '../venues/venue-access.js';
import { Venues } from '../venues/venues.service.js';
import { newUse } from './new-use.js';
import type { LookRow } from './use.entity.js';
import { overallVerdict } from './use.rules.js';
import { UseCounter } from './use-counter.js';
import { UseViews } from './use-views.js';
import { UsesRepository } from './uses.repository.js';
import { WindowDues } from './window-dues.js';

const LOOK_MS = 2 * 60_000;

/** What clerks do at a window with network. */
@Injectable()
export class Windows {
  constructor(
    private readonly repository: UsesRepository,
    private readonly views: UseViews,
    private readonly counter: UseCounter,
    private readonly dues: WindowDues,
    private readonly codes: Codes,
    private readonly clerks: ClerkDevices,
    private readonly cards: Cards,
    private readonly people: People,
    private readonly venues: Venues,
    private readonly access: VenueAccess,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Who shows this code, and what they may use at this window now. Nothing is used yet.
   * @throws DomainError NOT_FOUND for no venue, VENUE_NOT_YOURS, CLERK_DEVICE_REVOKED
   */
  async look(staff: StaffPrincipal, venueId: string, code: string): Promise<Looked> {
    const { manager } = this.database;
    const now = this.clock.now();
    await this.clerks.assertWorking(manager, staff);
    await this.assertOwnVenue(manager, staff, venueId);
    const verified = await this.codes.verify(manager, code, now);
    const { card, codeId } = verified;
    if (verified.verdict !== 'ok' || !card || codeId === null) {
      return {
        verdict: verified.verdict,
        holder: await this.holderOf(manager, card),
        lookId: null,
        dues: [],
      };
    }
    const holder = await this.holderOf(manager, card);
    if (await this.repository.isTaken(manager, codeId))
      return { verdict: 'already-used', holder, lookId: null, dues: [] };
    const dues = await this.dues.of(manager, card.personId, venueId, now);
    const verdict: Verdict = overallVerdict(dues);
    if (verdict !== 'ok') return { verdict, holder, lookId: null, dues };
    const lookId = await this.keepLook(staff, venueId, { ...verified, card, codeId });
    return { verdict, holder, lookId, dues };
  }

  /**
   * Uses a channel once: takes the code, spends quota or takes over the booking's and checks it in.
   * @throws DomainError CLERK_DEVICE_REVOKED also where it was revoked since the look, LOOK_ENDED, CODE_ALREADY_USED,
   *   CARD_NOT_VALID, CODE_DEVICE_REVOKED for the holder's phone, VENUE_NOT_YOURS, CHANNEL_NOT_OPEN, NOT_ENTITLED, BOOKING_ALREADY_ARRIVED, COMPANIONS_TOO_MANY,
   *   QUOTA_GONE, FUNDED_ELSEWHERE
   */
  async record(staff: StaffPrincipal, wanted: RecordUse, idempotency: IdempotencyContext): Promise<Use> {
    return this.unitOfWork.run(
      async (tx) => {
        await this.clerks.assertWorking(tx.manager, staff);
        const look = await this.repository.look(tx.manager, wanted.lookId);
        const mine = look?.staffId === staff.staffId && look.venueId === wanted.venueId;
        if (!look || !mine || look.expiresAt <= tx.now) throw new DomainError('LOOK_ENDED');
        await this.assertOwnVenue(tx.manager, staff, look.venueId);
        const card = (await this.cards.facts(tx.manager, [look.cardId], serviceDate(tx.now))).get(
          look.cardId,
        );
        if (card?.status !== 'active') throw new DomainError('CARD_NOT_VALID', { status: card?.status });
        if (!(await this.codes.mayShow(tx.manager, look.deviceId)))
          throw new DomainError('CODE_DEVICE_REVOKED');
        const { channelId, companions = 0 } = wanted;
        const use = newUse(tx, staff, {
          ...look,
          channelId,
          companions,
          at: tx.now,
          cardClass: card.cardClass,
        });
        // The code first: of two clerks with one code the second is told of the code, whatever is left of the quota.
        if (!(await this.repository.add(tx, use))) throw new DomainError('CODE_ALREADY_USED');
        const counted = await this.counter.count(tx, staff, { ...use, useId: use.id });
        if (!counted.ok) throw counted.error;
        const decided = {
          leftAfter: counted.left,
          bookingId: counted.bookingId,
          cardClass: counted.cardClass,
        };
        await this.repository.complete(tx, use.id, decided);
        await this.audit.record(tx, staff, { action: 'uses.record', objectType: 'use', objectId: use.id });
        await this.outbox.publish(tx, 'use.recorded', { personId: use.personId, useId: use.id });
        return this.views.use(tx.manager, { ...use, ...decided });
      },
      { idempotency },
    );
  }

  /** @throws DomainError NOT_FOUND for no venue, VENUE_NOT_YOURS */
  private async assertOwnVenue(
    manager: EntityManager,
    staff: StaffPrincipal,
    venueId: string,
  ): Promise<void> {
    const venue = (await this.venues.byIds(manager, [venueId])).get(venueId);
    if (!venue) throw new DomainError('NOT_FOUND');
    if (!this.access.mayAct(staff, venue)) throw new DomainError('VENUE_NOT_YOURS');
  }

  private async keepLook(
    staff: StaffPrincipal,
    venueId: string,
    { codeId, card, deviceId }: VerifiedCode & { codeId: string; card: CardFacts },
  ): Promise<string> {
    return this.unitOfWork.run(async (tx) => {
      const look: LookRow = {
        id: newId(tx.now),
        codeId,
        cardId: card.cardId,
        personId: card.personId,
        venueId,
        staffId: staff.staffId,
        deviceId,
        createdAt: tx.now,
        expiresAt: new Date(tx.now.getTime() + LOOK_MS),
      };
      await this.repository.addLook(tx, look);
      return look.id;
    });
  }

  private async holderOf(manager: EntityManager, card: CardFacts | null): Promise<Looked['holder']> {
    if (!card) return null;
    const names = await this.people.names(manager, [card.personId]);
    const { kind: cardKind, cardClass, number, zoneCode, validUntil } = card;
    return {
      maskedName: maskName(names.get(card.personId) ?? ''),
      cardKind,
      cardClass,
      cardNumberTail: number.slice(-4),
      zoneCode,
      validUntil,
    };
  }
}
