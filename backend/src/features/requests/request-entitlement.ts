import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Quota } from '../../core/quota/quota.service.js';
import type { QuotaTerms } from '../../core/quota/quota.types.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Entitlements } from '../channels/entitlements.js';

/** Whether somebody may ask for what a channel offers, and under what it is counted once granted. */
@Injectable()
export class RequestEntitlement {
  constructor(
    private readonly entitlements: Entitlements,
    private readonly quota: Quota,
  ) {}

  /** @throws DomainError NOT_FOUND, CHANNEL_NOT_OPEN, NOT_ENTITLED with each unmet condition */
  async quotaOf(manager: EntityManager, personId: string, channelId: string, now: Date): Promise<QuotaTerms> {
    const request = { personId, channelId, venueId: null, on: serviceDate(now) };
    const decision = (await this.entitlements.load(manager, [request])).decide(request);
    if (decision.ok) return decision.quota;
    const conditions = decision.conditions.filter(({ outcome }) => outcome !== 'met');
    throw new DomainError(decision.code, { ...decision.details, channelId, conditions });
  }

  /**
   * Asked before anybody writes a request in vain; it is counted when it is granted.
   * @throws DomainError as `quotaOf`, QUOTA_GONE
   */
  async assertLeft(manager: EntityManager, personId: string, channelId: string, now: Date): Promise<void> {
    const terms = await this.quotaOf(manager, personId, channelId, now);
    const [balances = []] = await this.quota.balances(manager, personId, [terms], serviceDate(now));
    const gone = balances.find(({ left }) => left === 0);
    if (!gone) return;
    const { window, most, renewsOn } = gone;
    throw new DomainError('QUOTA_GONE', { window, most, renewsOn });
  }
}
