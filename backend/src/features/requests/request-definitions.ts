import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CITY_ZONE } from '@talent-card/shared/accounts/districts';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { RequestType } from '@talent-card/shared/requests/schema';
import type { EntityManager } from 'typeorm';
import type {
  Approval,
  ApprovalResult,
  CaseDefinition,
  CaseRecord,
} from '../../core/casework/case-definition.js';
import { Casework } from '../../core/casework/casework.service.js';
import { Quota } from '../../core/quota/quota.service.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { BookingReviews } from '../bookings/booking-reviews.js';
import { Bookings } from '../bookings/bookings.service.js';
import { Channels } from '../channels/channels.service.js';
import { Venues } from '../venues/venues.service.js';
import { requestDocuments, stepOf } from './request.rules.js';
import { RequestEntitlement } from './request-entitlement.js';

/** How requests to offices are decided. The category of such a case is its channel. */
@Injectable()
export class RequestDefinitions implements OnModuleInit {
  constructor(
    private readonly casework: Casework,
    private readonly channels: Channels,
    private readonly entitlement: RequestEntitlement,
    private readonly venues: Venues,
    private readonly quota: Quota,
    private readonly bookings: Bookings,
    private readonly reviews: BookingReviews,
  ) {}

  onModuleInit(): void {
    this.casework.define(this.definition('officer-request', this.answered));
    this.casework.define(this.definition('channel-case', this.answered));
    this.casework.define({
      ...this.definition('booking-review', this.confirmed),
      beforeDeciding: (tx, record) => this.reviews.takeTurn(tx, record.openKey),
      onRejected: (tx, record, note) => this.bookings.releaseHeld(tx, record.openKey, note),
    });
    this.reviews.register({
      open: async (tx, principal, booking) => {
        const name = (await this.channels.names(tx.manager, [booking.channelId])).get(booking.channelId);
        const venue = (await this.venues.byIds(tx.manager, [booking.venueId])).get(booking.venueId);
        const { caseId } = await this.casework.submit(tx, principal, {
          type: 'booking-review',
          flow: 'review',
          category: booking.channelId,
          applicantPersonId: principal.personId,
          zoneCode: venue?.zoneCode ?? CITY_ZONE,
          openKey: booking.bookingId,
          form: { subject: name?.zh ?? '', details: booking.note ?? '', mobile: null },
          documents: [],
          offlineMaterial: false,
          conditions: [],
        });
        return caseId;
      },
      close: (tx, caseId) => this.casework.close(tx, caseId, 'bookings.review-moot'),
    });
  }

  private definition(type: RequestType, onApproved: CaseDefinition['onApproved']): CaseDefinition {
    return {
      type,
      flows: { review: [stepOf(type)] },
      documents: requestDocuments,
      titles: (manager, channelIds) => this.titles(manager, channelIds),
      onApproved,
    };
  }

  private titles(
    manager: EntityManager,
    channelIds: readonly string[],
  ): Promise<ReadonlyMap<string, LocalizedText>> {
    return this.channels.names(manager, channelIds);
  }

  /** The answer is what the applicant came for, so it cannot be empty. What was granted is counted here. */
  private readonly answered = async (
    tx: Tx,
    record: CaseRecord,
    approval: Approval,
  ): Promise<ApprovalResult> => {
    if (!approval.note) throw fieldError({ path: 'note', code: 'REQUIRED' });
    await this.quota.spend(tx, {
      personId: record.applicantPersonId,
      terms: await this.entitlement.quotaOf(tx.manager, record.applicantPersonId, record.category, tx.now),
      party: 1,
      on: serviceDate(tx.now),
      cause: { type: 'request', id: record.caseId },
    });
    return { resultId: null };
  };

  private readonly confirmed = async (tx: Tx, record: CaseRecord): Promise<ApprovalResult> => {
    await this.bookings.confirmHeld(tx, record.openKey);
    // The confirmed booking tells its holder itself.
    return { resultId: record.openKey, told: true };
  };
}
