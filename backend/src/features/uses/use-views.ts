import { Injectable } from '@nestjs/common';
import type { AdminUse, Use } from '@talent-card/shared/uses/schema';
import type { EntityManager } from 'typeorm';
import { People } from '../../core/people/people.service.js';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { channelNamed, PlaceNames, venueNamed } from '../channels/place-names.js';
import { ClerkDevices } from '../codes/clerk-devices.js';
import type { UseRow } from './use.entity.js';
import { mayDispute } from './use.rules.js';
import { UseRatings } from './use-ratings.js';

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

/** Uses as their holder and as staff read them; a constant number of statements. */
@Injectable()
export class UseViews {
  constructor(
    private readonly names: PlaceNames,
    private readonly people: People,
    private readonly ratings: UseRatings,
    private readonly clerks: ClerkDevices,
    private readonly clock: Clock,
  ) {}

  async uses(manager: EntityManager, rows: readonly UseRow[]): Promise<Use[]> {
    if (rows.length === 0) return [];
    const places = await this.names.of(manager, rows);
    const ratings = await this.ratings.of(
      manager,
      rows.map((row) => row.id),
    );
    const now = this.clock.now();
    return rows.map((row): Use => {
      const rating = ratings.get(row.id) ?? null;
      return {
        useId: row.id,
        channel: channelNamed(places, row.channelId),
        venue: venueNamed(places, row.venueId),
        at: row.at.toISOString(),
        companions: row.companions,
        status: row.status,
        offline: row.offline,
        bookingId: row.bookingId,
        left: row.leftAfter,
        rating,
        mayRate: rating === null && this.ratings.mayRate(row, now),
        mayDispute: mayDispute(row, now),
        dispute: disputeOf(row),
        refundReason: row.refundReason,
        version: row.version,
      };
    });
  }

  async use(manager: EntityManager, row: UseRow): Promise<Use> {
    const [use] = await this.uses(manager, [row]);
    if (!use) throw new DomainError('NOT_FOUND');
    return use;
  }

  async adminUses(manager: EntityManager, rows: readonly UseRow[]): Promise<AdminUse[]> {
    const uses = await this.uses(manager, rows);
    const holders = await this.people.summary(manager, unique(rows.map((row) => row.personId)));
    const revoked = await this.clerks.revokedSince(
      manager,
      unique(rows.flatMap(({ clerkDeviceId }) => clerkDeviceId ?? [])),
    );
    const byId = new Map(holders.map((holder) => [holder.personId, holder]));
    return rows.flatMap((row, i) => {
      const [use, holder] = [uses[i], byId.get(row.personId)];
      if (!use || !holder) return [];
      const { cardClass, staffName: recordedBy, settleReason, settledNote } = row;
      const clerkRevokedAt = revoked.get(row.clerkDeviceId ?? '')?.toISOString() ?? null;
      return [{ ...use, holder, cardClass, recordedBy, clerkRevokedAt, settleReason, settledNote }];
    });
  }

  async adminUse(manager: EntityManager, row: UseRow): Promise<AdminUse> {
    const [use] = await this.adminUses(manager, [row]);
    if (!use) throw new DomainError('NOT_FOUND');
    return use;
  }
}

function disputeOf({ disputeOpenedAt, disputeReason, disputeAnswer }: UseRow): Use['dispute'] {
  if (disputeOpenedAt === null) return null;
  return { reason: disputeReason ?? '', answer: disputeAnswer, openedAt: disputeOpenedAt.toISOString() };
}
