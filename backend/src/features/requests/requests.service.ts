import { Injectable } from '@nestjs/common';
import { CITY_ZONE } from '@talent-card/shared/accounts/districts';
import type { FieldProblem } from '@talent-card/shared/common/schema';
import {
  REQUEST_TYPES,
  type RequestForm,
  type RequestType,
  type ServiceRequest,
  type ServiceRequestRow,
  type submitRequestSchema,
} from '@talent-card/shared/requests/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { type ApplicantView, CaseViews } from '../../core/casework/case-views.js';
import { Casework } from '../../core/casework/casework.service.js';
import { People } from '../../core/people/people.service.js';
import { Consents } from '../../platform/accounts/consents.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Channels } from '../channels/channels.service.js';
import { channelNamed } from '../channels/place-names.js';
import { checkForm, MOST_OPEN_REQUESTS } from './request.rules.js';
import { RequestEntitlement } from './request-entitlement.js';

type Submit = z.output<typeof submitRequestSchema>;
type Documents = Submit['documents'];

const isRequest = (type: string): type is RequestType => (REQUEST_TYPES as readonly string[]).includes(type);

/** Asking a service officer, and filing a case of a channel. The casework kernel keeps and decides them. */
@Injectable()
export class Requests {
  constructor(
    private readonly casework: Casework,
    private readonly views: CaseViews,
    private readonly channels: Channels,
    private readonly entitlement: RequestEntitlement,
    private readonly consents: Consents,
    private readonly people: People,
  ) {}

  /**
   * @throws DomainError CHANNEL_NOT_OPEN when the channel takes no requests, NOT_ENTITLED with the unmet conditions,
   *   QUOTA_GONE, CONSENT_REQUIRED, REQUESTS_TOO_MANY while as many are open, VALIDATION_FAILED at the field
   */
  async submit(
    tx: Tx,
    person: PersonPrincipal,
    { channelId, form, documents }: Submit,
  ): Promise<ServiceRequest> {
    const { manager } = tx;
    const channel = (await this.channels.bookingRules(manager, [channelId])).get(channelId);
    if (channel?.status !== 'published') throw new DomainError('NOT_FOUND');
    if (channel.use !== 'officer' && channel.use !== 'case') {
      throw new DomainError('CHANNEL_NOT_OPEN', { use: channel.use });
    }
    await this.people.lock(tx, person.personId);
    await this.entitlement.assertLeft(manager, person.personId, channelId, tx.now);
    if (channel.sensitive)
      await this.consents.require(manager, person.accountId, `channel-${channel.sensitive}`);
    const open = (await this.mine(manager, person)).filter(({ status }) => status === 'in-review');
    if (open.length >= MOST_OPEN_REQUESTS)
      throw new DomainError('REQUESTS_TOO_MANY', { most: MOST_OPEN_REQUESTS });
    const checked = clean(form);
    const { person: known } = await this.people.snapshot(manager, person.personId);
    const { caseId } = await this.casework.submit(tx, person, {
      type: channel.use === 'officer' ? 'officer-request' : 'channel-case',
      flow: 'review',
      category: channelId,
      applicantPersonId: person.personId,
      zoneCode: known.zoneCode ?? CITY_ZONE,
      // Two children, two requests: nothing parts them but themselves.
      openKey: newId(tx.now),
      form: { ...checked },
      documents,
      offlineMaterial: false,
      conditions: [],
    });
    return this.one(manager, person, caseId);
  }

  /** Newest first. */
  async mine(manager: EntityManager, person: PersonPrincipal): Promise<ServiceRequestRow[]> {
    const lists = await Promise.all(
      REQUEST_TYPES.map((type) => this.views.listFor(manager, person.personId, type)),
    );
    const cases = lists.flat().sort((a, b) => (a.record.caseId < b.record.caseId ? 1 : -1));
    const names = await this.channels.names(
      manager,
      cases.map(({ record }) => record.category),
    );
    return cases.map(({ record, summary }) => ({
      ...summary,
      type: record.type as RequestType,
      channel: channelNamed({ names }, record.category),
      subject: String(record.form.subject ?? ''),
    }));
  }

  /** @throws DomainError NOT_FOUND also for somebody else's */
  async one(manager: EntityManager, person: PersonPrincipal, caseId: string): Promise<ServiceRequest> {
    const { record, summary, decisionNote, ...view } = await this.own(manager, person, caseId);
    const names = await this.channels.names(manager, [record.category]);
    const { subject, details, mobile } = record.form as Partial<RequestForm>;
    const approval = view.timeline.find((event) => event.kind === 'approved');
    return {
      ...summary,
      type: record.type as RequestType,
      channel: channelNamed({ names }, record.category),
      bookingId: record.type === 'booking-review' ? record.openKey : null,
      form: { subject: subject ?? '', details: details ?? '', mobile: mobile ?? null },
      documents: view.documents,
      steps: view.steps,
      timeline: view.timeline,
      corrections: view.corrections,
      answer: approval?.note ?? decisionNote,
    };
  }

  /** @throws DomainError NOT_FOUND, STALE_VERSION, CASE_STATE_CONFLICT, VALIDATION_FAILED at the field */
  async resubmit(
    tx: Tx,
    person: PersonPrincipal,
    caseId: string,
    corrected: { version: number; form: RequestForm; documents: Documents },
  ): Promise<ServiceRequest> {
    const { record } = await this.own(tx.manager, person, caseId);
    await this.casework.resubmit(tx, person, caseId, {
      category: record.category,
      zoneCode: record.zoneCode,
      form: { ...clean(corrected.form) },
      documents: corrected.documents,
      offlineMaterial: false,
      conditions: [],
      version: corrected.version,
    });
    return this.one(tx.manager, person, caseId);
  }

  /** @throws DomainError NOT_FOUND, STALE_VERSION, CASE_STATE_CONFLICT; a reviewed booking is cancelled instead */
  async withdraw(tx: Tx, person: PersonPrincipal, caseId: string, version: number): Promise<ServiceRequest> {
    const { record } = await this.own(tx.manager, person, caseId);
    if (record.type === 'booking-review')
      throw new DomainError('CASE_STATE_CONFLICT', { bookingId: record.openKey });
    await this.casework.withdraw(tx, person, caseId, version);
    return this.one(tx.manager, person, caseId);
  }

  private async own(manager: EntityManager, person: PersonPrincipal, caseId: string): Promise<ApplicantView> {
    const view = await this.views.forApplicant(manager, person.personId, caseId);
    if (!view || !isRequest(view.record.type)) throw new DomainError('NOT_FOUND');
    return view;
  }
}

function clean(given: RequestForm): RequestForm {
  const { form, problems } = checkForm(given);
  if (problems.length > 0) throw fieldError(...(problems as [FieldProblem, ...FieldProblem[]]));
  return form;
}
